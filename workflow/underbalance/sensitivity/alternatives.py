"""The same model by other estimators, on the same rows, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import pandas as pd
from scipy.special import stdtr

from underbalance.errors import EstimationError
from underbalance.models.design import design, measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan
from underbalance.models.tidy import Fit
from underbalance.sensitivity.estimators_of import LOG_TIME, Alternative, alternatives_of
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.tested import LABELS, PrimaryTest

COLUMNS = [
    *LABELS, "estimator", "scale", "estimate", "std_error", "se_type", "p_value", "p_method",
    "comparable", "comparable_std_error", "comparable_scale", "time_ratio", "direction",
    "n", "n_events", "n_clusters", "note",
]  # fmt: skip
# of a coefficient on the primary estimator's scale that is above zero
HIGHER = {"H2": "less steady", "H3": "faster"}
LOWER = {"H2": "steadier", "H3": "slower"}
FAILS, HOLDS = "fails more", "fails less"


def alternatives(tests: Sequence[PrimaryTest], tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return the estimates of all primary tests by all estimators (:func:`compared`)."""
    found = [row for one in told("alternatives", tests) for row in compared(one, tables, plan)]
    return pd.DataFrame(found, columns=COLUMNS)


def compared(tested: PrimaryTest, tables: Tables, plan: Plan) -> list[dict[str, object]]:
    """Return one row per estimator with :data:`COLUMNS`, the primary one first.

    All get the rows that the primary estimator used; one that needs more (first differences:
    the year before) says with ``n`` how many are left. ``estimate`` is on the estimator's own
    scale, ``comparable`` on that of the primary one: log hazard ratios of durations (−b/scale of
    the Weibull model, by the delta method; the log-logistic model has none), units of the
    outcome in panels (PPML at the mean of the outcome). ``time_ratio`` is exp(b) of AFT
    models; ``direction`` says in words what a higher obstacle goes with. P-values are those of
    the estimator, t(G−1) by allies, t(T−1) for Driscoll and Kraay. Failures are rows with
    their reason.
    """
    spec = tested.spec
    rows = design(tested.spec_id, spec, tables, plan.group, plan.members, plan.low_quantile)
    primary, *others = alternatives_of(spec)
    try:
        fit = primary.fit(spec, rows, plan.min_clusters)
    except EstimationError as error:
        note = f"not estimated: {error}"
        return [{**tested.labels, "estimator": primary.name, "note": note}]
    used = rows if fit.model is None else rows.loc[fit.model.index]
    mean = float(used[measure_of(spec)].mean())
    found = [_row(tested, primary, fit, mean, primary)]
    for other in others:
        try:
            row = _row(tested, other, other.fit(spec, used, plan.min_clusters), mean, primary)
        except EstimationError as error:
            note = f"not estimated: {error}"
            row = {**tested.labels, "estimator": other.name, "scale": other.scale, "note": note}
        found.append(row)
    return found


def _row(
    tested: PrimaryTest, by: Alternative, fit: Fit, mean: float, primary: Alternative
) -> dict[str, object]:
    term = tested.term
    if term not in fit.terms:
        raise EstimationError(f"'{term}' is not in the model")
    estimate, error = float(fit.estimates[term]), float(fit.std_errors[term])
    comparable = by.comparable(fit, term, mean) if by.comparable else (None, None)
    return {
        **tested.labels,
        "estimator": by.name,
        "scale": by.scale,
        "estimate": estimate,
        "std_error": error,
        "se_type": fit.se_type,
        "p_value": None if fit.withheld else 2 * float(stdtr(fit.df, -abs(estimate / error))),
        "p_method": fit.p_method,
        "comparable": comparable[0],
        "comparable_std_error": comparable[1],
        "comparable_scale": primary.scale if by.comparable else "",
        "time_ratio": exp(estimate) if by.scale == LOG_TIME else None,
        "direction": _direction(tested, -estimate if by.scale == LOG_TIME else estimate),
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": "; ".join(part for part in (fit.withheld, *fit.notes) if part),
    }


def _direction(tested: PrimaryTest, estimate: float) -> str:
    """Return in words what a higher obstacle goes with."""
    if tested.hypothesis in HIGHER:
        return (HIGHER if estimate > 0 else LOWER)[tested.hypothesis]
    # products: of failures the predicted sign is plus, of durations minus
    if tested.sign > 0:
        return FAILS if estimate > 0 else HOLDS
    return HIGHER["H3"] if estimate > 0 else LOWER["H3"]
