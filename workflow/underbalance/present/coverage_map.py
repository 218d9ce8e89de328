"""What is known of which year and which ally: a row for each facts table and outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from underbalance.present.captions import Caption
from underbalance.present.style import (
    EDGE,
    GREY,
    HAIR,
    HIGHEST,
    INK,
    LIGHT,
    TINY,
    WIDTH,
    Around,
    new_figure,
    note_height,
    save_figure,
    say_empty,
    write_note,
)
from underbalance.present.table_names import OUTCOME, table_name
from underbalance.present.wording import region_words, whole

RANKS = ("observed", "missing", "no_case", "outside")
# of the ally-years of a cell, what share is observed
SHADES = {"none": "#f4f4f4", "fewer than half": LIGHT, "half or more": "#9a9a9a", "all": "#3a3a3a"}
BOUNDS = (-0.5, 1e-9, 0.5, 1 - 1e-9, 1.5)
MISSING = "something covered has no value"
ROW = 0.138  # inches, at most
LEFT, TOP, BELOW = 1.62, 1.48, 0.22  # inches around the panels
NAMES, HEADING = 50.0, 9.0  # points: the names of allies, and a line of headings above them
WIDE = 5  # columns that a heading needs to stand in their middle
NOTE = (
    "Left: share of the allies that exist; right: share of their years. A register (of deals, "
    "elections, leaders and the like) is observed in every year it covers, whether or not "
    "something happened."
)


def draw_coverage(
    coverage: pd.DataFrame,
    allies: pd.DataFrame,
    years: Sequence[int],
    paths: Sequence[Path],
) -> Caption:
    """Draw table by year and table by ally, each cell as dark as much of it is observed.

    Parameters
    ----------
    coverage : rows of the table coverage (ally × year × source), facts and outcomes.
    allies : the listed allies; columns are sorted by region, then by name.
    years : first and last year shown.
    """
    status = table_status(coverage)
    status = status[status["year"].between(years[0], years[1])]
    names = sorted(status["table"].unique(), key=lambda n: (n.startswith(OUTCOME), table_name(n)))
    ordered = allies.sort_values(["region", "name"])
    below = BELOW + note_height(NOTE)
    row = min(ROW, (HIGHEST - TOP - below) / max(len(names), 1))
    figure, ((of_years, of_allies),) = new_figure(
        2,
        TOP + row * max(len(names), 1) + below,
        Around(LEFT, below, TOP, columns=0.05),
        widths=[years[1] - years[0] + 1, max(len(ordered), 1)],
    )
    _draw_cells(of_years, _shares(status, names, "year", range(years[0], years[1] + 1)))
    _draw_cells(of_allies, _shares(status, names, "iso3", ordered["iso3"].tolist()))
    _label_rows(of_years, names)
    _label_years(of_years, years)
    _label_allies(of_allies, ordered)
    _write_key(figure)
    write_note(figure, NOTE)
    save_figure(figure, paths)
    facts = sum(not name.startswith(OUTCOME) for name in names)
    observed = (status["status"] == "observed").mean() if len(status) else 0.0
    return Caption(
        "Which facts and outcomes are known of which year and ally",
        f"Coverage of {facts} facts tables and {len(names) - facts} outcomes for {len(ordered)} "
        f"listed allies, {years[0]} to {years[1]}: {whole(len(status))} cells of table, ally and "
        f"year, {100 * observed:.0f} % of them observed. Dark: observed of all; a mark: something "
        "that a source covers has no value. Nothing is filled in outside the coverage of a source.",
        "Two grids of shaded cells with a row for each table: by year on the left, by ally on the "
        "right; the darker, the more is observed.",
    )


def table_status(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return one status for each ally, year and table: the best of its sources.

    Columns: iso3, year, table, status. Observed when one source has the ally-year, missing
    when one covers it and none has it, outside when none covers it.
    """
    best = {status: rank for rank, status in enumerate(RANKS)}
    ranked = coverage.assign(rank=coverage["status"].map(best))
    status = ranked.groupby(["iso3", "year", "table"])["rank"].min().map(list(RANKS).__getitem__)
    return status.rename("status").reset_index()


