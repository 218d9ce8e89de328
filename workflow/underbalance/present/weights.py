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
from underbalance.present.captions import Caption
from underbalance.present.style import (
    DASHED,
    INK,
    LINE,
    SOFT,
    THIN,
    Around,
    new_figure,
    note_height,
    save_figure,
    say_empty,
    write_note,
)
from underbalance.present.wording import region_words

PANEL: Final = 1.15  # inches
ABOVE, BETWEEN, BELOW, LEFT = 0.42, 0.72, 0.28, 0.72  # inches
TITLES: Final = {INCONSISTENCY: "Outcomes of steadiness", SLOWNESS: "Outcomes of pace"}
EVEN: Final = 1 / len(WEIGHED)


def draw_weights(
    rows: pd.DataFrame, regions: Sequence[str], level: str, paths: Sequence[Path]
) -> Caption:
    """Draw each obstacle's share of the fit: the mean over outcomes and every single one.

    Parameters
    ----------
    rows : :func:`underbalance.hypotheses.weights.weights` of all regions.
    regions : names of the samples, the whole one first.
    level : confidence level in words.
    """
    note = (
        "Share of what the obstacles add to the fit (general dominance); dashed: even shares. "
        f"Black: mean over outcomes, {level} interval over allies; grey: single outcomes, hollow "
        f"with fewer than {LEAST_EVENTS} events (not in the mean). Shares have no sign: they do "
        "not say whether an obstacle makes cooperation slower or faster."
    )
    below = BELOW + note_height(note)
    around = Around(LEFT, below, ABOVE, columns=0.1, rows=BETWEEN / PANEL)
    height = ABOVE + 2 * PANEL + BETWEEN + below
    figure, axes = new_figure(len(regions), height, around, rows=2)
    for line, group in zip(axes, (INCONSISTENCY, SLOWNESS), strict=True):
        for panel, region in zip(line, regions, strict=True):
            own = rows[(rows["region"] == region) & (rows["group"] == group)]
            _draw_panel(panel, own, named=panel is line[0])
            label = "all allies" if region == regions[0] else region_words(region)
            panel.set_title(f"{TITLES[group]}\n{label}")
    write_note(figure, note)
    save_figure(figure, paths)
    known = rows[rows["share"].notna() & (rows["spec_id"] != MEAN)]
    return Caption(
        "Weight of each obstacle, by kind of outcome and region",
        "General dominance: the share that the political, the economic and the legal obstacle have "
        "in what the three add to the fit, averaged over all orders of entry; outcomes of "
        f"steadiness and of pace, {known['spec_id'].nunique()} models. Black: mean over the "
        f"outcomes with at least {LEAST_EVENTS} events, with {level} intervals over allies; grey: "
        "single outcomes. Dashed: even shares. Shares have no sign and are no test.",
        "Panels by region and kind of outcome, with a row for each obstacle: a black point with an "
        "interval for the mean share, grey points for single outcomes, a dashed line at a third.",
    )


def _draw_panel(axes: Axes, rows: pd.DataFrame, *, named: bool) -> None:
    heights = {name: len(WEIGHED) - place for place, name in enumerate(WEIGHED)}
    for row in rows[rows["share"].notna()].to_dict("records"):
        height = heights[row["obstacle"]]
        if row["spec_id"] != MEAN:
            face = "white" if DESCRIPTIVE in row["note"] else SOFT
            axes.plot(
                row["share"], height - 0.22, "o", color=SOFT, markerfacecolor=face, markersize=3.5
            )
            continue
        axes.plot([row["share_low"], row["share_high"]], [height] * 2, color=INK, linewidth=LINE)
        axes.plot(row["share"], height, "o", color=INK, markersize=5.5)
    if rows["share"].notna().any():
        axes.axvline(EVEN, color=SOFT, linewidth=THIN, linestyle=DASHED, zorder=0)
    else:
        say_empty(axes, _why(rows))
    axes.set_yticks(list(heights.values()), [name if named else "" for name in heights])
    axes.set_ylim(0.4, len(WEIGHED) + 0.5)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)


def _why(rows: pd.DataFrame) -> str:
    few = rows["note"].str.contains("too few clusters", regex=False).any()
    return "too few allies" if few else "not estimated"
