"""One look for all figures: readable in grey, labelled directly, the same bytes each time."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from underbalance.present.fonts import families
from underbalance.tables import written_whole

DPI = 300
WIDTH = 7.0  # inches: the text width of most journals
HIGHEST = 9.0  # inches: what a page leaves beside a caption
# from ink to paper; what is told apart by them is told apart by dashes, hatches or marks, too
INK, DARK, GREY, SOFT, LIGHT, PALE = (
    "#000000", "#4a4a4a", "#6e6e6e", "#9a9a9a", "#c9c9c9", "#e6e6e6",
)  # fmt: skip
TEXT, SMALL, TINY = 8.5, 7.5, 6.5  # points
BOLD, LINE, THIN, HAIR = 1.7, 1.3, 0.8, 0.5  # points of lines
DASHED, DOTTED = (0, (4, 2)), (0, (1, 1.2))
# of lines that stand beside each other
LOOKS: tuple[dict[str, Any], ...] = (
    {"color": INK, "linestyle": "solid", "linewidth": LINE},
    {"color": GREY, "linestyle": DASHED, "linewidth": LINE},
    {"color": INK, "linestyle": DOTTED, "linewidth": LINE},
    {"color": SOFT, "linestyle": "solid", "linewidth": BOLD},
)
SETTINGS: dict[str, Any] = {
    "font.size": TEXT,
    "axes.titlesize": TEXT,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": THIN,
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "hatch.linewidth": 1.0,
    "figure.dpi": 100,
    "pdf.fonttype": 42,
    "svg.hashsalt": "underbalance",
}
LETTERS_PER_INCH = 17.0  # of small text, on the average
NOTE_LINE, EDGE = 0.14, 0.1  # inches: a line of a note, and the edge of a figure


@dataclass(frozen=True)
class Around:
    """Room in inches around the panels of a figure, and between them in panels."""

    left: float
    bottom: float
    top: float = 0.1
    right: float = 0.1
    columns: float = 0.1
    rows: float = 0.1


def new_figure(
    columns: int,
    height: float,
    around: Around,
    *,
    rows: int = 1,
    heights: Sequence[float] | None = None,
    widths: Sequence[float] | None = None,
) -> tuple[Figure, list[list[Axes]]]:
    """Return a figure of text width, in inches, and its axes as rows of columns.

    The places of the axes are given and not found from what is drawn, which would take
    seconds for a page of many panels.
    """
    mpl.rcParams.update(cast("Any", {"font.family": families(), **SETTINGS}))
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.subplots(
        rows,
        columns,
        squeeze=False,
        height_ratios=heights,
        width_ratios=widths,
        gridspec_kw={
            "left": around.left / WIDTH,
            "right": 1 - around.right / WIDTH,
            "bottom": around.bottom / height,
            "top": 1 - around.top / height,
            "wspace": around.columns,
            "hspace": around.rows,
        },
    )
    return figure, [list(row) for row in axes]


def note_lines(text: str) -> list[str]:
    """Return the lines of a note of the figure's width."""
    letters = int(LETTERS_PER_INCH * (WIDTH - 2 * EDGE))
    text = text.replace(" %", "\u00a0%").replace("< ", "<\u00a0")
    return [line for part in text.split("\n") for line in textwrap.wrap(part, letters)]


def note_height(text: str) -> float:
    """Return the inches that a note takes at the bottom of a figure."""
    return NOTE_LINE * len(note_lines(text)) + EDGE


def write_note(figure: Figure, text: str) -> None:
    """Write the key of marks and lines at the lower left."""
    figure.text(
        EDGE / WIDTH,
        0.6 * EDGE / figure.get_figheight(),
        "\n".join(note_lines(text)),
        fontsize=SMALL,
        va="bottom",
        linespacing=1.25,
    )


def say_empty(axes: Axes, text: str) -> None:
    """Write in a panel why nothing is drawn in it."""
    axes.text(0.5, 0.5, text, ha="center", va="center", fontsize=SMALL, transform=axes.transAxes)


def save_figure(figure: Figure, paths: Sequence[Path]) -> None:
    """Write a figure in the formats of the paths, without the time of writing.

    A ``.png`` is in greys, which is what figures are drawn in: a quarter of the bytes to pack.
    """
    for path in paths:
        with written_whole(path) as part:
            if path.suffix == ".png":
                _picture(figure).save(part, dpi=(DPI, DPI))
            else:
                figure.savefig(part, metadata={"CreationDate": None, "ModDate": None})


def _picture(figure: Figure) -> Image.Image:
    raw = io.BytesIO()
    figure.savefig(raw, format="rgba", dpi=DPI)
    width = int(figure.get_figwidth() * DPI)
    size = (width, len(raw.getbuffer()) // (4 * width))
    return Image.frombytes("RGBA", size, raw.getvalue()).convert("L")
