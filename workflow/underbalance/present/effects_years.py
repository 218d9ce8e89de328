"""Figure: how many months longer cooperation takes where an obstacle is higher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.models.terms import LAG
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.outcomes.listed import all_outcomes
from underbalance.present.captions import Caption
from underbalance.present.forest import Line, forest
from underbalance.present.model_wording import HYPOTHESES
from underbalance.present.style import save_figure
from underbalance.present.wording import decimal, percent, whole
from underbalance.specifications import Specification

MONTHS = {"years": 12, "months": 1}
COLUMNS = {"as it is": 1.02, "1 SD higher": 0.12}
LEFT, NUMBERS = 3.3, 0.78  # inches
ROOM = 1.08  # of the widest interval
MOST = 36.0  # months: what is wider goes on


def draw_effects_years(
    rows: pd.DataFrame,
    specs: Mapping[str, Specification],
    level: float,
    sample_label: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw the months that an obstacle adds to each outcome of pace, with the two durations.

    Parameters
    ----------
    rows : results/hypotheses/years.csv.
    specs : the models of the rows.
    level : confidence level of the intervals.
    sample_label : of the sample, in words.
    """
    lines = _lines(rows, specs)
    figure, _ = forest(
        lines,
        COLUMNS,
        left=LEFT,
        reach=_reach(lines),
        widest=NUMBERS,
        label="\u2190 faster          months          slower \u2192",
        note="Beside each line: the expected time to the end with the obstacle as it is and with "
        "one a standard deviation (SD) higher; point: the difference in months; line: its "
        f"{percent(level)} interval (whole allies drawn again). Arrow: goes on. Hollow: fewer "
        f"than {LEAST_EVENTS} events. No test: the tests are those of the models.",
    )
    save_figure(figure, paths)
    return Caption(
        "Expected time of cooperation at higher obstacles",
        "Mean time to the end with obstacles as they were and with one of them a standard "
        "deviation higher in every year, after the primary models of durations, each up to the "
        f"last year of its data. Sample: {sample_label}. {_cases(rows, specs)} Lines: "
        f"{percent(level)} percentile intervals, whole allies drawn with replacement; they are "
        f"no test and enter no verdict. Hollow: fewer than {LEAST_EVENTS} events.",
        _alt(lines),
    )


def _lines(rows: pd.DataFrame, specs: Mapping[str, Specification]) -> list[Line]:
    lines: list[Line] = []
    for hypothesis, part in rows.groupby("hypothesis", sort=True):
        lines.append(Line(HYPOTHESES[str(hypothesis)], heading=True))
        lines += [_line(row, specs[row["spec_id"]]) for row in part.to_dict("records")]
    return lines


def _line(row: Mapping[Any, Any], spec: Specification) -> Line:
    obstacle = str(row["term"]).removesuffix(LAG)
    text = f"{timed_words(spec.outcome)}{f': {obstacle}' if spec.products else ''}"
    if str(row["note"]).startswith(NOT_ESTIMATED):
        return Line(text, numbers=("not estimated",))
    factor, unit = MONTHS[row["unit"]], row["unit"]
    return Line(
        text,
        low=factor * row["ci_low"],
        estimate=factor * row["difference"],
        high=factor * row["ci_high"],
        numbers=tuple(_time(row[column], unit) for column in ("mean", "mean_higher")),
        descriptive=DESCRIPTIVE in str(row["note"]),
    )


def timed_words(outcome: str) -> str:
    """Return from what to what an outcome is timed."""
    words = all_outcomes()[outcome].label.removeprefix("Years ").removeprefix("Months ")
    return words[0].upper() + words[1:]


def _time(time: float, unit: str) -> str:
    return f"{decimal(time, 2)} {unit}"


def _reach(lines: Sequence[Line]) -> float:
    """Return where the axis ends: beyond all intervals that are not very wide."""
    ends = [abs(end) for line in lines for end in (line.low, line.high) if np.isfinite(end)]
    if not ends:
        # too few allies for intervals
        ends = [abs(line.estimate) for line in lines if np.isfinite(line.estimate)]
    return min(ROOM * max(ends, default=1.0), MOST)


def _cases(rows: pd.DataFrame, specs: Mapping[str, Specification]) -> str:
    known = rows[rows["n_spells"].notna()].drop_duplicates("spec_id")
    counts = [
        f"{specs[row['spec_id']].outcome} {whole(row['n_spells'])} "
        f"(to {int(row['horizon'])} {row['unit']})"
        for row in known.to_dict("records")
        if not specs[row["spec_id"]].products
    ]
    return f"Cases: {', '.join(counts)}." if counts else ""


def _alt(lines: Sequence[Line]) -> str:
    said = [
        f"{line.text}: {line.numbers[0]} as it is, {line.numbers[1]} one standard deviation higher"
        for line in lines
        if len(line.numbers) == 2
    ]
    words = "Points with intervals around zero, in months longer or shorter, one for each test."
    return " ".join([words, f"{'; '.join(said)}." if said else ""]).strip()
