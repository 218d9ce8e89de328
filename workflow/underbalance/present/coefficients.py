"""Figure: what the primary models say of every hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.models.terms import tested_terms
from underbalance.models.tidy import is_estimated
from underbalance.present.captions import Caption
from underbalance.present.forest import Line, forest
from underbalance.present.model_wording import HYPOTHESES
from underbalance.present.style import save_figure
from underbalance.present.wording import decimal, p_text, percent
from underbalance.specifications import Specification

REACH = 6.0  # standard errors that are shown
COLUMNS = {"coefficient": 0.62, "Holm p": 0.12}
LEFT = 1.2  # inches
SILENT = ("not estimated",)
BARE = "Without a point: too few allies for an interval, so that a standard error says nothing."


def draw_coefficients(
    rows: pd.DataFrame,
    specs: Mapping[str, Specification],
    corrected: Mapping[tuple[str, str, str], float],
    level: float,
    sample_label: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw the tested terms of the primary models, by hypothesis.

    Outcomes have units of their own, so that every line is in standard errors of its estimate,
    and turned so that what the hypothesis predicts is to the right. The estimate itself stands
    at the end of the line.

    Parameters
    ----------
    rows : tidy results of all specifications.
    corrected : p after Holm’s correction by hypothesis, specification and term.
    level : confidence level of the intervals.
    sample_label : of the sample, in words.
    """
    lines = _lines(rows, specs, corrected)
    bare = f" {BARE}" if any(_is_bare(line) for line in lines) else ""
    figure, _ = forest(
        lines,
        COLUMNS,
        left=LEFT,
        reach=REACH,
        label="\u2190 against the hypothesis      standard errors      as predicted \u2192",
        note=f"Point: estimate; line: {percent(level)} interval of the wild bootstrap, not ±1.96 "
        f"standard errors. Arrow: goes on. Hollow: fewer than {LEAST_EVENTS} events, no verdict. "
        f"Holm p: corrected over the models that count for a hypothesis.{bare}",
    )
    save_figure(figure, paths)
    shown = [line for line in lines if not line.heading]
    known = sum(line.numbers != SILENT for line in shown)
    return Caption(
        "What the primary models say of each hypothesis",
        "Tested terms of the primary models, in standard errors of the estimate and turned so "
        f"that what a hypothesis predicts is to the right; {len(shown)} tests, {known} of them "
        f"estimated. Sample: {sample_label}. Lines: {percent(level)} intervals of the wild "
        "cluster bootstrap over allies (arrows: beyond the axis); hollow points: fewer than "
        f"{LEAST_EVENTS} events, which enter no verdict; Holm p: corrected over the models that "
        "count for a hypothesis. Coefficients are per standard deviation of the obstacle in the "
        "reference sample (H1: of the indicator that all are low), in the units of the model "
        f"tables; those of durations are log hazard ratios.{bare}",
        "Points with intervals below each other, grouped by hypothesis, around a line at zero; "
        "coefficient and corrected p-value stand beside each.",
    )


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
            Line(labels[spec_id], numbers=SILENT)
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


def _is_bare(line: Line) -> bool:
    """Say whether a line has an estimate, but nothing to place it by."""
    return not line.heading and line.numbers != SILENT and bool(np.isnan(line.estimate))


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
    if np.isnan(row["p_value"]):
        return Line(text, numbers=(decimal(row["estimate"]), ""))
    ends = sorted(sign * row[end] / row["std_error"] for end in ("ci_low", "ci_high"))
    return Line(
        text,
        low=ends[0],
        estimate=sign * row["estimate"] / row["std_error"],
        high=ends[1],
        numbers=(decimal(row["estimate"]), p_text(corrected)),
        descriptive=DESCRIPTIVE in str(row["note"]),
    )
