"""Tests of proportional hazards: whether coefficients change with time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import chdtrc
from scipy.stats import rankdata

from underbalance.errors import EstimationError
from underbalance.models.cox_likelihood import Point
from underbalance.models.cox_residuals import schoenfeld
from underbalance.models.cox_rows import Rows
from underbalance.models.model import Array

TRANSFORMS = ("km", "identity", "log", "rank")
GLOBAL = "GLOBAL"


def ph_test(
    point: Point, covariance: Array, transform: str = "km", version: str = "score"
) -> pd.DataFrame:
    r"""Test that coefficients do not move with g(t): b(t) = b + c·(g(t) − mean g).

    ``score`` is the score test of c = 0, R's ``cox.zph`` since survival 3.0. ``correlation`` is
    the approximation before it (Grambsch and Therneau 1994): the slope of scaled Schoenfeld
    residuals on g(t), as if their variance were the same at all times; it takes the covariance of
    the fit, robust if that is. They differ most when a covariate's spread in the risk sets
    changes with time.

    Parameters
    ----------
    covariance : of the estimates, shape (k, k); used by ``correlation``.
    transform : g(t): ``km`` (1 − Kaplan–Meier just before t, of all rows), ``identity``,
        ``log``, or ``rank`` (among the ends of all rows; in ``correlation`` among events).
    version : ``score`` or ``correlation``.

    Returns
    -------
    pd.DataFrame
        By term and ``GLOBAL``: statistic (chi-squared), df, p_value.

    Raises
    ------
    EstimationError : for another transform or version; the log of a time that is not above
        zero; or when all events happen at one time.
    """
    if version not in ("score", "correlation"):
        raise EstimationError(f"PH tests are 'score' or 'correlation', not '{version}'")
    g = _transformed(point, transform, version)
    counts = np.bincount(point.problem.risk.event_times, minlength=len(g))
    g = g - np.average(g, weights=counts)
    if np.allclose(g, 0):
        raise EstimationError("all events happen at one time: no change with time can be tested")
    statistics = _score(point, g) if version == "score" else _correlation(point, covariance, g)
    df = np.append(np.ones(len(statistics) - 1), len(statistics) - 1).astype("int64")
    names = pd.Index([*point.problem.rows.terms, GLOBAL], name="term")
    columns = {"statistic": statistics, "df": df, "p_value": chdtrc(df, statistics)}
    return pd.DataFrame(columns, index=names)


def _score(point: Point, g: Array) -> Array:
    risk, weight = point.problem.risk, point.problem.rows.weight
    observed = risk.event_sums(point.problem.x * weight[:, None])
    big_a, big_b = point.sums[:2, :, None]
    slope = g @ (observed - big_a * point.s1 + big_b * point.d1)
    cross = point.weighted_information(g)
    adjusted = point.weighted_information(g**2)
    adjusted = adjusted - cross @ np.linalg.solve(point.information, cross)
    overall = slope @ np.linalg.solve(adjusted, slope)
    return np.append(slope**2 / np.diag(adjusted), overall)


def _correlation(point: Point, covariance: Array, g: Array) -> Array:
    of_event = g[point.problem.risk.event_times]
    slope = of_event @ schoenfeld(point)
    per_event = len(of_event) / (of_event @ of_event)
    each = (slope @ covariance) ** 2 / np.diag(covariance)
    return np.append(each, slope @ covariance @ slope) * per_event


def _transformed(point: Point, transform: str, version: str) -> Array:
    """Return g at each event time, shape (D,)."""
    rows, risk = point.problem.rows, point.problem.risk
    if transform == "identity":
        return risk.times
    if transform == "log":
        if (risk.times <= 0).any():
            raise EstimationError("an event time is not above 0 and has no log")
        return np.asarray(np.log(risk.times))
    if transform == "rank":
        ends = rows.stop if version == "score" else rows.stop[risk.event_rows]
        distinct, first = np.unique(ends, return_index=True)
        ranks: Array = rankdata(ends)[first][np.searchsorted(distinct, risk.times)]
        return ranks
    if transform == "km":
        return 1 - _survival_before(rows, risk.times)
    raise EstimationError(f"transforms are {', '.join(TRANSFORMS)}, not '{transform}'")


def _survival_before(rows: Rows, times: Array) -> Array:
    """Return the Kaplan–Meier estimate of all rows just before each time."""
    distinct, events = np.unique(rows.stop[rows.event], return_counts=True)
    at_risk = np.searchsorted(np.sort(rows.start), distinct, side="left") - np.searchsorted(
        np.sort(rows.stop), distinct, side="left"
    )
    survival = np.append(1.0, np.cumprod(1 - events / at_risk))
    before: Array = survival[np.searchsorted(distinct, times, side="left")]
    return before
