"""Specification curves: sorted effects with intervals, and below them what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from underbalance.present.style import new_figure, save_figure

TOP = 2.4  # inches of the panel of effects
ROW = 0.125  # inches of a row of dots
MARGIN = 0.75
PRIMARY = "primary"
GROUPS = {
    "coding": "Coding",
    "part": "Part",
    "sample": "Sample",
    "rows": "Rows",
    "rivals": "Rivals",
}
PRIMARY_LABEL = "as in the primary model"
ROOM = 0.04  # above and below, as a share of what is shown
EDGES = 99.0  # percent of the intervals' ends that the panel shows


def draw_curve(
    rows: pd.DataFrame,
    models: Mapping[str, str],
    labels: Mapping[str, str],
    paths: Sequence[Path],
) -> None:
    """Draw all specifications of one hypothesis in the order of their effects.

    Parameters
    ----------
    rows : :data:`underbalance.sensitivity.curve.COLUMNS` of one hypothesis.
    models : names of the models, by spec_id, in order.
    labels : names of choices; others are shown as they are.
    """
    known = rows[rows["effect"].notna()].sort_values(["effect", "spec_id", "choice"])
    known = known.reset_index(drop=True)
    lines = _lines(known, models, labels)
    below = ROW * (len(lines) + 1)
    figure, ((upper,), (lower,)) = new_figure(1, TOP + below + MARGIN, rows=2, heights=[TOP, below])
    _draw_effects(upper, known)
    _draw_dots(lower, known, lines)
    for axes in (upper, lower):
        axes.set_xlim(-1, len(known))
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    save_figure(figure, paths)


def _draw_effects(axes: Axes, rows: pd.DataFrame) -> None:
    axes.axhline(0, color="#777777", linewidth=0.8, zorder=0)
    primary = rows["kind"] == PRIMARY
    significant = rows["p_value"] < 0.05
    for chosen, width in ((~significant, 0.7), (significant, 1.5)):
        part = rows[chosen]
        axes.vlines(
            part.index, part["effect_low"], part["effect_high"], color="#9a9a9a", linewidth=width
        )
    axes.plot(rows.index[~primary], rows["effect"][~primary], "o", color="#5a5a5a", markersize=2.6)
    axes.plot(
        rows.index[primary], rows["effect"][primary], "D", color="black", markersize=5, zorder=3
    )
    ends = rows[["effect_low", "effect_high"]].to_numpy().ravel()
    ends = ends[np.isfinite(ends)]
    if len(ends):
        # a few intervals of small samples would flatten all others
        low, high = np.percentile(ends, [100 - EDGES, EDGES])
        low, high = min(low, rows["effect"].min()), max(high, rows["effect"].max())
        room = ROOM * (high - low)
        axes.set_ylim(low - room, high + room)
    axes.set_ylabel(
        "Effect of 1 SD of the obstacle,\nSD of the disturbance;\nabove 0: as predicted"
    )
    axes.set_title(
        "Diamond: primary model; line: t interval (cut), thick where the bootstrap’s p < 0.05",
        fontsize=8,
        fontweight="normal",
    )


def _lines(
    rows: pd.DataFrame, models: Mapping[str, str], labels: Mapping[str, str]
) -> list[tuple[str, pd.Series[bool]]]:
    """Return the rows of dots from above: label, and which specifications have a dot."""
    found: list[tuple[str, pd.Series[bool]]] = [
        (f"Model: {name}", rows["spec_id"] == spec)
        for spec, name in models.items()
        if (rows["spec_id"] == spec).any()
    ]
    found.append((PRIMARY_LABEL, rows["kind"] == PRIMARY))
    for kind, group in GROUPS.items():
        of_kind = rows["kind"] == kind
        for choice in sorted(set(rows.loc[of_kind, "choice"])):
            name = labels.get(choice, choice)
            found.append((f"{group}: {name}", of_kind & (rows["choice"] == choice)))
    return found


def _draw_dots(
    axes: Axes, rows: pd.DataFrame, lines: Sequence[tuple[str, pd.Series[bool]]]
) -> None:
    primary = rows["kind"] == PRIMARY
    for height, (_, chosen) in enumerate(lines):
        axes.axhline(height, color="#e6e6e6", linewidth=0.5, zorder=0)
        plain, marked = rows.index[chosen & ~primary], rows.index[chosen & primary]
        axes.plot(plain, [height] * len(plain), "o", color="#5a5a5a", markersize=2.2)
        axes.plot(marked, [height] * len(marked), "D", color="black", markersize=3.2)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_yticks(range(len(lines)), [label for label, _ in lines], fontsize=6.5)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
