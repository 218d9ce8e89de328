"""Military expenditure by ally over the years: a panel for each ally, by region."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.lines import Line2D

from underbalance.outcomes.pledge import PLEDGED_IN, TARGETS
from underbalance.present.ally_panels import (
    ally_panels,
    commitment_key,
    shade_commitment,
    write_key,
)
from underbalance.present.captions import Caption
from underbalance.present.style import DASHED, GREY, INK, LOOKS, THIN, TINY, save_figure
from underbalance.present.tie_words import counting_of_run
from underbalance.present.wording import whole

TARGET = next(target for name, target in TARGETS.values() if name == "gdp")
ROOM = 1.06
SHOWN = 0.99  # of the values; a war would flatten all others
FLOOR = 0.05  # height of the marks, as a share of what is shown
MARK: dict[str, Any] = {"marker": "|", "color": INK, "markersize": 4.0, "linestyle": "none"}
GOAL: dict[str, Any] = {"color": GREY, "linestyle": DASHED, "linewidth": THIN}
TITLE = "Defence effort by ally and year"
REVERSED = "growth reversed"
NOTE = (
    "Military expenditure, percent of GDP. Growth reversed: the growth of real expenditure "
    "changed its sign. A number: the highest share, beyond the panel."
)


def draw_defence_effort(
    ally_year: pd.DataFrame,
    effort: pd.DataFrame,
    pledge: pd.DataFrame,
    members: Collection[str],
    years: Sequence[int],
    sources: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw the share of GDP of each member of the sample on one scale.

    Parameters
    ----------
    ally_year : ally-years with name, region and milex_share_gdp (a fraction).
    effort : the outcome, for the years in which growth changed its sign.
    pledge : the outcome, for whom the pledge of 2 % of GDP holds, and from when.
    members : the allies shown.
    years : first and last year shown.
    sources : for the caption.
    """
    known = ally_year[ally_year["milex_share_gdp"].notna() & ally_year["iso3"].isin(members)]
    known = known[known["year"].between(years[0], years[1])]
    share = 100 * known["milex_share_gdp"].astype("float64")
    rows = known[["iso3", "name", "region", "year"]].assign(share=share)
    changed = effort.loc[effort["reversal"].fillna(value=False).astype(bool), ["iso3", "year"]]
    marked = rows.merge(changed, on=["iso3", "year"], validate="one_to_one")
    begins = pledge[pledge["pledge"] == "gdp"].set_index("iso3")["year"]
    highest = ROOM * max(float(share.quantile(SHOWN)) if len(share) else 0.0, TARGET)
    unknown = _without_panel(ally_year, members, rows)
    page = ally_panels(rows, years, (0, highest), f"{NOTE}{unknown}")
    for iso3, axes in page.of_allies():
        own = rows[rows["iso3"] == iso3].set_index("year")["share"]
        shade_commitment(axes, ally_year[ally_year["iso3"] == iso3])
        axes.plot(own.reindex(range(own.index.min(), own.index.max() + 1)), **LOOKS[0])
        turned = marked.loc[marked["iso3"] == iso3, "year"]
        axes.plot(turned, [FLOOR * highest] * len(turned), **MARK)
        if iso3 in begins.index:
            axes.plot([begins[iso3], years[1]], [TARGET, TARGET], **GOAL)
        if own.max() > highest:
            beyond = float(own.index[own > highest].max())
            axes.text(beyond + 2, highest, f"to {own.max():.1f}", va="top", fontsize=TINY)
    write_key(
        page,
        [
            Line2D([], [], label="share of GDP", **LOOKS[0]),
            Line2D([], [], label=REVERSED, **MARK),
            Line2D([], [], label=f"pledge of {PLEDGED_IN}", **GOAL),
            commitment_key(),
        ],
    )
    save_figure(page.figure, paths)
    if rows.empty:
        return Caption(TITLE, "No military expenditure is known of the sample.", "An empty figure.")
    return Caption(
        TITLE,
        f"Military expenditure as a share of GDP of {rows['iso3'].nunique()} allies, "
        f"{rows['year'].min()} to {rows['year'].max()} ({whole(len(rows))} ally-years with a known "
        f"share). Ticks: years in which the growth of real expenditure changed its sign "
        f"(reversals: {whole(len(marked))}). Grey: a {counting_of_run().full_of_usa} was in force. "
        f"Dashed: the {TARGET:g} % of GDP that NATO pledged in "
        f"{PLEDGED_IN}, or from accession on.{unknown} {sources}".strip(),
        f"{rows['iso3'].nunique()} small panels, one for each ally, with the share of GDP over the "
        "years as a line, ticks where growth reversed, and a dashed line at the pledge.",
    )


def _without_panel(ally_year: pd.DataFrame, members: Collection[str], shown: pd.DataFrame) -> str:
    """Return which members have no panel, as a sentence; empty when all have one."""
    missing = set(members) - set(shown["iso3"])
    names = sorted(set(ally_year.loc[ally_year["iso3"].isin(missing), "name"]))
    return f" Without known military expenditure: {', '.join(names)}." if names else ""
