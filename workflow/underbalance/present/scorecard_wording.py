"""How the scorecard says verdicts, what they rest on, units and signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from underbalance.hypotheses.scorecard import MODEL, POINTER, WEIGHTS_FILE
from underbalance.hypotheses.verdict import ALPHA, COUNTS, NO_VERDICT, tally
from underbalance.models.design import measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.estimate import LEAST_EVENTS
from underbalance.models.inference.interval import STEPS
from underbalance.places import in_run
from underbalance.specifications import Specification

RULE: Final = (
    "Rule (docs/pre_analysis_plan.md): supported if, of the primary models that count, at "
    f"least half have the predicted sign with a corrected p < {ALPHA:g} and none the opposite "
    f"sign with an uncorrected p < {ALPHA:g}; contradicted if the same holds with the "
    "opposite sign; else not supported."
)
HALF: Final = " ("  # begins the half of a statement that is compared, not judged
# of estimators whose coefficients are not in units of the outcome
UNITS: Final = {
    "counts": "log ratio of means",
    "linear_probability": "difference in probability",
    **dict.fromkeys(("variance", "variance_pooled"), "log variance"),
    **dict.fromkeys(("grouped", "cox", "cox_breslow", "cause_specific"), "log hazard ratio"),
    "fine_gray": "log subdistribution hazard ratio",
    **dict.fromkeys(("aft_weibull", "aft_loglogistic", "aft_exponential"), "log time ratio"),
}
STANDARDISED: Final = "difference of mean standardised effects"
WITHOUT_CLOCK: Final = "coefficient of the complementary log-log"
# what a positive and a negative coefficient say, by what more of the outcome means
DIRECTIONS: Final = {
    "pace": {1: "faster", -1: "slower"},
    "duration": {1: "slower", -1: "faster"},
    "unsteadiness": {1: "less steady", -1: "steadier"},
    "failure": {1: "more failures", -1: "fewer failures"},
    "inconsistency": {1: "more on inconsistency", -1: "more on slowness"},
    "slowness": {1: "more on slowness", -1: "more on inconsistency"},
}


def verdict_line(own: pd.DataFrame) -> str:
    """Return a hypothesis, the statement that is judged, and the verdict with what carries it."""
    first = own.iloc[0]
    if (own["kind"] == POINTER).any():
        found = f"{first['verdict']}, {first['role']}"
    else:
        found = f"{first['verdict']}; {_rests_on(own)}"
    return f"{first['hypothesis']} – {first['statement'].partition(HALF)[0]}: {found}."


def basis(own: pd.DataFrame) -> str:
    """Return the counts behind a verdict and what it leaves out, empty without a model."""
    count = tally(own[own["kind"] == MODEL])
    sentences = []
    if count.counting and own["verdict"].iloc[0] != NO_VERDICT:
        p = f"p < {ALPHA:g}"
        sentences = [
            f"Of {_counted(count.counting, 'test')}, with the predicted sign and {p}: "
            f"{count.agree} after Holm’s correction ({count.needed} needed), "
            f"{count.against_opposite} before it; with the opposite sign and {p}: "
            f"{count.disagree} after it, {count.against_it} before it.",
        ]
    half = own["statement"].iloc[0].partition(HALF)[2].rstrip(")")
    if half.startswith("more than"):
        sentences.append(f"“{half.capitalize()}” is compared below and enters no verdict.")
    return " ".join(sentences)


def unit_of(spec: Specification, codebook: pd.DataFrame) -> str:
    """Return the scale of a model's coefficients in words."""
    rows = all_rows()[spec.outcome]
    if spec.estimator == "grouped" and not rows.duration:
        # one row per case: without a clock there is no hazard
        return WITHOUT_CLOCK
    if spec.estimator in UNITS:
        return UNITS[spec.estimator]
    own = codebook[(codebook["table"] == rows.table) & (codebook["name"] == measure_of(spec))]
    return str(own["unit"].iloc[0]) if len(own) else "units of the outcome"


def notes(rows: pd.DataFrame) -> Iterator[str]:
    """Give the sentences below the scorecard."""
    yield (
        f"A model does not count with fewer than {LEAST_EVENTS} events, with too few clusters for "
        "a p-value, without a wild bootstrap, or when the data cannot carry it."
    )
    yield (
        "Estimates are per standard deviation of an obstacle or a rival in the reference sample; "
        "of low–low, allies with both obstacles at or below the median against all others. A "
        "positive log hazard ratio means that the event comes sooner. Lapse and loss are cases "
        "without a clock: a positive coefficient means that failures are more frequent."
    )
    yield (
        "Sign found: in brackets where p is not below "
        f"{ALPHA:g}, as the estimate cannot be told from no effect then."
    )
    methods = sorted(set(rows.loc[rows["p_value"].notna() & (rows["kind"] == MODEL), "p_method"]))
    if methods:
        yield f"p-values and intervals of models: {'; '.join(methods)}."
    yield (
        "p is not estimate/SE: the wild bootstrap allows for few allies carrying the variation; "
        "see CRV3 and effective clusters. CRV3: the jackknife that leaves out one ally at a time, "
        "t(G − 1). Permutation: histories of the obstacle exchanged between allies. Effective: "
        "of how many equal allies the term’s information would be. These enter no verdict."
    )
    if np.isinf(rows[["ci_low", "ci_high"]].to_numpy(dtype="float64")).any():
        yield (
            f"An end of ∞: the test rejects no value within {STEPS[-1]:g} standard errors, as "
            "where one ally moves the estimate, or the model cannot be estimated so far out; "
            f"{in_run('results/inference')} says which."
        )
    yield (
        "The comparisons of H2 and H3 (more than) are the mean effect on one group of outcomes "
        "minus that on the other, each in standard deviations of the model’s disturbance, positive "
        "as the hypothesis says, with a bootstrap over allies."
    )
    yield f"H5 is descriptive: the weights are in {in_run(WEIGHTS_FILE)}."


def _rests_on(own: pd.DataFrame) -> str:
    models = own[own["kind"] == MODEL]
    counting = int((models["role"] == COUNTS).sum())
    if counting == 1:
        return f"rests on one model of {len(models)}"
    return f"rests on {counting or 'none'} of {_counted(len(models), 'model')}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
