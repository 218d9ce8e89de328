"""Estimates with intervals as lines below each other, in groups, with numbers beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from underbalance.present.style import (
    EDGE,
    GREY,
    HIGHEST,
    INK,
    LINE,
    SMALL,
    TEXT,
    THIN,
    WIDTH,
    Around,
    new_figure,
    note_height,
    say_empty,
    write_note,
)

ROW = 0.2  # inches of a line
ABOVE, BELOW = 0.06, 0.5  # inches: above, and the axis below
ON_LINE = "center_baseline"
POINT = 4.6  # points


@dataclass(frozen=True)
class Line:
    """A line of the figure: a heading of a group, or an estimate.

    Parameters
    ----------
    text : on the left.
    heading : of the lines below it.
    low, estimate, high : in units of the axis; missing where there is none.
    numbers : beside the line, one for each column.
    descriptive : drawn hollow.
    """

    text: str
    heading: bool = False
    low: float = np.nan
    estimate: float = np.nan
    high: float = np.nan
    numbers: tuple[str, ...] = ()
    descriptive: bool = False


def forest(
    lines: Sequence[Line],
    columns: Mapping[str, float],
    *,
    left: float,
    reach: float,
    label: str,
    note: str,
    widest: float = 0.62,
) -> tuple[Figure, Axes]:
    """Return the figure of lines around zero.

    Parameters
    ----------
    columns : by head, inches from the right edge of the figure to that of the numbers.
    left : inches of the words on the left.
    reach : the axis ends there on both sides; what goes on has an arrow.
    label : of the axis.
    note : the key at the bottom.
    widest : inches that the numbers of the first column take.
    """
    below = BELOW + note_height(note)
    row = min(ROW, (HIGHEST - ABOVE - below) / max(len(lines), 1))
    height = ABOVE + row * max(len(lines), 1) + below
    right = max(columns.values()) + widest
    figure, ((axes,),) = new_figure(1, height, Around(left, below, ABOVE, right))
    heights = list(range(len(lines), 0, -1))
    for place, line in zip(heights, lines, strict=True):
        _draw_line(axes, place, line, columns, reach)
    if lines:
        _write_numbers(axes, heights[0], tuple(columns), columns)
    else:
        say_empty(axes, "nothing to show")
    axes.set_yticks(heights, ["" if line.heading else line.text for line in lines], va=ON_LINE)
    axes.set_ylim(0.3, max(len(lines), 1) + 0.7)
    axes.set_xlim(-reach, reach)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label)
    write_note(figure, note)
    return figure, axes


def _draw_line(
    axes: Axes, height: float, line: Line, columns: Mapping[str, float], reach: float
) -> None:
    if line.heading:
        _write(axes, EDGE, height, line.text, ha="left", fontweight="bold", fontsize=TEXT)
        return
    axes.plot([0, 0], [height - 0.5, height + 0.5], color=GREY, linewidth=THIN, zorder=0)
    _write_numbers(axes, height, line.numbers, columns)
    if not np.isfinite(line.estimate):
        return
    if not (np.isnan(line.low) or np.isnan(line.high)):
        ends = np.clip([line.low, line.high], -reach, reach)
        axes.plot(ends, [height, height], color=INK, linewidth=LINE)
        for end, marker in ((-reach, "<"), (reach, ">")):
            if end in ends:
                axes.plot(end, height, marker, color=INK, markersize=POINT, clip_on=False)
    look: dict[str, Any] = {
        "markerfacecolor": "white" if line.descriptive else INK,
        "markersize": POINT,
    }
    if abs(line.estimate) > reach:
        end, marker = (reach, ">") if line.estimate > 0 else (-reach, "<")
        axes.plot(end, height, marker, color=INK, clip_on=False, **look)
        return
    axes.plot(line.estimate, height, "o", color=INK, **look)


def _write_numbers(
    axes: Axes, height: float, numbers: Sequence[str], columns: Mapping[str, float]
) -> None:
    for text, inches in zip(numbers, columns.values(), strict=False):
        _write(axes, WIDTH - inches, height, text, ha="right", fontsize=SMALL)


def _write(axes: Axes, inches: float, height: float, text: str, **look: Any) -> None:
    """Write at a distance from the left edge of the figure."""
    box = axes.get_position()
    place = (inches / WIDTH - box.x0) / box.width
    axes.text(place, height, text, transform=axes.get_yaxis_transform(), va=ON_LINE, **look)
