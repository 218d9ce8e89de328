"""One look for all figures: readable in grey, labelled directly, the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from underbalance.tables import written_whole

DPI = 300
WIDTH = 7.0  # inches: the text width of most journals
# dark to light, and told apart by their dashes when printed in grey
LINES = (("#9a9a9a", (0, (1, 1.2))), ("#5a5a5a", (0, (5, 1.6))), ("#000000", "solid"))
SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.labelsize": 8.5,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "figure.dpi": 100,
    "pdf.fonttype": 42,
    "svg.hashsalt": "underbalance",
}


def new_figure(
    columns: int,
    height: float,
    *,
    rows: int = 1,
    heights: Sequence[float] | None = None,
    width: float = WIDTH,
    edges: Mapping[str, float] | None = None,
) -> tuple[Figure, list[list[Axes]]]:
    """Return a figure (of text width) and its axes as rows of columns.

    ``edges`` (left, right, bottom, top, wspace, hspace, as matplotlib has them) fix the
    places of the axes; without them they are found from what is drawn, which takes seconds
    for a page of many panels.
    """
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update(cast("Any", SETTINGS))
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(width, height),
        squeeze=False,
        layout=None if edges else ConstrainedLayoutEngine(wspace=0.06),
        gridspec_kw={**({"height_ratios": heights} if heights else {}), **(edges or {})},
    )
    return figure, [list(row) for row in axes]


def save_figure(figure: Figure, paths: Sequence[Path]) -> None:
    """Write a figure in the formats of the paths, without the time of writing; close it."""
    import matplotlib.pyplot as plt

    for path in paths:
        metadata = {"CreationDate": None, "ModDate": None} if path.suffix == ".pdf" else None
        with written_whole(path) as part:
            figure.savefig(part, dpi=DPI, metadata=metadata)
    plt.close(figure)
