"""The pages of all cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Cases
from underbalance.present.case_figure import BANDS
from underbalance.present.case_layout import case_deals, case_systems, of_case, own_top_years
from underbalance.present.case_page import CasePage, write_case_index, write_case_page
from underbalance.present.site.files import copied, png_size
from underbalance.present.site.frame import Site
from underbalance.present.wording import citation

# what a page shows comes from these facts tables
FACTS_SHOWN = (
    "missile_defence_events",
    "leaders",
    "cabinets",
    "leader_ideology",
    "deals",
    "elections",
    "institutions",
    "economy",
    "legal_constraints",
    "ratification",
)


def write_case_pages(
    tables: Mapping[str, pd.DataFrame],
    cases: Cases,
    years: tuple[int, int],
    order: Sequence[str],
    members: frozenset[str],
    figures: Path,
    site: Site,
) -> None:
    """Write the page of every case, with its figure, and the index.

    Parameters
    ----------
    tables : events, stage_durations and reversals of results/cases; ally_year with the
        obstacles, deals, families (config), allies, sources (the registry) and claims and
        expectations (of results/cases).
    years : first and last year shown.
    order : the cases in the order of the index.
    members : allies that have a page of their own.
    figures : the folder of the figures (:func:`underbalance.present.case_figures.draw_cases`).
    """
    systems = case_systems(tables["deals"], tables["families"], cases)
    names = tables["allies"].set_index("iso3")["name"]
    cited = sources_of(tables["sources"])
    pages = []
    for iso3 in order:
        own = {name: of_case(table, iso3) for name, table in tables.items()}
        top = own_top_years(own["ally_year"], list(BANDS))
        picture, _ = (
            copied(figures / f"{iso3}.{ending}", site.root / "cases") for ending in ("png", "pdf")
        )
        page = CasePage(
            iso3=iso3,
            name=names[iso3],
            years=years,
            stages=own["stage_durations"],
            camps=own["reversals"],
            events=own["events"],
            top_years={BANDS[name].capitalize(): spans for name, spans in top.items()},
            deals=case_deals(own["deals"], systems, years[1]),
            claims=own["claims"],
            expectations=own["expectations"],
            size=png_size(picture),
            is_member=iso3 in members,
        )
        write_case_page(page, cited, site)
        pages.append(page)
    write_case_index(pages, cases.min_events, site)


def sources_of(sources: pd.DataFrame) -> list[str]:
    """Return the citations of the facts that the pages show."""
    used = sources[sources["table"].isin(FACTS_SHOWN)].drop_duplicates("citation_key")
    return [citation(row) for row in used.sort_values("citation_key").to_dict("records")]
