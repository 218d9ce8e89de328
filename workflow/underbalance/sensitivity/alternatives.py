"""The same model by other estimators, on the same rows, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.hypotheses.specs import scale
from underbalance.models.design import measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, rows_of
from underbalance.models.estimators import ESTIMATORS, fit_rows
from underbalance.models.frames import frame_of
from underbalance.models.inference.wald import crv1
from underbalance.models.tidy import NOT_ESTIMATED, Fit
from underbalance.sensitivity.estimators_of import LOG_TIME, Alternative, alternatives_of
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.scorecard_test import Bootstrap, scorecard_test
from underbalance.sensitivity.tested import LABELS, PrimaryTest

COLUMNS = [
    *LABELS, "estimator", "scale", "estimate", "std_error", "se_type", "p_value", "p_method",
    "comparable", "comparable_std_error", "comparable_scale", "time_ratio", "direction",
    "n", "n_events", "n_clusters", "note",
]  # fmt: skip
TEXTS = [
    *LABELS, "estimator", "scale", "se_type", "p_method", "comparable_scale", "direction", "note",
]  # fmt: skip
# what a higher obstacle goes with if the coefficient is above and below zero, by what the
# coefficient is more of
DIRECTIONS = {
    "unsteadiness": ("less steady", "steadier"),
    "pace": ("faster", "slower"),
    "duration": ("slower", "faster"),
    "failure": ("fails more", "fails less"),
}


def alternatives(
    tests: Sequence[PrimaryTest], tables: Tables, plan: Plan, by: Bootstrap
) -> pd.DataFrame:
    """Return the estimates of all primary tests by all estimators (:func:`compared`)."""
    found = [row for one in told("alternatives", tests) for row in compared(one, tables, plan, by)]
    return frame_of(found, COLUMNS, TEXTS)


def compared(
    tested: PrimaryTest, tables: Tables, plan: Plan, by: Bootstrap
) -> list[dict[str, object]]:
    """Return one row per estimator with :data:`COLUMNS`, the primary one first.

    All get the rows that the primary estimator used; one that needs more (first differences:
    the year before) says with ``n`` how many are left. ``estimate`` is on the estimator's own
    scale, ``comparable`` on that of the first of its family: log hazard ratios of durations
    (−b/scale of the Weibull model, by the delta method; the log-logistic model has none), units
    of the outcome in panels (PPML at the mean of the outcome). ``time_ratio`` is exp(b) of AFT
    models; ``direction`` says in words what a higher obstacle goes with. The p-value of the
    primary estimator is that of the scorecard; those of the others are their own, t(G−1) by
    allies, t(T−1) for Driscoll and Kraay: ``p_method`` says which. Failures are rows with their
    reason.
    """
    spec, given = tested.spec, alternatives_of(tested.spec)
    try:
        rows = rows_of(tested.spec_id, spec, tables, plan)
        fit = fit_rows(spec, rows, plan.min_clusters)
        used = rows if fit.model is None else rows.loc[fit.model.index.unique()]
        mean = float(used[measure_of(spec)].mean())
        first = _row(tested, given.primary, fit, mean, given.scale)
        found = [_as_in_the_scorecard(first, tested, fit, by)]
    except EstimationError as error:
        return [_failed(tested, given.primary, error)]
    for other in given.others:
        changed = tested.varied(estimator=other.estimator)
        try:
            again = fit_rows(changed.spec, used, plan.min_clusters)
            found.append(_row(changed, other, again, mean, given.scale))
        except EstimationError as error:
            found.append(_failed(changed, other, error))
    return found


def _failed(tested: PrimaryTest, by: Alternative, error: EstimationError) -> dict[str, object]:
    note = f"{NOT_ESTIMATED}{error}"
    return {**tested.labels, "estimator": by.name, "scale": by.scale, "note": note}


def _as_in_the_scorecard(
    row: dict[str, object], tested: PrimaryTest, fit: Fit, by: Bootstrap
) -> dict[str, object]:
    if fit.withheld or not ESTIMATORS[tested.spec.estimator].clustered:
        return row
    test = scorecard_test(fit, tested.term, tested.spec_id, by)
    if np.isnan(test.p_value):
        notes = "; ".join(filter(None, [str(row["note"]), test.note]))
        return row | {"p_value": None, "p_method": "", "note": notes}
    return row | {"p_value": test.p_value, "p_method": test.p_method}


def _row(
    tested: PrimaryTest, by: Alternative, fit: Fit, mean: float, comparable_scale: str
) -> dict[str, object]:
    term = tested.term
    if term not in fit.terms:
        raise EstimationError(f"'{term}' is not in the model")
    test = crv1(fit, term)
    comparable = by.comparable(fit, term, mean) if by.comparable else (None, None)
    words = DIRECTIONS[scale(tested.spec)]
    return {
        **tested.labels,
        "estimator": by.name,
        "scale": by.scale,
        "estimate": test.estimate,
        "std_error": test.std_error,
        "se_type": fit.se_type,
        "p_value": None if fit.withheld else test.p_value,
        "p_method": fit.p_method,
        "comparable": comparable[0],
        "comparable_std_error": comparable[1],
        "comparable_scale": comparable_scale if by.comparable else "",
        "time_ratio": exp(test.estimate) if by.scale == LOG_TIME else None,
        "direction": words[0] if test.estimate > 0 else words[1],
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": "; ".join(part for part in (fit.withheld, *fit.notes) if part),
    }
