"""Power of the primary tests at true effects: a panel for each hypothesis, a curve per model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.present.direct_labels import moved_apart
from underbalance.present.style import new_figure, save_figure

HEIGHT = 3.1  # inches
GAP = 0.055
LABELS_AT = 1.08  # of the largest effect
LIMIT = 1.85
WANTED = 0.8
COLOURS = ("#000000", "#6e6e6e")
DASHES = ("solid", (0, (5, 1.6)), (0, (1, 1.2)))


def draw_power(rows: pd.DataFrame, names: Mapping[str, str], paths: Sequence[Path]) -> None:
    """Draw the share rejected against the true effect, with the size at effect zero.

    Parameters
    ----------
    rows : spec_id, hypothesis, effect, power; models without power have it missing.
    names : of the models, by spec_id.
    """
    known = rows[rows["power"].notna()]
    hypotheses = list(dict.fromkeys(known["hypothesis"]))
    figure, (axes,) = new_figure(max(len(hypotheses), 1), HEIGHT)
    for panel, hypothesis in zip(axes, hypotheses, strict=False):
        _draw_panel(panel, known[known["hypothesis"] == hypothesis], names)
        panel.set_title(hypothesis)
    axes[0].set_ylabel("share of simulations with p < 0.05")
    figure.supxlabel("True effect, in standard deviations of the disturbance", fontsize=8.5)
    save_figure(figure, paths)


def _draw_panel(axes: Axes, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    for share in (0.05, WANTED):
        axes.axhline(share, color="#bbbbbb", linewidth=0.7, zorder=0)
    curves = [(str(spec), part.sort_values("effect")) for spec, part in rows.groupby("spec_id")]
    ends = [part["power"].iloc[-1] for _, part in curves]
    largest = rows["effect"].max()
    heights = moved_apart(ends, GAP, 0.0, 1.0)
    for place, ((spec, part), end, height) in enumerate(zip(curves, ends, heights, strict=True)):
        colour = COLOURS[place % len(COLOURS)]
        axes.plot(
            part["effect"],
            part["power"],
            color=colour,
            linestyle=DASHES[place % len(DASHES)],
            linewidth=1.3,
        )
        axes.plot(
            [largest, LABELS_AT * largest], [end, height], color=colour, linewidth=0.5, zorder=0
        )
        axes.text(1.01 * LABELS_AT * largest, height, names[spec], fontsize=7, va="center")
    axes.set_xlim(0, LIMIT * largest)
    axes.set_ylim(-0.01, 1.02)
    axes.set_xticks(sorted(set(rows["effect"])))
    axes.spines["bottom"].set_bounds(0, largest)
    axes.set_yticks([0, 0.05, 0.2, 0.4, 0.6, WANTED, 1], ["0", ".05", ".2", ".4", ".6", ".8", "1"])
