"""Baseline hazards and survival curves of a Cox model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.cox_likelihood import Point
from underbalance.models.model import Array


def baseline(point: Point, values: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return hazard and survival where the covariates have given values, by stratum and time.

    Breslow's estimator, or under Efron's ties Efron's, as R's ``survfit.coxph`` and
    ``basehaz(centered = FALSE)``: survival is exp(−cumulative hazard).

    Parameters
    ----------
    values : a value of each covariate; None for zero in all.

    Returns
    -------
    pd.DataFrame
        One row per stratum and distinct event time: stratum, time, n_at_risk, n_events
        (rows), hazard, cumulative_hazard, survival.

    Raises
    ------
    EstimationError : if values name other terms than the model has.
    """
    rows, risk = point.problem.rows, point.problem.risk
    counted = (rows.weight > 0).astype("float64")[:, None]
    frame = pd.DataFrame(
        {
            "stratum": np.array(rows.strata)[risk.strata],
            "time": risk.times,
            "n_at_risk": risk.sums(counted)[:, 0].round().astype("int64"),
            "n_events": risk.event_sums(counted)[:, 0].astype("int64"),
            "hazard": hazards(point) * np.exp(point.estimates @ _ordered(point, values)),
        }
    )
    cumulative = frame.groupby("stratum")["hazard"].cumsum()
    return frame.assign(cumulative_hazard=cumulative, survival=np.exp(-cumulative))


def hazards(point: Point) -> Array:
    """Return the increments of the hazard where all covariates are zero, shape (D,)."""
    at_zero = point.shift + point.estimates @ point.problem.centre
    increments: Array = point.sums[0] / point.s0 * np.exp(-at_zero)
    return increments


def _ordered(point: Point, values: Mapping[str, float] | None) -> Array:
    terms = point.problem.rows.terms
    if values is None:
        return np.zeros(len(terms))
    if set(values) != set(terms):
        raise EstimationError(f"values are wanted of exactly these terms: {', '.join(terms)}")
    return np.array([values[term] for term in terms], dtype="float64")
