"""The figure of the weights of the obstacles, by region."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from underbalance.hypotheses.contrasts import INCONSISTENCY, MEAN, SLOWNESS
from underbalance.hypotheses.specs import WEIGHED
from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.present.style import new_figure, save_figure
from underbalance.present.wording import region_words

HEIGHT: Final = 4.0  # inches
LIGHT: Final = "#9a9a9a"
TITLES: Final = {INCONSISTENCY: "Outcomes of steadiness", SLOWNESS: "Outcomes of pace"}
EVEN: Final = 1 / len(WEIGHED)


def draw_weights(
    rows: pd.DataFrame, regions: Sequence[str], level: str, paths: Sequence[Path]
) -> None:
    """Draw each obstacle's share of the fit: the mean over outcomes and every single one.

    Parameters
    ----------
    rows : :func:`underbalance.hypotheses.weights.weights` of all regions.
    regions : names of the samples, the whole one first.
    level : confidence level in words.
    """
    figure, axes = new_figure(len(regions), HEIGHT, rows=2)
    for line, group in zip(axes, (INCONSISTENCY, SLOWNESS), strict=True):
        for panel, region in zip(line, regions, strict=True):
            own = rows[(rows["region"] == region) & (rows["group"] == group)]
            _draw_panel(panel, own, named=panel is line[0])
            label = "all allies" if region == regions[0] else region_words(region)
            panel.set_title(f"{TITLES[group]}\n{label}", fontsize=8.5)
    figure.supxlabel(
        "Share of what the obstacles add to the fit (general dominance); dashed: even shares\n"
        f"Black: mean over outcomes, {level} interval over allies; grey: single outcomes, hollow "
        f"with fewer than {LEAST_EVENTS} events\n(not in the mean). Shares have no sign: they "
        "do not say whether an obstacle makes cooperation slower or faster.",
        fontsize=8,
    )
    save_figure(figure, paths)


def _draw_panel(axes: Axes, rows: pd.DataFrame, *, named: bool) -> None:
    heights = {name: len(WEIGHED) - place for place, name in enumerate(WEIGHED)}
    for row in rows[rows["share"].notna()].to_dict("records"):
        height = heights[row["obstacle"]]
        if row["spec_id"] != MEAN:
            face = "white" if DESCRIPTIVE in row["note"] else LIGHT
            axes.plot(
                row["share"], height - 0.22, "o", color=LIGHT, markerfacecolor=face, markersize=3.5
            )
            continue
        axes.plot([row["share_low"], row["share_high"]], [height] * 2, color="black", linewidth=1.4)
        axes.plot(row["share"], height, "o", color="black", markersize=5.5)
    if rows["share"].notna().any():
        axes.axvline(EVEN, color=LIGHT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    else:
        axes.text(0.5, 0.5, _why(rows), ha="center", va="center", transform=axes.transAxes)
    axes.set_yticks(list(heights.values()), [name if named else "" for name in heights])
    axes.set_ylim(0.4, len(WEIGHED) + 0.5)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)


def _why(rows: pd.DataFrame) -> str:
    few = rows["note"].str.contains("too few clusters", regex=False).any()
    return "too few allies" if few else "not estimated"
