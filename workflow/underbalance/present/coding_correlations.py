"""How far each alternative coding goes with the primary one: a row of dots for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.present.captions import Caption
from underbalance.present.style import (
    EDGE,
    HAIR,
    HIGHEST,
    INK,
    LIGHT,
    SOFT,
    THIN,
    TINY,
    WIDTH,
    Around,
    new_figure,
    save_figure,
    say_empty,
)
from underbalance.present.wording import whole

TOP = 0.3  # in rows above the first
ROW = 0.175  # inches, at most
LEFT, ABOVE, BELOW, RIGHT = 2.3, 0.42, 0.42, 1.05  # inches
LOOKS = {
    "overall": {"markerfacecolor": INK, "markersize": 6.5},
    "within": {"markerfacecolor": "white", "markersize": 4.0},
}
NAMES = {"overall": "all ally-years", "within": "within allies (less each ally’s mean)"}


def draw_coding_correlations(
    correlations: pd.DataFrame, labels: Mapping[str, str], paths: Sequence[Path]
) -> Caption:
    """Draw Pearson's correlation of each alternative with its primary, overall and within.

    Parameters
    ----------
    correlations : :func:`underbalance.coding.alternatives.alternative_correlations`.
    labels : of the codings, by name.
    """
    heights = heights_of(correlations)
    lowest = min(heights.values(), default=0)
    row = min(ROW, (HIGHEST - ABOVE - BELOW) / (1 - lowest))
    height = ABOVE + row * (1 - lowest) + BELOW
    figure, ((axes,),) = new_figure(1, height, Around(LEFT, BELOW, ABOVE, RIGHT))
    for limit in (0, 1):
        axes.axvline(limit, color=SOFT, linewidth=THIN, zorder=0)
    if correlations.empty:
        say_empty(axes, "no alternative coding")
    for name, rows in correlations.groupby("coding", sort=False):
        _draw_row(axes, rows.set_index("level"), heights[str(name)])
    _label_rows(axes, correlations, labels, heights)
    axes.set_ylim(lowest - 0.7, 0.7)
    axes.set_xlim(min(0.0, correlations["pearson"].min()) - 0.05, 1.03)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Pearson’s correlation with the primary coding, reference sample")
    for level, look in LOOKS.items():
        axes.plot([], [], "o", color=INK, label=NAMES[level], **look)  # type: ignore[arg-type]
    figure.legend(
        loc="upper left",
        bbox_to_anchor=(EDGE / WIDTH, 1),
        ncols=2,
        handletextpad=0.2,
        borderaxespad=0.4,
        borderpad=0,
    )
    save_figure(figure, paths)
    overall = correlations[correlations["level"] == "overall"]
    return Caption(
        "Alternative codings of the obstacles against the primary ones",
        f"Pearson’s correlation of {len(overall)} alternative codings with the primary coding of "
        "the same obstacle in the reference sample: over all ally-years, and within allies (less "
        "each ally’s mean). Beside each: how many variables it shares with the primary coding, and "
        "the ally-years in which both are known. Alternatives that share no variable are the "
        "harder check.",
        "A row for each alternative coding, grouped by obstacle, with a filled point for the "
        "correlation over all ally-years and an open one for that within allies.",
    )


def heights_of(correlations: pd.DataFrame) -> dict[str, int]:
    """Return the height of each alternative's row: downwards, below a line for its primary."""
    heights: dict[str, int] = {}
    for primary, rows in correlations.groupby("primary", sort=False):
        heights[str(primary)] = -len(heights)
        heights |= {str(name): -len(heights) - i for i, name in enumerate(rows["coding"].unique())}
    return heights


def _draw_row(axes: Axes, rows: pd.DataFrame, height: int) -> None:
    known = rows["pearson"].dropna()
    axes.axhline(height, color=LIGHT, linewidth=HAIR, zorder=0)
    axes.plot(known, [height] * len(known), color=INK, linewidth=THIN, zorder=1)
    # the smaller open dot lies in the filled one where the two coincide
    for level, look in LOOKS.items():
        if level in known:
            axes.plot(known[level], height, "o", color=INK, zorder=2, **look)  # type: ignore[arg-type]


def _label_rows(
    axes: Axes,
    correlations: pd.DataFrame,
    labels: Mapping[str, str],
    heights: Mapping[str, int],
) -> None:
    axes.set_yticks(list(heights.values()), [labels[name] for name in heights])
    primaries = set(correlations["primary"])
    for name, tick in zip(heights, axes.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if name in primaries else "normal")
    axes.tick_params(axis="y", left=False, labelsize=TINY + 0.5)
    rows = correlations[correlations["level"] == "overall"]
    for row in rows.to_dict("records"):
        _beside(axes, heights[row["coding"]], f"{row['shared']} of {row['variables']}", 0)
        _beside(axes, heights[row["coding"]], whole(row["ally_years"]), 1)
    for column, words in enumerate(("shared\nvariables", "ally-\nyears")):
        _beside(axes, TOP, words, column)


def _beside(axes: Axes, height: float, words: str, column: int) -> None:
    axes.annotate(
        words,
        (1, height),
        xytext=(8 + 48 * column, 0),
        xycoords=axes.get_yaxis_transform(),
        textcoords="offset points",
        va="center",
        fontsize=TINY,
    )
