"""Panels of curves over time by low and high obstacle, each with its numbers at risk."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from underbalance.present.direct_labels import moved_apart
from underbalance.present.style import (
    LOOKS,
    TINY,
    WIDTH,
    Around,
    new_figure,
    say_empty,
)
from underbalance.present.waiting import GROUPS, HIGH, LOW, at_risk
from underbalance.present.wording import whole

COLUMNS = 3
PANEL, BELOW, ABOVE = 1.5, 0.86, 0.5  # inches: a panel, and the room for words around it
LEFT, RIGHT = 0.62, 0.36
BETWEEN = 0.42  # panels
GROUP_LOOKS = {HIGH: LOOKS[0], LOW: LOOKS[1]}
BAND = {HIGH: 0.16, LOW: 0.13}  # opacity
LETTERS = 36  # of the words above a panel, per line
WORDS = 20.0  # points that they take
FIRST_ROW, NEXT_ROW = 34.0, 9.5  # points below a panel
TICKS = 6  # at most, and one
GAP = 0.09  # between the names of two curves


@dataclass(frozen=True)
class Panel:
    """One panel.

    Parameters
    ----------
    title, words : the heading and what is below it.
    unit : of time, in words.
    cases : :func:`underbalance.present.waiting.waiting_cases`.
    curves : by group, time, estimate, ci_low and ci_high after each end; no curve where a
        group has no case.
    begins : the share before the first end.
    until : last time shown.
    lag : by how much the times of the cases, which count the first period at risk as 1, are later
        than those of curves and axis (:func:`underbalance.present.waiting.periods_before`).
    """

    title: str
    words: str
    unit: str
    cases: pd.DataFrame
    curves: Mapping[str, pd.DataFrame]
    begins: float
    until: float
    lag: int = 0


def waiting_figure(panels: Sequence[Panel], share: str, key: Sequence[str]) -> Figure:
    """Return a figure of panels; what lines and shades mean stands in its last place.

    Parameters
    ----------
    share : what the curves are a share of, beside the first panel of each row.
    key : sentences below the names of the lines.
    """
    rows = ceil((len(panels) + 1) / COLUMNS)
    height = rows * (PANEL + ABOVE + BELOW)
    around = Around(LEFT, BELOW, ABOVE, RIGHT, columns=BETWEEN, rows=(ABOVE + BELOW) / PANEL)
    figure, axes = new_figure(COLUMNS, height, around, rows=rows)
    places = [axis for row in axes for axis in row]
    for place, panel in enumerate(panels):
        draw_panel(places[place], panel)
        if place % COLUMNS == 0:
            places[place].set_ylabel(share)
    for axis in places[len(panels) :]:
        axis.set_axis_off()
    _write_key(places[len(panels)], key)
    return figure


def draw_panel(axes: Axes, panel: Panel) -> None:
    """Draw the curves of a panel, its headings, and its numbers at risk below."""
    _write_heading(axes, panel)
    axes.set_xlim(0, panel.until)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])
    ticks = MaxNLocator(TICKS, integer=True).tick_values(0, panel.until)
    ticks = [float(tick) for tick in ticks if 0 <= tick <= panel.until]
    axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
    axes.set_xlabel(panel.unit, labelpad=1)
    drawn = {name: _draw_curve(axes, panel, name) for name in GROUPS if name in panel.curves}
    if not drawn:
        say_empty(axes, "no case with\na known obstacle")
    elif len(drawn) == 1:
        say_empty(axes, f"no case that began\nwith a {_other(*drawn)} obstacle")
    _name_curves(axes, drawn, panel.until)
    _write_at_risk(axes, panel, ticks)


def _other(name: str) -> str:
    return LOW if name == HIGH else HIGH


def _write_heading(axes: Axes, panel: Panel) -> None:
    axes.set_title(panel.title, pad=WORDS + 2)
    axes.annotate(
        "\n".join(textwrap.wrap(panel.words, LETTERS)),
        (0, 1),
        xytext=(0, WORDS),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=TINY,
        va="top",
    )


def _draw_curve(axes: Axes, panel: Panel, name: str) -> float:
    """Draw a curve with its band up to the last time shown; return where it ends."""
    curve = panel.curves[name]
    curve = curve[curve["time"] <= panel.until]
    times = np.concatenate([[0.0], curve["time"], [panel.until]])
    shares = np.concatenate([[panel.begins], curve["estimate"]])
    shares = np.append(shares, shares[-1])
    look = GROUP_LOOKS[name]
    axes.step(times, shares, where="post", clip_on=False, label=name, **look)
    ends = [np.concatenate([[np.nan], curve[end]]) for end in ("ci_low", "ci_high")]
    low, high = (np.append(end, end[-1]) for end in ends)
    axes.fill_between(times, low, high, step="post", color=look["color"], alpha=BAND[name], lw=0)
    return float(shares[-1])


def _name_curves(axes: Axes, ends: Mapping[str, float], until: float) -> None:
    """Name the curves at their right ends, moved apart where these are close."""
    places = moved_apart(list(ends.values()), GAP, 0.0, 1.0)
    for name, place in zip(ends, places, strict=True):
        axes.annotate(
            name,
            (until, place),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=TINY,
            color=GROUP_LOOKS[name]["color"],
        )


def _write_at_risk(axes: Axes, panel: Panel, ticks: Sequence[float]) -> None:
    _below(axes, 0, "At risk", (-14, -FIRST_ROW), "right")
    for row, name in enumerate(reversed(GROUPS), start=1):
        down = -FIRST_ROW - NEXT_ROW * row
        _below(axes, 0, name, (-14, down), "right")
        own = panel.cases[panel.cases["social"] == name]
        for tick, count in zip(ticks, at_risk(own, np.asarray(ticks) + panel.lag), strict=True):
            _below(axes, tick, whole(count), (0, down), "center")


def _below(axes: Axes, time: float, text: str, moved: tuple[float, float], side: str) -> None:
    axes.annotate(
        text,
        (time, 0),
        xytext=moved,
        xycoords=axes.get_xaxis_transform(),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=TINY,
    )


def _write_key(axes: Axes, key: Sequence[str]) -> None:
    lines = [
        Line2D([], [], label=f"{name} social obstacle", **GROUP_LOOKS[name])
        for name in reversed(GROUPS)
    ]
    axes.legend(
        handles=lines, loc="upper left", handlelength=3, borderaxespad=0, bbox_to_anchor=(-0.1, 1)
    )
    width = (WIDTH - LEFT) / COLUMNS * 16.5
    words = "\n".join(line for text in key for line in textwrap.wrap(text, int(width)))
    axes.text(
        -0.1,
        0.72,
        words,
        transform=axes.transAxes,
        fontsize=TINY,
        va="top",
        linespacing=1.35,
    )