def _shares(
    status: pd.DataFrame, names: Sequence[str], across: str, columns: Sequence[object]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return by table and year or ally the share observed, and whether something is missing."""
    tables = [
        pd.crosstab(status["table"], status[across], status["status"] == wanted, aggfunc=aggregate)
        for wanted, aggregate in (("observed", "mean"), ("missing", "max"))
    ]
    shares, missing = (table.reindex(index=list(names), columns=list(columns)) for table in tables)
    return shares.astype("float64"), missing.astype("float64").fillna(0)


def _draw_cells(axes: Axes, cells: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    shares, missing = cells
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, pad=1.5, labelsize=TINY)
    if shares.empty:
        axes.set(xticks=[], yticks=[])
        say_empty(axes, "nothing to show")
        return
    axes.pcolormesh(
        np.ma.masked_invalid(shares.to_numpy()),
        cmap=ListedColormap(list(SHADES.values())),
        norm=BoundaryNorm(BOUNDS, len(SHADES)),
        edgecolors="white",
        linewidth=0.4,
    )
    rows, columns = np.nonzero(missing.to_numpy())
    look: dict[str, Any] = {
        "color": INK,
        "markersize": 1.9,
        "markeredgecolor": "white",
        "markeredgewidth": 0.35,
    }
    axes.plot(columns + 0.5, rows + 0.5, "o", **look)
    axes.set_ylim(len(shares), 0)


def _label_rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(np.arange(len(names)) + 0.5, [table_name(name) for name in names])
    facts = sum(not name.startswith(OUTCOME) for name in names)
    for first, text in ((0, "Facts"), (facts, "Outcomes")):
        if first < len(names):
            place = (EDGE - LEFT, -(first + 0.5))
            _at_left(axes, place, text)


def _at_left(axes: Axes, place: tuple[float, float], text: str) -> None:
    axes.annotate(
        text,
        (0, -place[1]),
        xytext=(72 * place[0], 0),
        xycoords=axes.get_yaxis_transform(),
        textcoords="offset points",
        va="center",
        fontsize=TINY,
        fontweight="bold",
        annotation_clip=False,
    )


def _label_years(axes: Axes, years: Sequence[int]) -> None:
    shown = [year for year in range(years[0], years[1] + 1) if year % 5 == 0]
    axes.set_xticks([year - years[0] + 0.5 for year in shown], [str(year) for year in shown])


def _label_allies(axes: Axes, allies: pd.DataFrame) -> None:
    """Write the names of the allies above and the regions over them."""
    axes.set_yticks([])
    axes.xaxis.tick_top()
    axes.set_xticks(np.arange(len(allies)) + 0.5, allies["name"].tolist(), rotation=90)
    axes.tick_params(axis="x", length=0, pad=1.5, labelsize=TINY - 1.5)
    regions = allies["region"].tolist()
    narrow = [region for region in dict.fromkeys(regions) if regions.count(region) < WIDE]
    for region in dict.fromkeys(regions):
        first, count = regions.index(region), regions.count(region)
        line = narrow.index(region) + 1 if region in narrow else 0
        _name_region(axes, region_words(region), (first, first + count), line)


def _name_region(axes: Axes, words: str, columns: tuple[int, int], line: int) -> None:
    """Write a heading in the middle of its columns, or, on a line above others, to their left."""
    across = axes.get_xaxis_transform()
    middle, up = sum(columns) / 2, NAMES + HEADING * line
    look: dict[str, Any] = {"xycoords": across, "textcoords": "offset points"}
    axes.annotate(
        words,
        (middle, 1),
        xytext=(-2 if line else 0, up),
        ha="right" if line else "center",
        fontsize=TINY,
        fontweight="bold",
        **look,
    )
    if line:
        rule = {"arrowstyle": "-", "linewidth": HAIR, "color": GREY, "shrinkA": 0}
        top = (0, up + 0.7 * TINY)
        axes.annotate("", (middle, 1), xytext=top, arrowprops=rule | {"shrinkB": NAMES - 4}, **look)


def _write_key(figure: Figure) -> None:
    boxes = [
        Patch(facecolor=grey, edgecolor=GREY, linewidth=0.3, label=f"{words} observed")
        for words, grey in SHADES.items()
    ]
    mark = Line2D([], [], color=INK, marker="o", markersize=2.6, linestyle="none", label=MISSING)
    figure.legend(
        handles=[*boxes, mark],
        loc="upper left",
        bbox_to_anchor=(EDGE / WIDTH, 1),
        borderaxespad=0.4,
        borderpad=0,
        ncols=3,
        columnspacing=1.6,
        handlelength=1.6,
    )
