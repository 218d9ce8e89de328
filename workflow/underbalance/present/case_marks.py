"""What the figure of a case is drawn with: boxes, labels, the grid, the axis and the key."""

from __future__ import annotations

import textwrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.patches import Patch, Rectangle

from underbalance.present.case_layout import LEVELS
from underbalance.present.style import DARK, HAIR, INK, LIGHT, PALE, SMALL, THIN, TINY

GREYS = dict(zip(LEVELS, (PALE, "#a9a9a9", DARK), strict=True))
LEVEL_LABELS = ("at or below the reference median", "above the median", "above the 75th percentile")
MARKS = {1: ("^", "#ffffff"), -1: ("v", "#000000"), 0: ("o", "#b0b0b0")}
MARK_SIZE = 4.6  # points
KEY = "│ ordered, ■ first to last delivery, dotted: none yet.  L, C, R: leftist, centrist, rightist"
LETTERS = 30  # of a label on the left, per line


def draw_grid(axes: Axes, years: tuple[int, int], top: float, bottom: float) -> None:
    """Draw a thin line at the beginning of every fifth year."""
    for year in range(years[0], years[1] + 1):
        if year % 5 == 0:
            axes.plot([year, year], [top, bottom], color=LIGHT, linewidth=HAIR, zorder=0)


def draw_years(axes: Axes, years: tuple[int, int], height: float) -> None:
    """Draw the axis of years at a height."""
    axes.plot(whole_span(years), [height, height], color=INK, linewidth=THIN)
    for year in range(years[0], years[1] + 1):
        if year % 5 == 0:
            axes.plot([year, year], [height, height + 0.04], color=INK, linewidth=THIN)
            axes.text(year, height + 0.06, str(year), fontsize=SMALL, ha="center", va="top")


def draw_key(axes: Axes, top: float) -> None:
    """Draw below the years what greys, letters and marks mean."""
    boxes = [
        Patch(facecolor=GREYS[level], edgecolor="black", linewidth=0.3, label=label)
        for level, label in zip(LEVELS, LEVEL_LABELS, strict=True)
    ]
    boxes.append(
        Patch(facecolor="none", edgecolor="black", linewidth=0.3, label="obstacle not known")
    )
    boxes.append(Patch(facecolor="none", edgecolor="black", linewidth=0.3, hatch="/////"))
    boxes[-1].set_label("camp not known")
    words = {1: "event forward", -1: "event back", 0: "neither"}
    marks = [
        axes.plot([], [], marker=marker, linestyle="none", color="black", markersize=MARK_SIZE)[0]
        for marker, _ in MARKS.values()
    ]
    for mark, (direction, (_, color)) in zip(marks, MARKS.items(), strict=True):
        mark.set(markerfacecolor=color, markeredgecolor="black", label=words[direction])
    low = axes.get_ylim()[0]
    for place, handles in ((top, boxes), (top + 0.17, marks)):
        legend = Legend(
            axes,
            handles,
            [str(handle.get_label()) for handle in handles],
            loc="upper left",
            bbox_to_anchor=(0.0, 1 - place / low),
            ncols=len(handles),
            frameon=False,
            fontsize=TINY,
            handlelength=1.4,
            columnspacing=1.2,
            borderaxespad=0,
        )
        axes.add_artist(legend)
    first, last = axes.get_xlim()
    axes.text(first + 0.38 * (last - first), top + 0.245, KEY, fontsize=TINY, va="center")


def draw_box(axes: Axes, span: tuple[float, float], top: float, size: float, **look: Any) -> None:
    """Draw a box over years, with its top and height in inches."""
    corner = (span[0], top)
    axes.add_patch(Rectangle(corner, span[1] - span[0], size, **{"edgecolor": "black", **look}))


def whole_span(years: tuple[int, int]) -> tuple[float, float]:
    """Return the beginning of the first and the end of the last year."""
    return years[0], years[1] + 1


def draw_label(
    axes: Axes, text: str, middle: float, years: tuple[int, int], size: float = SMALL
) -> None:
    """Write a label on the left of the years, on as many lines as it takes."""
    wrapped = "\n".join(textwrap.wrap(text, LETTERS))
    place = years[0] - 0.5
    axes.text(place, middle, wrapped, fontsize=size, ha="right", va="center", linespacing=1.0)


def draw_heading(axes: Axes, text: str, middle: float) -> None:
    """Write the heading of a part."""
    axes.text(left_edge(axes), middle, text, fontsize=SMALL, fontweight="bold", va="center")


def left_edge(axes: Axes) -> float:
    """Return where text begins at the left of the page."""
    low, high = axes.get_xlim()
    return low + 0.01 * (high - low)
