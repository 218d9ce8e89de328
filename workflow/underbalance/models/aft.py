"""Accelerated failure time: durations known by an interval, watched late, by their logarithm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.aft_likelihood import LOGISTIC, SMALLEST_VALUE, Array, ErrorLaw, Times
from underbalance.models.aft_model import CONSTANT, LOG_SCALE, AftModel
from underbalance.models.clustered import clustered_covariance
from underbalance.models.dummies import category_dummies, reference_level
from underbalance.models.rows import (
    complete_cases,
    count_clusters,
    counted,
    dependent_columns,
)
from underbalance.models.tidy import Fit, too_few_clusters

LAWS: dict[str, ErrorLaw] = {
    "weibull": SMALLEST_VALUE,
    "loglogistic": LOGISTIC,
    "exponential": SMALLEST_VALUE,
}
NEVER = -1.0  # stands for "no event was seen" in the column of upper ends
SMALLEST_SCALE = 0.05  # to start from


def fit(
    data: pd.DataFrame,
    regressors: Sequence[str],
    *,
    lower: str,
    upper: str,
    entry: str | None = None,
    distribution: str = "weibull",
    categories: Sequence[str] = (),
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    r"""Estimate log T = a + b'x + scale · e from intervals that hold T.

    exp(b) is a *time ratio*: durations are multiplied by it for one unit of x. **A positive
    coefficient means slower**; a hazard ratio would have the other sign. e has the
    smallest-value distribution (Weibull; exponential with scale 1) or the logistic one
    (log-logistic). In the Weibull model −b/scale is the log hazard ratio.

    A row adds log[S(lower) − S(upper)] − log S(entry) to the log-likelihood, the log density
    in the place of the first where lower equals upper (Kalbfleisch and Prentice 2002, ch. 3).
    The naive covariance is the inverse of the observed information, the one
    reported its cluster sandwich times G/(G−1): that of R's
    ``survival::survreg(..., cluster, robust = TRUE)``, which has no G/(G−1). P-values: t(G−1).

    Categories become dummies against their most frequent level. A level without an event has
    no finite maximum and says nothing about other terms: its rows are left out, with a note.

    Parameters
    ----------
    data : one row per duration (or stretch of it, by entry, for regressors that change).
    regressors : columns of numbers; one coefficient each, in their units.
    lower, upper : columns, 0 ≤ lower ≤ upper: the event came after lower and at most at upper.
        Equal: it came then. No event was seen where upper is missing or infinite.
    entry : column; the case was watched from then on, and would not be in the data if its event
        had come earlier. An interval begins at entry at the earliest.
    distribution : ``weibull``, ``loglogistic`` or ``exponential``.
    cluster : key column.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms: constant, categories, regressors, ``log_scale``. ``extra`` has ``n_incomplete``,
        ``n_unwatched`` (rows watched for no time), ``n_without_event`` (rows of levels left
        out) and ``n_parameters``.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; a time is negative, lower
        above upper, entry not before the end; there is no event, or one cluster; a term is
        constant or collinear, or sets off cases without an event; the intervals do not tell
        the scale; or a clustered standard error is zero.
    """
    if distribution not in LAWS:
        raise EstimationError(f"distribution '{distribution}' is none of {', '.join(LAWS)}")
    numbers = [lower, upper, *([entry] if entry else []), *regressors]
    complete = complete_cases(
        _with_never(data, upper), keys=[cluster], numbers=numbers, labels=categories
    )
    watched = _watched(complete, lower, upper, entry)
    rows, notes = _without_eventless_levels(complete[watched], upper, categories)
    n_clusters = count_clusters(rows[cluster])
    design = _design(rows, regressors, categories)
    times, scale_is_one = _log_times(rows, lower, upper, entry), distribution == "exponential"
    model = _at_maximum(
        AftModel(
            design=design,
            times=times,
            cluster=rows[cluster].to_numpy(),
            law=LAWS[distribution],
            scale_is_one=scale_is_one,
            start=_rough_estimates(times, design, scale_is_one),
        )
    )
    n_incomplete, n_unwatched = len(data) - len(complete), int((~watched).sum())
    n_eventless = len(complete) - n_unwatched - len(rows)
    return Fit(
        estimates=pd.Series(model.start, index=model.terms),
        covariance=clustered_covariance(model, n_clusters / (n_clusters - 1)),
        se_type=f"clustered by {cluster} (sandwich, G/(G−1))",
        df=n_clusters - 1,
        p_method=f"t({n_clusters - 1})",
        n=len(rows),
        n_clusters=n_clusters,
        n_events=int((rows[upper] != NEVER).sum()),
        loglik=model.loglik(model.start),
        extra={
            "n_incomplete": n_incomplete,
            "n_unwatched": n_unwatched,
            "n_without_event": n_eventless,
            "n_parameters": len(model.terms),
        },
        notes=counted("incomplete rows left out", n_incomplete)
        + counted("rows left out that were watched for no time", n_unwatched)
        + notes
        + tuple(f"{name} against {reference_level(rows[name])}" for name in categories),
        withheld=too_few_clusters(n_clusters, min_clusters),
        model=model,
    )


def _with_never(data: pd.DataFrame, upper: str) -> pd.DataFrame:
    """Return the data with a number for "no event was seen", so that such rows are complete."""
    if upper not in data or not pd.api.types.is_numeric_dtype(data[upper]):
        return data
    ends = data[upper].astype("float64")
    if (ends < 0).any():
        raise EstimationError(f"'{upper}' is negative in {(ends < 0).sum()} rows")
    return data.assign(**{upper: ends.where(ends < np.inf, NEVER)})


def _watched(rows: pd.DataFrame, lower: str, upper: str, entry: str | None) -> pd.Series[bool]:
    """Return which rows were watched for any time; raise EstimationError for impossible times."""
    low, seen = rows[lower], rows[upper] != NEVER
    entered = rows[entry] if entry else 0 * low
    faults = {
        f"'{lower}' is negative": low < 0,
        f"'{entry}' is negative": entered < 0,
        f"'{lower}' is above '{upper}'": seen & (low > rows[upper]),
        f"'{entry}' is not before '{upper}'": seen & (entered >= rows[upper]) & (rows[upper] > 0),
        f"'{entry}' is after '{lower}', the end of the watch": ~seen & (entered > low),
        f"'{upper}' is zero: give the interval in which the event came": rows[upper] == 0,
    }
    for what, where in faults.items():
        if where.any():
            raise EstimationError(f"{what} in {where.sum()} rows")
    if not seen.any():
        raise EstimationError(f"no row has an event: '{upper}' is never known")
    return seen | (entered < low)


def _without_eventless_levels(
    rows: pd.DataFrame, upper: str, categories: Sequence[str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Leave out levels of categories in which no row has an event, until there are none."""
    for name in categories:
        events = (rows[upper] != NEVER).groupby(rows[name]).transform("sum")
        gone = events == 0
        if gone.any():
            levels = ", ".join(sorted(set(rows.loc[gone, name])))
            note = f"rows left out, as no event is in {name} {levels}: {gone.sum()}"
            kept, notes = _without_eventless_levels(rows[~gone], upper, categories)
            return kept, (note, *notes)
    return rows, ()


