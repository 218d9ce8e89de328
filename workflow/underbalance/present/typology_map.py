"""Of which type every ally is in every year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from underbalance.config import Group
from underbalance.present.ally_map import Look, draw_spans, label_allies, rows_of
from underbalance.present.style import WIDTH, new_figure, save_figure
from underbalance.present.wording import quantile_words
from underbalance.samples import in_sample

# hatched: the political obstacle is high; dark: the social one
LOOKS = {
    "effective": Look("#dcdcdc"),
    "inconsistent": Look("#dcdcdc", "//////", "#000000"),
    "slow": Look("#8a8a8a"),
    "failing": Look("#000000"),
    "not known": Look("#ffffff", "......", "#9a9a9a"),
    "outside": Look("#8a8a8a", height=0.08),
}
MEANING = {
    "effective": "effective: neither obstacle high",
    "inconsistent": "inconsistent: political high",
    "slow": "slow: social high",
    "failing": "failing: both high",
    "not known": "not known: an index is missing",
    "outside": "no US defence commitment",
}
ROW = 0.165  # inches
TOP, BOTTOM, LEFT, RIGHT = 0.45, 0.42, 1.0, 0.15  # inches around the rows
SMALL = 6.5  # points
THIN = 0.2  # rows: a bar of less is a line


def draw_typology(
    years: pd.DataFrame,
    allies: pd.DataFrame,
    sample: tuple[Group, frozenset[str]],
    quantile: float,
    span: Sequence[int],
    paths: Sequence[Path],
) -> None:
    """Draw ally by year, with a bar for each span of years of one type.

    Parameters
    ----------
    years : the table typology.
    allies : the listed allies; rows are sorted by region, then by name.
    sample : the group and its allies; those with a year in the sample are shown.
    quantile : the one at which the obstacles are cut.
    span : first and last year shown.
    """
    statuses = year_statuses(years[years["quantile"] == quantile], *sample)
    rows = rows_of(allies[allies["iso3"].isin(statuses["iso3"])])
    height = TOP + ROW * (rows["row"].max() + 1) + BOTTOM
    figure, axes = new_figure(1, height, edges=_edges(height))
    panel = axes[0][0]
    draw_spans(panel, statuses, rows, LOOKS)
    _label_years(panel, span)
    label_allies(panel, rows, rows["name"].tolist(), SMALL)
    _legend(figure, set(statuses["status"]))
    figure.text(
        0.02,
        0.08 / height,
        "Types that the obstacles predict, not those observed. High: above the "
        f"{quantile_words(quantile)} of the reference sample. Blank: the state did not exist.",
        fontsize=SMALL,
    )
    save_figure(figure, paths)


def year_statuses(years: pd.DataFrame, group: Group, members: frozenset[str]) -> pd.DataFrame:
    """Return what is drawn of each ally with a year in the sample.

    Columns: iso3, year, status: the type, ``not known``, or ``outside`` in years that are
    not in the sample.
    """
    counted = in_sample(years, group, members)
    known = years["type"].mask(years["type"] == "", "not known")
    statuses = years[["iso3", "year"]].assign(status=known.where(counted, "outside"))
    return statuses[years["iso3"].isin(years.loc[counted, "iso3"])].reset_index(drop=True)


def _edges(height: float) -> dict[str, float]:
    return {
        "left": LEFT / WIDTH,
        "right": 1 - RIGHT / WIDTH,
        "bottom": BOTTOM / height,
        "top": 1 - TOP / height,
    }


def _label_years(axes: Axes, span: Sequence[int]) -> None:
    shown = [year for year in range(span[0], span[1] + 1) if year % 5 == 0]
    for year in shown:
        axes.axvline(year, color="white", linewidth=0.6)
    axes.set_xlim(span[0], span[1] + 1)
    # a year is a bar from its beginning to its end
    axes.set_xticks([year + 0.5 for year in shown], [str(year) for year in shown])
    axes.tick_params(axis="x", labelsize=SMALL, length=2, pad=1.5)


def _legend(figure: Figure, statuses: set[str]) -> None:
    shown = [_key(look, MEANING[name]) for name, look in LOOKS.items() if name in statuses]
    figure.legend(handles=shown, loc="upper left", ncols=3, frameon=False, fontsize=7)


def _key(look: Look, label: str) -> Patch | Line2D:
    if look.height < THIN:
        return Line2D([], [], color=look.face, label=label)
    return Patch(facecolor=look.face, hatch=look.hatch, edgecolor=look.line, lw=0, label=label)
