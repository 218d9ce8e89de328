"""Every primary estimate without each ally in turn: a small panel for each model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.present.style import new_figure, save_figure

COLUMNS = 4
HEIGHT = 1.75  # inches of a row of panels
MARGIN = 0.45
LABELLED = 3
GAP = 0.085  # between labels, as a share of the panel's height
ROOM = 0.2  # above and below the points, as a share of their range


def draw_leave_one_out(
    rows: pd.DataFrame, titles: Mapping[str, str], level: str, paths: Sequence[Path]
) -> None:
    """Draw the estimates without each ally in order, and that of all allies as a line.

    Parameters
    ----------
    rows : spec_id, then the columns of :func:`underbalance.sensitivity.leave_one_out`; models
        without estimates have none and get a panel that says so.
    titles : of the panels, by spec_id, in order.
    level : of the interval of the full sample, in words.
    """
    lines = max(ceil(len(titles) / COLUMNS), 1)
    figure, axes = new_figure(COLUMNS, MARGIN + HEIGHT * lines, rows=lines)
    panels = [panel for line in axes for panel in line]
    for panel, (spec_id, title) in zip(panels, titles.items(), strict=False):
        panel.set_title(title, fontsize=8.5)
        panel.set_xticks([])
        panel.spines["bottom"].set_visible(False)
        known = rows[(rows["spec_id"] == spec_id) & rows["estimate"].notna()]
        if known.empty:
            _say_not_estimated(panel)
        else:
            _draw_panel(panel, known.sort_values(["estimate", "left_out"]))
    for panel in panels[len(titles) :]:
        panel.set_visible(False)
    figure.supxlabel(
        "Dot: estimate without one ally, in order; the three that move it most are named. "
        f"Line and band:\nestimate with all allies and its {level} interval "
        "(errors clustered by ally). Thin line: zero.",
        fontsize=7.5,
    )
    save_figure(figure, paths)


def _draw_panel(axes: Axes, rows: pd.DataFrame) -> None:
    places = pd.Series(range(len(rows)), index=rows.index)
    full, error = rows["full_estimate"].iloc[0], rows["full_reach"].iloc[0]
    axes.axhspan(full - error, full + error, color="#e6e6e6", linewidth=0, zorder=0)
    axes.axhline(full, color="black", linewidth=0.9, zorder=1)
    axes.axhline(0, color="#777777", linewidth=0.6, linestyle=(0, (1, 1.5)), zorder=1)
    axes.plot(places, rows["estimate"], "o", color="#5a5a5a", markersize=2.2, zorder=2)
    low = min(rows["estimate"].min(), full - error, 0.0)
    high = max(rows["estimate"].max(), full + error, 0.0)
    room = ROOM * (high - low)
    axes.set_ylim(low - room, high + room)
    axes.set_xlim(-0.03 * len(rows) - 0.5, 1.03 * len(rows) - 0.5)
    axes.locator_params(axis="y", nbins=4)
    most = rows["influence"].abs().nlargest(LABELLED).index
    for leftwards in (False, True):
        on_side = (places > len(rows) / 2) == leftwards
        _label(axes, rows[rows.index.isin(most) & on_side], places, leftwards)


def _label(axes: Axes, rows: pd.DataFrame, places: pd.Series[int], leftwards: bool) -> None:
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
        axes.plot(*point, "o", color="black", markersize=3.2, zorder=3)
        axes.annotate(
            rows.loc[label, "left_out"],
            point,
            xytext=(places[label] - 0.13 * inwards * len(places), height + gap / 3),
            fontsize=6.5,
            ha="right" if leftwards else "left",
            va="center",
            arrowprops={"arrowstyle": "-", "linewidth": 0.4, "color": "#5a5a5a", "shrinkB": 1.5},
            zorder=3,
        )


def _beyond(own: float, least: float, upwards: int) -> float:
    return max(own, least) if upwards == 1 else min(own, least)


def _say_not_estimated(axes: Axes) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.text(0.5, 0.5, "not estimated", ha="center", va="center", transform=axes.transAxes)
