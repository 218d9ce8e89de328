"""The obstacles of every ally over the years: a panel for each ally, by region."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from underbalance.present.ally_map import runs
from underbalance.present.style import WIDTH, new_figure, save_figure
from underbalance.present.wording import region_words

# told apart by dashes and by darkness
LOOKS: tuple[Mapping[str, object], ...] = (
    {"color": "#000000", "linestyle": "solid", "linewidth": 1.1},
    {"color": "#6a6a6a", "linestyle": (0, (3.2, 1.2)), "linewidth": 1.1},
    {"color": "#000000", "linestyle": (0, (0.9, 1.1)), "linewidth": 1.3},
)
COMMITTED = "#e4e4e4"
ZERO = "#b0b0b0"
COLUMNS = 6
PANEL_HEIGHT = 1.1  # inches
TOP, BOTTOM, LEFT, RIGHT = 0.66, 0.5, 0.3, 0.08  # inches around the panels
ROOM = 0.04  # of the range, above and below the lines
BETWEEN = 0.02  # height of the row between two regions, in panels


def draw_obstacle_profiles(
    ally_year: pd.DataFrame,
    obstacles: Mapping[str, str],
    members: Collection[str],
    years: Sequence[int],
    paths: Sequence[Path],
) -> None:
    """Draw the obstacles of each member of the reference sample on one scale.

    Parameters
    ----------
    ally_year : coded ally-years with name, region, is_ally and in_reference.
    obstacles : labels by column, as many as there are looks of a line.
    members : the allies shown, sorted by region, then by name; a region begins a row.
    years : first and last year shown.
    """
    profiles = in_deviations(
        ally_year[ally_year["year"].between(years[0], years[1])], list(obstacles)
    )
    shown = profiles[profiles["iso3"].isin(members)]
    placed = places_of(shown)
    heights = row_heights(placed)
    height = TOP + PANEL_HEIGHT * sum(heights) + BOTTOM
    figure, axes = new_figure(
        COLUMNS, height, rows=len(heights), heights=heights, edges=_edges(height)
    )
    limits = _limits(shown[list(obstacles)])
    for row in axes:
        for panel in row:
            panel.set_axis_off()
    for place in placed.to_dict("records"):
        panel = axes[place["row"]][place["column"]]
        panel.set_axis_on()
        _draw_panel(panel, shown[shown["iso3"] == place["iso3"]], list(obstacles))
        _finish(panel, place["name"], limits, years)
        panel.tick_params(labelleft=place["column"] == 0, labelbottom=place["lowest"])
    for region, first in placed.groupby("region")["row"].min().items():
        _name_region(axes[first][0], str(region))
    _legend(figure, list(obstacles.values()))
    save_figure(figure, paths)


def in_deviations(ally_year: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the table with columns in standard deviations (n − 1) of the reference rows."""
    reference = ally_year.loc[ally_year["in_reference"].astype(bool), list(columns)]
    scaled = (ally_year[list(columns)] - reference.mean()) / reference.std()
    return ally_year.assign(**{name: scaled[name] for name in columns})


def places_of(ally_year: pd.DataFrame) -> pd.DataFrame:
    """Return iso3, name and region of each ally with the row and column of its panel.

    By region, then by name; each region begins a row. ``lowest`` says that no panel is below.
    """
    allies = ally_year.drop_duplicates("iso3")[["iso3", "name", "region"]]
    ordered = allies.sort_values(["region", "name"], ignore_index=True)
    within = ordered.groupby("region").cumcount()
    needed = ordered.groupby("region").size().map(lambda count: ceil(count / COLUMNS))
    # an empty row stands before each further region
    before = needed.cumsum() - needed + range(len(needed))
    row = ordered["region"].map(before) + within // COLUMNS
    placed = ordered.assign(row=row.astype(int), column=within % COLUMNS)
    return placed.assign(lowest=placed["row"] == placed.groupby("column")["row"].transform("max"))


def row_heights(placed: pd.DataFrame) -> list[float]:
    """Return the heights of the rows of panels, and of the empty rows between regions."""
    filled = set(placed["row"])
    return [1.0 if row in filled else BETWEEN for row in range(max(filled) + 1)]


def _limits(values: pd.DataFrame) -> tuple[float, float]:
    low, high = float(values.min().min()), float(values.max().max())
    return low - ROOM * (high - low), high + ROOM * (high - low)


def _edges(height: float) -> dict[str, float]:
    return {
        "left": LEFT / WIDTH,
        "right": 1 - RIGHT / WIDTH,
        "bottom": BOTTOM / height,
        "top": 1 - TOP / height,
        "wspace": 0.07,
        "hspace": 0.42,
    }


def _draw_panel(axes: Axes, rows: pd.DataFrame, columns: Sequence[str]) -> None:
    spans = runs(rows.assign(status=rows["is_ally"].astype(bool))[["iso3", "year", "status"]])
    for span in spans[spans["status"].astype(bool)].to_dict("records"):
        axes.axvspan(
            span["first"] - 0.5, span["last"] + 0.5, color=COMMITTED, linewidth=0, zorder=0
        )
    axes.axhline(0, color=ZERO, linewidth=0.5, zorder=1)
    for name, look in zip(columns, LOOKS, strict=True):
        axes.plot(rows["year"], rows[name].astype("float64"), zorder=2, **look)  # type: ignore[arg-type]


def _finish(axes: Axes, name: str, limits: tuple[float, float], years: Sequence[int]) -> None:
    axes.set_title(name, fontsize=7, pad=2.5)
    axes.set_ylim(*limits)
    axes.set_xlim(years[0] - 0.5, years[1] + 0.5)
    decades = [year for year in range(years[0], years[1] + 1) if year % 10 == 0]
    axes.set_xticks(decades, [f"’{year % 100:02d}" for year in decades])
    axes.tick_params(labelsize=6, length=2, pad=1.5)


def _name_region(axes: Axes, region: str) -> None:
    axes.annotate(
        region_words(region),
        (0, 1),
        xytext=(0, 13),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=8.5,
        fontweight="bold",
    )


def _legend(figure: Figure, labels: Sequence[str]) -> None:
    lines = [
        Line2D([], [], label=label, **look)  # type: ignore[arg-type]
        for label, look in zip(labels, LOOKS, strict=True)
    ]
    boxes = [Patch(facecolor=COMMITTED, label="US defence commitment in force")]
    figure.legend(
        handles=[*lines, *boxes],
        loc="upper left",
        ncols=len(lines) + 1,
        frameon=False,
        fontsize=7.5,
        handlelength=3.2,
    )
    note = "Standard deviations of the reference sample from its mean; more is more of an obstacle."
    figure.text(LEFT / figure.get_figwidth(), 0.12 / figure.get_figheight(), note, fontsize=7.5)
