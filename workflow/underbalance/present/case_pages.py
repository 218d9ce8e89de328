"""The figures and pages of all cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Cases
from underbalance.families import family_of
from underbalance.present.case_figure import BANDS, CaseFigure, draw_case
from underbalance.present.case_layout import case_deals, obstacle_levels, own_top_years
from underbalance.present.case_page import CasePage, write_case_index, write_case_page

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


def present_cases(
    tables: Mapping[str, pd.DataFrame],
    cases: Cases,
    years: tuple[int, int],
    order: Sequence[str],
    folder: Path,
) -> None:
    """Draw the figure and write the page of every case, and the index.

    Parameters
    ----------
    tables : governments, events, stage_durations and reversals of results/cases; ally_year
        with the obstacles, deals, families (config), allies, sources (the registry) and
        claims and expectations (of results/cases).
    years : first and last year shown.
    order : the cases in the order of the index.
    """
    levels = obstacle_levels(tables["ally_year"], list(BANDS))
    systems = _systems(tables["deals"], tables["families"], cases)
    names = tables["allies"].set_index("iso3")["name"]
    cited = sources_of(tables["sources"])
    pages = []
    for iso3 in order:
        own = {name: _of(table, iso3) for name, table in tables.items()}
        figure = CaseFigure(
            name=names[iso3],
            levels=_of(levels, iso3),
            periods=own["governments"],
            events=own["events"],
            deals=case_deals(own["deals"], systems, years[1]),
            years=years,
        )
        draw_case(figure, [folder / f"{iso3}.pdf", folder / f"{iso3}.png"])
        top = own_top_years(own["ally_year"], list(BANDS))
        page = CasePage(
            iso3=iso3,
            name=names[iso3],
            years=years,
            stages=own["stage_durations"],
            camps=own["reversals"],
            events=own["events"],
            top_years={BANDS[name].capitalize(): spans for name, spans in top.items()},
            deals=figure.deals,
            claims=own["claims"],
            expectations=own["expectations"],
        )
        write_case_page(page, cited, folder / f"{iso3}.html")
        pages.append(page)
    write_case_index(pages, cases.min_events, folder / "index.html")


def sources_of(sources: pd.DataFrame) -> list[str]:
    """Return the citations of the facts that the pages show."""
    used = sources[sources["table"].isin(FACTS_SHOWN)].drop_duplicates("citation_key")
    return [
        f"{row['authors']} ({row['published']}). {row['work']}. Version used: {row['version']}."
        for row in used.sort_values("citation_key").to_dict("records")
    ]


def _of(table: pd.DataFrame, iso3: str) -> pd.DataFrame:
    return table[table["iso3"] == iso3] if "iso3" in table else table


def _systems(deals: pd.DataFrame, families: pd.DataFrame, cases: Cases) -> list[str]:
    """Return the designations of missile-defence systems among the deals."""
    family = family_of(deals["designation"], families)
    return sorted(set(deals.loc[family.isin(cases.systems), "designation"]))
