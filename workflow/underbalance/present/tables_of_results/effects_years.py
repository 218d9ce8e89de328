"""The primary effects as ratios, per cent and years, hypothesis by hypothesis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.scorecard import MODEL
from underbalance.places import in_run
from underbalance.present.model_wording import term_label
from underbalance.present.scorecard_wording import UNITS, WITHOUT_CLOCK, unit_of
from underbalance.present.table import Table
from underbalance.present.tables_of_results.tried import (
    NO_P,
    SILENT,
    Specifications,
    Tried,
    dagger_note,
    mark_of_events,
    p_methods,
    reason,
    tried_tests,
)
from underbalance.present.wording import (
    decimal,
    interval_words,
    p_text,
    percent,
    ratio_of,
    within_line,
)

HYPOTHESES: Final = ("H2", "H3", "H4")
NONE = "–"
# coefficients that are no differences in the unit of the outcome are logs of a ratio, but one
RATIOS: Final = {
    unit: unit.removeprefix("log ").removesuffix(" ratio").removeprefix("ratio of ")
    for unit in {*UNITS.values()} - {"difference in probability"}
} | {WITHOUT_CLOCK: "cumulative hazard"}
Record = Mapping[Any, Any]
Cells = tuple[str, ...]


def effects_table(
    specs: Specifications,
    scorecard: pd.DataFrame,
    years: pd.DataFrame,
    codebook: pd.DataFrame,
    level: float,
    sample_label: str,
) -> Table:
    """Return what one standard deviation more of an obstacle goes with.

    Parameters
    ----------
    specs : the primary specifications.
    scorecard : results/scorecard.csv: estimates, intervals and p.
    years : results/hypotheses/years.csv: durations as they are and with more of the obstacle.
    codebook : gives labels and units.
    level : confidence level of the intervals.
    """
    models = scorecard[scorecard["kind"] == MODEL]
    tests = {name: tried_tests(name, specs) for name in HYPOTHESES}
    body: list[Cells] = []
    for hypothesis, own in tests.items():
        if own:
            term = term_label(own[0].term, codebook, own[0].spec)
            body.append((f"{hypothesis}: {term}",))
        for test in own:
            body += _rows(test, models, years, codebook)
    interval = f"{percent(level)} CI"
    all_tests = [test for own in tests.values() for test in own]
    return Table(
        name="effects_years",
        title="What one standard deviation more of an obstacle goes with",
        header=(
            "",
            f"Ratio, {interval}",
            "Change",
            "p",
            "As it is",
            "One SD more",
            f"Difference, {interval}",
        ),
        body=tuple(body),
        summary=(),
        notes=(
            "Ratio: of hazards (above 1: sooner), of variances, or of the cumulative hazard of "
            "failing, as the unit in parentheses says; change: the same in per cent.",
            f"Intervals and p-values: {p_methods(models, all_tests)}.",
            "As it is, one SD more: mean duration in the model with the obstacle as it is and one "
            "standard deviation higher, up to the longest duration on record; its difference with "
            "an interval from resampling allies, which is no test.",
            "Of a product of obstacles: one more product of standard deviations.",
            "Of linear models the difference is the estimate, with the interval of the ratio.",
            *dagger_note(body),
            *_reasons(tests, models, codebook),
            f"Sample: {sample_label}. Sources: {in_run('results/scorecard.csv')}, "
            f"{in_run('results/hypotheses/years.csv')}.",
        ),
        label_width=0.3,
    )


def ratio_cells(row: Record) -> Cells:
    """Return exp of an estimate with its interval, and the change in per cent."""
    ratio, low, high = (ratio_of(row[name]) for name in ("estimate", "ci_low", "ci_high"))
    change = decimal(100 * (ratio - 1), 0)
    shown = f"{decimal(ratio, 2)} {interval_words(low, high, 2)}".rstrip()
    return shown, f"{'+' if ratio > 1 and change != '0' else ''}{change} %"


def _rows(
    test: Tried, models: pd.DataFrame, years: pd.DataFrame, codebook: pd.DataFrame
) -> Iterator[Cells]:
    found = models[
        (models["hypothesis"] == test.hypothesis)
        & (models["spec_id"] == test.spec_id)
        & (models["term"] == test.term)
    ].to_dict("records")
    unit = unit_of(test.spec, codebook)
    head = f"{test.head}{mark_of_events(found[0]['n_events']) if found else ''}"
    if not found or pd.isna(found[0]["estimate"]):
        yield (f"{head} ({RATIOS.get(unit, unit)})", SILENT, "", "", "", "", "")
        return
    row, own = found[0], years[years["spec_id"] == test.spec_id]
    same = own[own["term"] == test.term].to_dict("records")
    p = p_text(row["p_value"]) or NO_P
    if unit in RATIOS:
        durations = _durations(same[0]) if same else (NONE, NONE, NONE)
        clock = f", {same[0]['unit']}" if same else ""
        label = f"{head} ({RATIOS[unit]}{clock})"
        yield (label, *ratio_cells(row), p, *durations)
    else:
        interval = interval_words(row["ci_low"], row["ci_high"])
        difference = f"{decimal(row['estimate'])} {interval}".rstrip()
        yield (f"{head} ({unit})", NONE, NONE, p, NONE, NONE, difference)
    for other in own[own["term"] != test.term].to_dict("records"):
        label = term_label(other["term"], codebook, test.spec).partition(" (t")[0]
        words = f"{test.head}: {within_line(label)} ({other['unit']})"
        yield (words, NONE, NONE, NONE, *_durations(other))


def _durations(row: Record) -> Cells:
    interval = interval_words(row["ci_low"], row["ci_high"], 2)
    difference = f"{decimal(row['difference'], 2)} {interval}".rstrip()
    return decimal(row["mean"], 2), decimal(row["mean_higher"], 2), difference


def _reasons(
    tests: Mapping[str, list[Tried]], models: pd.DataFrame, codebook: pd.DataFrame
) -> Iterator[str]:
    for own in tests.values():
        for test in own:
            for role in models.loc[models["spec_id"] == test.spec_id, "role"].unique():
                if words := reason(role, test.spec, codebook):
                    yield f"{test.head} not estimated: {words}."
