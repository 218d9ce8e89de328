"""How far each alternative coding goes with the primary one: a row of dots for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.present.style import new_figure, save_figure
from underbalance.present.wording import whole

TOP = 0.3  # in rows above the first
ROW = 0.175  # inches
MARGIN = 0.85
LOOKS = {
    "overall": {"markerfacecolor": "black", "markersize": 6.5},
    "within": {"markerfacecolor": "white", "markersize": 4.0},
}
NAMES = {"overall": "all ally-years", "within": "within allies (less each ally’s mean)"}


def draw_coding_correlations(
    correlations: pd.DataFrame, labels: Mapping[str, str], paths: Sequence[Path]
) -> None:
    """Draw Pearson's correlation of each alternative with its primary, overall and within.

    Parameters
    ----------
    correlations : :func:`underbalance.coding.alternatives.alternative_correlations`.
    labels : of the codings, by name.
    """
    heights = heights_of(correlations)
    lowest = min(heights.values(), default=0)
    figure, ((axes,),) = new_figure(1, MARGIN + ROW * (1 - lowest))
    for limit, width in ((0, 0.8), (1, 0.8)):
        axes.axvline(limit, color="#9a9a9a", linewidth=width, zorder=0)
    for name, rows in correlations.groupby("coding", sort=False):
        _draw_row(axes, rows.set_index("level"), heights[str(name)])
    _label_rows(axes, correlations, labels, heights)
    axes.set_ylim(lowest - 0.7, 0.7)
    axes.set_xlim(min(0, correlations["pearson"].min()) - 0.05, 1.03)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Pearson’s correlation with the primary coding, reference sample")
    for level, look in LOOKS.items():
        axes.plot([], [], "o", color="black", label=NAMES[level], **look)  # type: ignore[arg-type]
    figure.legend(loc="outside upper left", ncols=2, frameon=False, handletextpad=0.2)
    save_figure(figure, paths)


def heights_of(correlations: pd.DataFrame) -> dict[str, int]:
    """Return the height of each alternative's row: downwards, below a line for its primary."""
    heights: dict[str, int] = {}
    for primary, rows in correlations.groupby("primary", sort=False):
        heights[str(primary)] = -len(heights)
        heights |= {str(name): -len(heights) - i for i, name in enumerate(rows["coding"].unique())}
    return heights


def _draw_row(axes: Axes, rows: pd.DataFrame, height: int) -> None:
    known = rows["pearson"].dropna()
    axes.axhline(height, color="#dddddd", linewidth=0.5, zorder=0)
    axes.plot(known, [height] * len(known), color="black", linewidth=0.8, zorder=1)
    # the smaller open dot lies in the filled one where the two coincide
    for level, look in LOOKS.items():
        if level in known:
            axes.plot(known[level], height, "o", color="black", zorder=2, **look)  # type: ignore[arg-type]


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
    axes.tick_params(axis="y", left=False, labelsize=7.5)
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
        fontsize=7,
    )
