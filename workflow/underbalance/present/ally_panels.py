"""A small panel for each ally, by region: where it stands, its name, years and axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from underbalance.present.ally_map import runs
from underbalance.present.style import (
    EDGE,
    HIGHEST,
    PALE,
    TEXT,
    TINY,
    Around,
    new_figure,
    note_height,
    say_empty,
    write_note,
)
from underbalance.present.tie_words import counting_of_run
from underbalance.present.wording import region_words

COLUMNS = 6
PANEL = 0.86  # inches, at most
TOP, LEFT, BELOW = 0.66, 0.36, 0.2  # inches: key and first names, heights, years
BETWEEN = 0.36  # panels between two rows
NEW_REGION = 0.02  # height of the row between two regions, in panels


@dataclass(frozen=True)
class AllyPanels:
    """The panels of a page.

    Parameters
    ----------
    figure : the page; the room above the panels is for the key.
    placed : the allies, with row and column (:func:`places_of`).
    axes : by row and column.
    """

    figure: Figure
    placed: pd.DataFrame
    axes: list[list[Axes]]

    def of_allies(self) -> Iterator[tuple[str, Axes]]:
        """Yield every ally with its panel."""
        for place in self.placed.to_dict("records"):
            yield place["iso3"], self.axes[place["row"]][place["column"]]


def ally_panels(
    allies: pd.DataFrame, years: Sequence[int], limits: tuple[float, float], note: str
) -> AllyPanels:
    """Return a page of panels on one scale, with names, regions, years and a note.

    Parameters
    ----------
    allies : iso3, name and region; further rows of an ally are ignored.
    years : first and last year shown.
    limits : lowest and highest value shown.
    """
    placed = places_of(allies)
    heights = row_heights(placed)
    below = BELOW + note_height(note)
    # rows with what is between them, in panels
    units = sum(heights) + BETWEEN * sum(heights) / len(heights) * (len(heights) - 1)
    panel = min(PANEL, (HIGHEST - TOP - below) / units)
    height = TOP + panel * units + below
    around = Around(LEFT, below, TOP, columns=0.07, rows=BETWEEN)
    figure, axes = new_figure(COLUMNS, height, around, rows=len(heights), heights=heights)
    page = AllyPanels(figure, placed, axes)
    shown = {(place["row"], place["column"]) for place in placed.to_dict("records")}
    for row, line in enumerate(axes):
        for column, axis in enumerate(line):
            if (row, column) not in shown:
                axis.set_axis_off()
    for place in placed.to_dict("records"):
        _finish(axes[place["row"]][place["column"]], place, years, limits)
    for region, first in placed.groupby("region")["row"].min().items():
        _name_region(axes[first][0], str(region))
    if placed.empty:
        say_empty(axes[0][0], "no ally to show")
    write_note(figure, note)
    return page


def commitment_key() -> Patch:
    """Return what says in a key that years are shaded in which a commitment was in force."""
    return Patch(facecolor=PALE, label=f"US {counting_of_run().full} in force")


def shade_commitment(axes: Axes, rows: pd.DataFrame) -> None:
    """Shade the years of one ally (iso3, year, is_ally) in which a commitment was in force."""
    spans = runs(rows[["iso3", "year"]].assign(status=rows["is_ally"].astype(bool)))
    for span in spans[spans["status"].astype(bool)].to_dict("records"):
        axes.axvspan(span["first"] - 0.5, span["last"] + 0.5, color=PALE, linewidth=0, zorder=0)


def places_of(allies: pd.DataFrame) -> pd.DataFrame:
    """Return iso3, name and region of each ally with the row and column of its panel.

    By region, then by name; each region begins a row. ``lowest`` says that no panel is below.
    """
    each = allies.drop_duplicates("iso3")[["iso3", "name", "region"]]
    ordered = each.sort_values(["region", "name"], ignore_index=True)
    within = ordered.groupby("region").cumcount()
    needed = ordered.groupby("region").size().map(lambda count: ceil(count / COLUMNS))
    # an empty row stands before each further region
    before = needed.cumsum() - needed + np.arange(len(needed))
    row = ordered["region"].map(before).astype("int64") + within // COLUMNS
    placed = ordered.assign(row=row, column=within % COLUMNS)
    return placed.assign(lowest=placed["row"] == placed.groupby("column")["row"].transform("max"))


def row_heights(placed: pd.DataFrame) -> list[float]:
    """Return the heights of the rows of panels, and of the empty rows between regions."""
    filled = set(placed["row"])
    return [1.0 if row in filled else NEW_REGION for row in range(max(filled, default=0) + 1)]


def _finish(
    axes: Axes, place: Mapping[Any, Any], years: Sequence[int], limits: tuple[float, float]
) -> None:
    axes.set_title(str(place["name"]), fontsize=TINY, pad=2)
    axes.set_ylim(*limits)
    axes.set_xlim(years[0] - 0.5, years[1] + 0.5)
    decades = [year for year in range(years[0], years[1] + 1) if year % 10 == 0]
    labels = [f"’{year % 100:02d}" if place["lowest"] else "" for year in decades]
    axes.set_xticks(decades, labels)
    axes.tick_params(labelsize=TINY, length=2, pad=1.5, labelleft=place["column"] == 0)


def _name_region(axes: Axes, region: str) -> None:
    axes.annotate(
        region_words(region),
        (0, 1),
        xytext=(0, 11.5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=TEXT,
        fontweight="bold",
    )


def write_key(page: AllyPanels, handles: Sequence[Artist]) -> None:
    """Write what lines and shades mean above the panels."""
    page.figure.legend(
        handles=list(handles),
        loc="upper left",
        bbox_to_anchor=(EDGE / page.figure.get_figwidth(), 1),
        borderaxespad=0.4,
        borderpad=0,
        ncols=len(handles),
        handlelength=2.6,
        columnspacing=1.4,
    )