def _design(
    rows: pd.DataFrame, regressors: Sequence[str], categories: Sequence[str]
) -> pd.DataFrame:
    levels = [category_dummies(rows[name]) for name in categories]
    covariates = pd.concat([*levels, rows[list(regressors)]], axis=1)
    collinear = dependent_columns(covariates)
    if collinear:
        raise EstimationError(f"'{collinear[0]}' is constant or collinear with the terms before it")
    covariates.insert(0, CONSTANT, 1.0)
    return covariates


def _log_times(rows: pd.DataFrame, lower: str, upper: str, entry: str | None) -> Times:
    low, high = (rows[name].to_numpy() for name in (lower, upper))
    high = np.where(high == NEVER, np.inf, high)
    entered = rows[entry].to_numpy() if entry else np.zeros(len(rows))
    with np.errstate(divide="ignore"):
        logs = [np.log(time) for time in (np.maximum(low, entered), high, entered)]
    return Times(logs[0], logs[1], logs[2], low == high)


def _rough_estimates(times: Times, design: pd.DataFrame, scale_is_one: bool) -> Array:
    """Return least squares of the middle of each interval, to start from."""
    x, log_time = design.to_numpy(), times.middle()
    slopes = np.linalg.lstsq(x, log_time, rcond=None)[0]
    scale = max(float(np.std(log_time - x @ slopes)), SMALLEST_SCALE)
    return slopes if scale_is_one else np.append(slopes, np.log(scale))


def _at_maximum(model: AftModel) -> AftModel:
    """Return the model that starts from its maximum.

    Raises
    ------
    EstimationError : when the likelihood rises without end.
    """
    found = model.maximise(np.ones(len(model.clusters)), {})
    if LOG_SCALE in found.endless:
        raise EstimationError("the intervals do not tell the scale: all can be met without spread")
    if found.endless:
        names = ", ".join(f"'{name}'" for name in found.endless)
        raise EstimationError(
            f"no finite estimate of {names}: a kind of case has no event, or none but early ones"
        )
    return replace(model, start=found.estimates)
