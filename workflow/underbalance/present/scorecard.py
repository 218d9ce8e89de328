"""The scorecard as it is read: one group of rows per hypothesis, its verdict in the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from underbalance.hypotheses.scorecard import CONTRAST, MODEL, POINTER, STATEMENTS, WEIGHTS_FILE
from underbalance.hypotheses.verdict import (
    ALPHA,
    COUNTS,
    NO_VERDICT,
    Tally,
    tally,
)
from underbalance.models.estimate import LEAST_EVENTS
from underbalance.models.inference.interval import STEPS
from underbalance.models.terms import LAG
from underbalance.present.model_wording import term_label
from underbalance.present.wide_table import WideTable
from underbalance.present.wording import decimal, label_of, p_text, percent, whole
from underbalance.specifications import Specification

HEADER = (
    "Outcome and term",
    "Estimate [{level} interval]",
    "p",
    "Holm p",
    "Rows (events)",
    "Allies",
    "Predicted",
    "Found",
    "Agrees?",
    "In the verdict",
)
WIDTHS = (0.23, 0.13, 0.06, 0.06, 0.08, 0.05, 0.10, 0.10, 0.07, 0.12)
COEFFICIENT: Final = "coefficient"
# of estimators whose coefficients are not in units of the outcome
UNITS: Final = {
    "counts": "log ratio of means",
    "linear_probability": "difference in probability",
    **dict.fromkeys(("variance", "variance_pooled"), "log variance"),
    **dict.fromkeys(("grouped", "cox", "cox_breslow", "cause_specific"), "log hazard ratio"),
    "fine_gray": "log subdistribution hazard ratio",
    **dict.fromkeys(("aft_weibull", "aft_loglogistic", "aft_exponential"), "log time ratio"),
}
# what a positive and a negative coefficient say, by what more of the outcome means
DIRECTIONS: Final = {
    "pace": {1: "faster", -1: "slower"},
    "duration": {1: "slower", -1: "faster"},
    "unsteadiness": {1: "less steady", -1: "steadier"},
    "failure": {1: "more failures", -1: "fewer failures"},
    "inconsistency": {1: "more on inconsistency", -1: "more on slowness"},
    "slowness": {1: "more on slowness", -1: "more on inconsistency"},
}


def scorecard_page(
    rows: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame, level: float
) -> WideTable:
    """Return the scorecard with words for signs.

    Parameters
    ----------
    rows : :func:`underbalance.hypotheses.scorecard.scorecard`.
    specs : the primary specifications.
    codebook : gives the labels of terms.
    level : confidence level of the intervals.
    """
    groups = [rows[rows["hypothesis"] == name] for name in STATEMENTS]
    return WideTable(
        name="scorecard",
        title="Scorecard of the hypotheses",
        lead=tuple(_lead(groups)),
        header=tuple(cell.format(level=percent(level)) for cell in HEADER),
        widths=WIDTHS,
        rows=tuple(cells for own in groups for cells in _group(own, specs, codebook)),
        notes=tuple(_notes(rows)),
    )


def verdict_words(own: pd.DataFrame) -> str:
    """Return the verdict on one hypothesis with the counts that it rests on."""
    models = own[own["kind"] == MODEL]
    found, count = str(own["verdict"].iloc[0]), tally(models)
    if (own["kind"] == POINTER).any():
        return f"{found}, {own['role'].iloc[0]}"
    counts = f"{count.counting} of {count.models} primary models count"
    return f"{found}; {counts}{_reasons(count) if found != NO_VERDICT else ''}"


def _reasons(count: Tally) -> str:
    p = f"p < {ALPHA:g}"
    return (
        f": {count.agree} with the predicted and {count.disagree} with the opposite sign at a "
        f"corrected {p} ({count.needed} needed), {count.against_opposite} and {count.against_it} "
        f"at an uncorrected {p}"
    )


def _lead(groups: list[pd.DataFrame]) -> Iterator[str]:
    for own in groups:
        yield f"{own['hypothesis'].iloc[0]} {own['verdict'].iloc[0]}: {own['statement'].iloc[0]}."
    models = pd.concat(groups)
    models = models[models["kind"] == MODEL]
    tests, specs = (models["role"] == COUNTS).sum(), models["spec_id"].nunique()
    counting = models.loc[models["role"] == COUNTS, "spec_id"].nunique()
    yield (
        f"{tests} of {len(models)} tests count, from {counting} of {specs} primary models "
        "(the models of H2 and H3 test the rival explanations R1 to R3 as well)."
    )


def _group(
    own: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> Iterator[tuple[str, ...]]:
    first = own.iloc[0]
    yield (f"{first['hypothesis']}. {first['statement']}. Verdict: {verdict_words(own)}.",)
    for row in own[own["kind"] != POINTER].to_dict("records"):
        yield _cells(row, _what(row, specs, codebook))


def _cells(row: Mapping[Any, Any], what: str) -> tuple[str, ...]:
    words = DIRECTIONS[row["scale"]]
    missing = pd.isna(row["estimate"])
    found = "" if missing or row["estimate"] == 0 else words[1 if row["estimate"] > 0 else -1]
    interval = "" if pd.isna(row["ci_low"]) else _interval(row["ci_low"], row["ci_high"])
    return (
        what,
        f"{decimal(row['estimate'])}{interval}",
        p_text(row["p_value"]),
        p_text(row["p_holm"]),
        _rows(row),
        "" if pd.isna(row["n_clusters"]) else whole(row["n_clusters"]),
        words[int(row["predicted_sign"])],
        found,
        row["agrees"],
        row["role"],
    )


def _what(
    row: Mapping[Any, Any], specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> str:
    if row["kind"] == CONTRAST:
        label = label_of(row["term"].removesuffix(LAG), codebook, "ally_year")
        return f"{row['outcome']}: {label} (difference of mean standardised effects)"
    label = term_label(row["term"], codebook, specs[row["spec_id"]])
    return f"{row['outcome']}: {label} ({UNITS.get(row['estimator'], COEFFICIENT)})"


def _interval(low: float, high: float) -> str:
    return f" [{decimal(low)}, {decimal(high)}]"


def _rows(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["n"]):
        return ""
    events = "" if pd.isna(row["n_events"]) else f" ({whole(row['n_events'])})"
    return f"{whole(row['n'])}{events}"


def _notes(rows: pd.DataFrame) -> Iterator[str]:
    yield (
        "Rule (docs/pre_analysis_plan.md): supported if, of the primary models that count, at "
        f"least half have the predicted sign with a corrected p < {ALPHA:g} and none the opposite "
        f"sign with an uncorrected p < {ALPHA:g}; contradicted if the same holds with the "
        "opposite sign; else not supported."
    )
    yield (
        f"A model does not count with fewer than {LEAST_EVENTS} events, with too few clusters for "
        "a p-value, without a wild bootstrap, or when the data cannot carry it. Holm’s correction "
        "is within a hypothesis, over the models that count."
    )
    yield (
        "Estimates are per standard deviation of an obstacle or a rival in the reference sample; "
        "of low–low, allies with both obstacles at or below the median against all others. A "
        "positive log hazard ratio means that the event comes sooner; where the event is a "
        "failure, that failures are more frequent."
    )
    methods = sorted(set(rows.loc[rows["p_value"].notna() & (rows["kind"] == MODEL), "p_method"]))
    if methods:
        yield f"p-values and intervals of models: {'; '.join(methods)}."
    if np.isinf(rows[["ci_low", "ci_high"]].to_numpy(dtype="float64")).any():
        yield (
            f"An end of ∞: the test rejects no value within {STEPS[-1]:g} standard errors, as "
            "where one ally moves the estimate."
        )
    yield (
        "The comparisons of H2 and H3 (more than) are the mean effect on one group of outcomes "
        "minus that on the other, each in standard deviations of the model’s disturbance, positive "
        "as the hypothesis says, with a bootstrap over allies. They are shown and enter no verdict."
    )
    yield f"H5 is descriptive: the weights are in {WEIGHTS_FILE}."
