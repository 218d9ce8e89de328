"""The coefficients figure: what the primary models say of every hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.models.terms import tested_terms
from underbalance.models.tidy import is_estimated
from underbalance.present.model_wording import HYPOTHESES
from underbalance.present.style import new_figure, save_figure
from underbalance.present.wording import decimal, p_text, percent
from underbalance.specifications import Specification

ROW_HEIGHT = 0.2  # inches
MARGIN = 0.95
BELOW = 0.88
REACH = 6.0  # standard errors that are shown
GREY = "#777777"
COLUMNS = (1.15, 1.25)  # right ends of the numbers, in widths of the axes
ON_LINE = "center_baseline"


@dataclass(frozen=True)
class Line:
    """A line of the figure: a heading, or a tested term of a model."""

    text: str
    heading: bool = False
    low: float = np.nan
    estimate: float = np.nan
    high: float = np.nan
    number: str = ""
    corrected: str = ""
    descriptive: bool = False


def draw_coefficients(
    rows: pd.DataFrame,
    specs: Mapping[str, Specification],
    corrected: Mapping[tuple[str, str, str], float],
    level: float,
    paths: Sequence[Path],
) -> None:
    """Draw the tested terms of the primary models, by hypothesis.

    Outcomes have units of their own, so that every line is in standard errors of its estimate,
    and turned so that what the hypothesis predicts is to the right. The estimate itself stands
    at the end of the line.

    Parameters
    ----------
    rows : tidy results of all specifications.
    corrected : p after Holm’s correction by hypothesis, specification and term.
    level : confidence level of the intervals, for the caption.
    """
    lines = _lines(rows, specs, corrected)
    height = MARGIN + ROW_HEIGHT * len(lines)
    edges = {"left": 0.16, "right": 0.82, "bottom": BELOW / height, "top": 1 - 0.05 / height}
    figure, ((axes,),) = new_figure(1, height, edges=edges)
    heights = list(range(len(lines), 0, -1))
    for height, line in zip(heights, lines, strict=True):
        _draw_line(axes, height, line)
    for place, head in zip(COLUMNS, ("coefficient", "Holm p"), strict=True):
        _write(axes, place, heights[0], head)
    axes.set_yticks(heights, ["" if line.heading else line.text for line in lines], va=ON_LINE)
    axes.set_ylim(0.3, len(lines) + 0.7)
    axes.set_xlim(-REACH, REACH)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("\u2190 against the hypothesis      standard errors      as predicted \u2192")
    figure.supxlabel(
        f"Point: estimate; line: {percent(level)} interval of the wild bootstrap, not ±1.96 "
        f"standard errors. Arrow: goes on.\nHollow: fewer than {LEAST_EVENTS} events, no verdict. "
        "Holm p: corrected over the models that count for a hypothesis.",
        fontsize=8,
    )
    save_figure(figure, paths)


def _lines(
    rows: pd.DataFrame,
    specs: Mapping[str, Specification],
    corrected: Mapping[tuple[str, str, str], float],
) -> list[Line]:
    labels = _labels(specs)
    by_key = {(row["spec_id"], row["term"]): row for row in rows.to_dict("records")}
    silent = set(rows.loc[~is_estimated(rows), "spec_id"])
    lines = []
    for hypothesis, heading in HYPOTHESES.items():
        found = [
            Line(labels[spec_id], number="not estimated")
            if spec_id in silent
            else _line(
                labels[spec_id],
                by_key[spec_id, tested.term],
                tested.sign,
                corrected.get((hypothesis, spec_id, tested.term), np.nan),
            )
            for spec_id, spec in specs.items()
            if spec.role == "primary"
            for tested in tested_terms(spec)
            if tested.hypothesis == hypothesis
        ]
        if found:
            lines += [Line(heading, heading=True), *found]
    return lines


def _labels(specs: Mapping[str, Specification]) -> dict[str, str]:
    """Return the outcome of each specification, marked where only a product tells it apart."""
    plain = {spec.outcome for spec in specs.values() if not spec.products}
    return {
        spec_id: f"{spec.outcome.capitalize()}, product"
        if spec.products and spec.outcome in plain
        else spec.outcome.capitalize()
        for spec_id, spec in specs.items()
    }


def _line(text: str, row: Mapping[Any, Any], sign: int, corrected: float) -> Line:
    ends = sorted(sign * row[end] / row["std_error"] for end in ("ci_low", "ci_high"))
    return Line(
        text,
        low=ends[0],
        estimate=sign * row["estimate"] / row["std_error"],
        high=ends[1],
        number=decimal(row["estimate"]),
        corrected=p_text(corrected),
        descriptive=DESCRIPTIVE in str(row["note"]),
    )


def _write(axes: Axes, place: float, height: float, text: str) -> None:
    across = axes.get_yaxis_transform()
    axes.text(place, height, text, transform=across, ha="right", va=ON_LINE, fontsize=8)


def _draw_line(axes: Axes, height: float, line: Line) -> None:
    if line.heading:
        axes.text(-REACH, height, line.text, va=ON_LINE, fontweight="bold")
        return
    axes.plot([0, 0], [height - 0.5, height + 0.5], color=GREY, linewidth=0.8, zorder=0)
    for place, number in zip(COLUMNS, (line.number, line.corrected), strict=True):
        _write(axes, place, height, number)
    if np.isfinite(line.estimate):
        inside = float(np.clip(line.estimate, -REACH, REACH))
        if not np.isnan(line.low):
            ends = np.clip([line.low, line.high], -REACH, REACH)
            axes.plot(ends, [height, height], color="black", linewidth=1.4)
            for end, marker in ((-REACH, "<"), (REACH, ">")):
                if end in ends:
                    axes.plot(end, height, marker, color="black", markersize=5, clip_on=False)
        face = "white" if line.descriptive else "black"
        axes.plot(inside, height, "o", color="black", markerfacecolor=face, markersize=5)
