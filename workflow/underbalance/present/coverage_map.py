"""What is known of which ally and year: a panel for each facts table, or for each outcome."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from underbalance.present.ally_map import Look, draw_spans, label_allies, rows_of
from underbalance.present.style import new_figure, save_figure

# what is missing stands out; where the state did not exist the paper is bare
GREYS = {
    "observed": "#6f6f6f",
    "missing": "#000000",
    "no_case": "#c6c6c6",
    "outside": "#ececec",
}
MEANING = {
    "observed": "observed",
    "missing": "missing: covered, but no observed value",
    "no_case": "covered, but no case",
    "outside": "outside the coverage of every source",
}
LOOKS = {status: Look(grey) for status, grey in GREYS.items()}
BLANK = "Blank: the state did not exist."
REGISTERS = (
    " A register (of deals, elections, leaders and the like) is observed in every year it covers, "
    "whether or not something happened."
)
WIDTH = 11.7  # inches: A3, for the names of all allies beside every row of panels
COLUMNS = 5
PANEL_HEIGHT = 2.3
TOP, BOTTOM, SIDE = 0.75, 0.45, 0.3  # inches around the panels
LETTERS_PER_LINE = 46
SMALL = 3.3  # points: as high as a row of a panel


def draw_coverage(
    coverage: pd.DataFrame,
    allies: pd.DataFrame,
    titles: Mapping[str, str],
    years: Sequence[int],
    paths: Sequence[Path],
) -> None:
    """Draw ally by year for every table in ``coverage``.

    Parameters
    ----------
    coverage : rows of the table coverage (ally × year × source), of facts or of outcomes.
    allies : the listed allies; rows are sorted by region, then by name.
    titles : what each table holds.
    years : first and last year shown.
    """
    ordered = rows_of(allies)
    tables = table_status(coverage)
    names = sorted(tables["table"].unique())
    rows = ceil(len(names) / COLUMNS)
    columns = min(COLUMNS, len(names))
    height = TOP + PANEL_HEIGHT * rows + BOTTOM
    edges = {
        "left": SIDE / WIDTH,
        "right": 1 - SIDE / 2 / WIDTH,
        "bottom": BOTTOM / height,
        "top": 1 - TOP / height,
        "wspace": 0.06,
        "hspace": 0.26,
    }
    figure, axes = new_figure(columns, height, rows=rows, width=WIDTH, edges=edges)
    panels = [panel for row in axes for panel in row]
    for place, (panel, name) in enumerate(zip(panels, names, strict=False)):
        draw_spans(panel, tables[tables["table"] == name], ordered, LOOKS)
        _title(panel, name, titles.get(name, ""))
        _label_years(panel, years, shown=place + columns >= len(names))
    for unused in panels[len(names) :]:
        unused.set_axis_off()
    for row in axes:
        label_allies(row[0], ordered, ordered["iso3"].tolist(), SMALL)
    _legend(figure, set(tables["status"]))
    save_figure(figure, paths)


def table_status(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return one status for each ally, year and table: the best of its sources.

    Columns: iso3, year, table, status. Observed when one source has the ally-year, missing
    when one covers it and none has it, outside when none covers it.
    """
    best = {status: rank for rank, status in enumerate(GREYS)}
    ranked = coverage.assign(rank=coverage["status"].map(best))
    status = ranked.groupby(["iso3", "year", "table"])["rank"].min().map(list(GREYS).__getitem__)
    return status.rename("status").reset_index()


def _label_years(axes: Axes, years: Sequence[int], *, shown: bool) -> None:
    decades = [year for year in range(years[0], years[1] + 1) if year % 10 == 0]
    for decade in decades:
        axes.axvline(decade, color="white", linewidth=0.5)
    axes.set_xlim(years[0], years[1] + 1)
    axes.set_xticks(decades, [str(year) for year in decades] if shown else [""] * len(decades))
    axes.tick_params(axis="x", labelsize=6, length=2, pad=1.5)


def _title(axes: Axes, name: str, words: str) -> None:
    axes.set_title(name, fontsize=8, pad=15)
    axes.annotate(
        "\n".join(textwrap.wrap(words, LETTERS_PER_LINE)[:2]),
        (0, 1),
        xytext=(0, 13),
        xycoords="axes fraction",
        textcoords="offset points",
        va="top",
        fontsize=5.5,
    )


def _legend(figure: Figure, statuses: set[str]) -> None:
    shown = [status for status in GREYS if status in statuses]
    boxes = [Patch(facecolor=GREYS[status], label=MEANING[status]) for status in shown]
    figure.legend(handles=boxes, loc="upper left", ncols=len(boxes), frameon=False, fontsize=8)
    note = BLANK if "no_case" in statuses else BLANK + REGISTERS
    figure.text(0.01, 0.1 / figure.get_figheight(), note, fontsize=7)
