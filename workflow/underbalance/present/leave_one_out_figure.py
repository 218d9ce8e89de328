"""Every primary estimate without each ally in turn: a small panel for each model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.present.captions import Caption
from underbalance.present.style import (
    DARK,
    DOTTED,
    GREY,
    HAIR,
    HIGHEST,
    INK,
    PALE,
    SMALL,
    THIN,
    TINY,
    Around,
    new_figure,
    note_height,
    save_figure,
    say_empty,
    write_note,
)
from underbalance.present.wording import whole

PANEL = 1.52  # inches, at most
LEFT, ABOVE, BELOW = 0.68, 0.26, 0.12  # inches
COLUMNS, ROWS = 0.45, 0.24  # panels between panels
LABELLED = 3
GAP = 0.1  # between labels, as a share of the panel's height
ROOM = 0.2  # above and below the points, as a share of their range
REACH = 4.0  # spans of the points that an interval's end may lie beyond them


@dataclass(frozen=True)
class Panel:
    """What a panel says of its model: name, unit of the estimate, predicted sign."""

    title: str
    unit: str
    predicted: str


def draw_leave_one_out(
    rows: pd.DataFrame, panels: Mapping[str, Panel], level: str, paths: Sequence[Path]
) -> Caption:
    """Draw the estimates without each ally in order, and that of all allies as a line.

    Parameters
    ----------
    rows : spec_id, then the columns of :func:`underbalance.sensitivity.leave_one_out`, with
        ``full_ci_low`` and ``full_ci_high``; models without estimates are named below.
    panels : by spec_id, in order.
    level : of the interval of the full sample, in words.
    """
    known = rows[rows["estimate"].notna()]
    shown = [spec_id for spec_id in panels if (known["spec_id"] == spec_id).any()]
    columns = min((4, 3), key=lambda one: (-len(shown) % one, one))
    lines = max(ceil(len(shown) / columns), 1)
    missing = [panel.title for spec_id, panel in panels.items() if spec_id not in shown]
    note = (
        "Dot: estimate without one ally, in order; the three that move it most are named. Hollow: "
        f"fewer than {LEAST_EVENTS} events. Line and band: all allies, {level} interval of the "
        "wild cluster bootstrap, as in the scorecard. Dotted: zero."
        + (f" Not estimated: {', '.join(missing)}." if missing else "")
    )
    below = BELOW + note_height(note)
    units = lines + ROWS * (lines - 1)
    panel_height = min(PANEL, (HIGHEST - ABOVE - below) / units)
    height = ABOVE + panel_height * units + below
    figure, axes = new_figure(
        columns, height, Around(LEFT, below, ABOVE, columns=COLUMNS, rows=ROWS), rows=lines
    )
    every = [panel for line in axes for panel in line]
    for axis, spec_id in zip(every, shown, strict=False):
        part = known[known["spec_id"] == spec_id].sort_values(["estimate", "left_out"])
        _draw_panel(axis, part)
        _say(axis, panels[spec_id])
    for axis in every[len(shown) :]:
        axis.set_visible(False)
    if not shown:
        every[0].set(visible=True, xticks=[], yticks=[])
        say_empty(every[0], "no model is estimated")
    write_note(figure, note)
    save_figure(figure, paths)
    return Caption(
        "Primary estimates without each ally in turn",
        f"Estimates of {len(shown)} primary models, each without one ally of its sample "
        f"({whole(len(known))} estimates), in order of size; the three allies that move an "
        f"estimate most are named. Line and band: all allies, {level} interval of the wild cluster "
        "bootstrap; the p-values without an ally, in the tables of robustness, are of t with G − 2 "
        f"degrees of freedom, not of the bootstrap. Hollow: fewer than {LEAST_EVENTS} events. "
        "Above each panel the sign that the hypothesis predicts.",
        "A small panel for each model: dots in rising order for the estimates without each ally, a "
        "line and a band for the estimate and interval of all allies.",
    )


def _say(axes: Axes, panel: Panel) -> None:
    axes.set_title(panel.title)
    axes.set_title(panel.predicted, fontsize=TINY, loc="right", fontweight="normal")
    axes.set_ylabel(panel.unit, fontsize=TINY)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _draw_panel(axes: Axes, rows: pd.DataFrame) -> None:
    places = pd.Series(range(len(rows)), index=rows.index)
    full = float(rows["full_estimate"].iloc[0])
    least, most = rows["estimate"].min(), rows["estimate"].max()
    far = REACH * (max(most, 0.0) - min(least, 0.0))
    ends = rows[["full_ci_low", "full_ci_high"]].iloc[0].clip(least - far, most + far).fillna(full)
    axes.axhspan(*ends, color=PALE, linewidth=0, zorder=0)
    axes.axhline(full, color=INK, linewidth=THIN, zorder=1)
    axes.axhline(0, color=GREY, linewidth=THIN, linestyle=DOTTED, zorder=1)
    face = "white" if rows["note"].fillna("").str.contains(DESCRIPTIVE).any() else DARK
    axes.plot(
        places, rows["estimate"], "o", color=DARK, markerfacecolor=face, markersize=2.6, zorder=2
    )
    low, high = min(ends.min(), least, 0.0), max(ends.max(), most, 0.0)
    room = ROOM * (high - low)
    axes.set_ylim(low - room, high + room)
    axes.set_xlim(-0.03 * len(rows) - 0.5, 1.03 * len(rows) - 0.5)
    axes.locator_params(axis="y", nbins=4)
    moved = rows["influence"].abs().nlargest(LABELLED).index
    for leftwards in (False, True):
        on_side = (places > len(rows) / 2) == leftwards
        _label(axes, rows[rows.index.isin(moved) & on_side], places, leftwards, face)


def _label(
    axes: Axes, rows: pd.DataFrame, places: pd.Series[int], leftwards: bool, face: str
) -> None:
    """Name points at the left end below the curve, those at the right end above it."""
    low, high = axes.get_ylim()
    gap = GAP * (high - low) * (1 if leftwards else -1)
    inwards = 1 if leftwards else -1
    height = None
    # from the inner point outwards, so that no label crosses the curve
    for label in rows.index[::inwards]:
        own = float(rows.loc[label, "estimate"])
        height = own if height is None else _beyond(own, height + gap, inwards)
        point = (places[label], own)
        axes.plot(*point, "o", color=INK, markerfacecolor=face, markersize=3.4, zorder=3)
        axes.annotate(
            rows.loc[label, "left_out"],
            point,
            xytext=(places[label] - 0.13 * inwards * len(places), height + gap / 3),
            fontsize=SMALL - 0.5,
            ha="right" if leftwards else "left",
            va="center",
            arrowprops={"arrowstyle": "-", "linewidth": HAIR, "color": DARK, "shrinkB": 1.5},
            zorder=3,
        )


def _beyond(own: float, least: float, upwards: int) -> float:
    return max(own, least) if upwards == 1 else min(own, least)
