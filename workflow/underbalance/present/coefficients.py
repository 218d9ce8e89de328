"""Figure 2: estimates and intervals of the obstacles in all specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.models.terms import LAG
from underbalance.present.style import new_figure, save_figure
from underbalance.present.wording import SCALES, percent, term_label, whole
from underbalance.specifications import Specification

HEIGHT_PER_MODEL = 1.45  # inches
MARGIN = 0.3


def draw_coefficients(
    rows: pd.DataFrame,
    specs: Mapping[str, Specification],
    codebook: pd.DataFrame,
    level: float,
    paths: Sequence[Path],
) -> None:
    """Draw the obstacles of each specification as points and intervals, a panel for each.

    Parameters
    ----------
    rows : tidy results of all specifications.
    level : confidence level of the intervals, for the caption.
    """
    figure, axes = new_figure(1, MARGIN + HEIGHT_PER_MODEL * len(specs), rows=len(specs))
    for (panel,), (spec_id, spec) in zip(axes, specs.items(), strict=True):
        found = rows[rows["spec_id"] == spec_id].set_index("term")
        _draw_panel(panel, found, spec, codebook)
    intervals = f"; line: {percent(level)} interval, errors clustered by ally"
    shown = intervals if rows["ci_low"].notna().any() else "; too few allies for intervals"
    figure.supxlabel(f"Point: estimate{shown}", fontsize=8)
    save_figure(figure, paths)


def _draw_panel(
    axes: Axes, rows: pd.DataFrame, spec: Specification, codebook: pd.DataFrame
) -> None:
    terms = [f"{name}{LAG}" if name in spec.lagged else name for name in spec.obstacles]
    heights = range(len(terms), 0, -1)
    axes.axvline(0, color="#777777", linewidth=0.8, zorder=0)
    for height, term in zip(heights, terms, strict=True):
        row = rows.loc[term]
        if pd.notna(row["ci_low"]):
            axes.plot(
                [row["ci_low"], row["ci_high"]], [height, height], color="black", linewidth=1.4
            )
        axes.plot(row["estimate"], height, "o", color="black", markersize=5)
    axes.set_yticks(list(heights), [term_label(term, codebook, spec.data) for term in terms])
    axes.set_ylim(0.4, len(terms) + 0.6)
    axes.margins(x=0.12)
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    first = rows.iloc[0]
    counts = f"n = {whole(first['n'])}, {whole(first['n_clusters'])} allies"
    axes.set_xlabel(f"{SCALES[spec.estimator]} per unit of the index ({counts})")
    axes.set_title(spec.title)
