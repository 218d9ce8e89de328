"""Residuals of a Cox model: martingale, score, dfbeta, Schoenfeld and scaled Schoenfeld."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.cox_likelihood import Point
from underbalance.models.model import Array

KINDS = ("martingale", "score", "dfbeta", "schoenfeld", "scaled_schoenfeld")


def residuals(point: Point, kind: str = "martingale") -> pd.DataFrame:
    """Return residuals as R's ``residuals.coxph``, labelled by the rows of the data.

    Parameters
    ----------
    kind : ``martingale`` (events less expected events), ``score`` (Lin and Wei 1989),
        ``dfbeta`` (weighted score residuals times the inverse information: about what a row
        adds to the estimates), ``schoenfeld`` (covariates less their mean in the risk set)
        or ``scaled_schoenfeld`` (times events and the inverse information, plus the estimates:
        about the coefficient at that time; Grambsch and Therneau 1994).

    Returns
    -------
    pd.DataFrame
        One row per row of the data and one column per term (or ``martingale``); Schoenfeld
        residuals one row per event, by stratum and time, with stratum and time.

    Raises
    ------
    EstimationError : for another kind.
    """
    if kind not in KINDS:
        raise EstimationError(f"residuals are {', '.join(KINDS)}, not '{kind}'")
    rows = point.problem.rows
    if kind == "martingale":
        return pd.DataFrame({kind: rows.event - point.expected}, index=rows.index)
    if kind in ("score", "dfbeta"):
        values = point.score_residuals() * point.problem.scale
        if kind == "dfbeta":
            values = values * rows.weight[:, None] @ point.inverse_information
        return pd.DataFrame(values, index=rows.index, columns=rows.terms)
    values = schoenfeld(point)
    if kind == "scaled_schoenfeld":
        values = len(values) * values @ point.inverse_information + point.estimates
    return _by_event(point, values)


def schoenfeld(point: Point) -> Array:
    """Return covariates less their mean in the risk set, shape (events, k), by event time."""
    risk = point.problem.risk
    own = point.problem.x[risk.event_rows] - point.event_means[risk.event_times]
    in_units: Array = own * point.problem.scale
    return in_units


def _by_event(point: Point, values: Array) -> pd.DataFrame:
    rows, risk = point.problem.rows, point.problem.risk
    frame = pd.DataFrame(values, index=rows.index[risk.event_rows], columns=rows.terms)
    names = np.array(rows.strata)[rows.stratum[risk.event_rows]]
    frame.insert(0, "stratum", names)
    frame.insert(1, "time", risk.times[risk.event_times])
    return frame
