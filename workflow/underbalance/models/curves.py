"""Kaplan–Meier curves and cumulative incidence, with late entry, at-risk counts and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from underbalance.errors import EstimationError
from underbalance.models.curves_watch import check_watch, entry_times
from underbalance.models.model import Array
from underbalance.models.rows import complete_cases, count_clusters
from underbalance.models.tidy import USUAL_LEVEL
from underbalance.risk_sets import Codes, RiskSets, product_limit, risk_sets, shares


@dataclass(frozen=True)
class Resampling:
    """A bootstrap of clusters: column of the cluster, number of draws, seed."""

    cluster: str
    draws: int
    seed: int


def kaplan_meier(
    data: pd.DataFrame,
    *,
    stop: str,
    event: str,
    entry: str | None = None,
    level: float = USUAL_LEVEL,
    bootstrap: Resampling | None = None,
) -> pd.DataFrame:
    """Return the share of cases that has not had the event after each time of an event.

    The product-limit estimator (Kaplan and Meier 1958); who enters late is at risk in
    (entry, stop]. Standard errors are Greenwood's; intervals are pointwise and
    symmetric on the log(−log) scale (Kalbfleisch and Prentice 2002), as R's
    ``survfit(..., conf.type = "log-log")``. With ``bootstrap`` clusters are drawn with
    replacement: the standard error is the spread of the draws, the interval their
    percentiles.

    Parameters
    ----------
    data : one row per case; rows with missing values are left out.
    stop : time of the event or of the end of the watch. event : 1 or 0. entry : start of
        the watch; 0 for all if None.

    Returns
    -------
    One row per time: time, at_risk, events, estimate, std_error, ci_low, ci_high. A log-log
    interval is missing where the share is 0 or 1, the standard error where it is 0.

    Raises
    ------
    EstimationError : for columns that are absent or empty, times below zero, an entry that
        is not before stop, an event other than 0 and 1, no event, or one cluster.
    """
    cases = _cases(data, stop, entry, [event], [], bootstrap)
    if not cases[event].isin([0, 1]).all():
        raise EstimationError(f"'{event}' must be 0 or 1, found {sorted(set(cases[event]))[:5]}")
    if not cases[event].any():
        raise EstimationError(f"no row has the event '{event}'")
    sets = _risk_sets(cases, stop, entry, cases[event].to_numpy() == 1, 1)
    at_risk, ends = sets.weighted(np.ones((1, len(cases))))
    estimate = product_limit(at_risk, ends[:, 0])[0]
    if bootstrap:
        again = _drawn(sets, cases, bootstrap)
        spread = _percentiles(product_limit(again[0], again[1][:, 0]), level)
    else:
        spread = _log_log(estimate, estimate * _greenwood(at_risk[0], ends[0, 0]), level)
    return _table(sets.times, at_risk[0], ends[0, 0], estimate, spread)


def cumulative_incidence(
    data: pd.DataFrame,
    *,
    stop: str,
    status: str,
    entry: str | None = None,
    level: float = USUAL_LEVEL,
    bootstrap: Resampling | None = None,
) -> pd.DataFrame:
    """Return the share of cases that has ended by each cause, after each time of an end.

    The estimator of Aalen and Johansen (1978): of a cause, the sum over times of those not yet
    ended before times the share of those at risk that ends by it. One minus a Kaplan–Meier
    curve with other causes censored would overstate it. Standard errors are the
    infinitesimal jackknife over cases, intervals as in :func:`kaplan_meier`: R's
    ``survfit(Surv(entry, stop, status) ~ 1, id = case, conf.type = "log-log")``.

    Parameters
    ----------
    status : label of the cause, empty text where the case is censored.

    Returns
    -------
    One row per cause (in the order of the alphabet) and time, with cause in front of the columns
    of :func:`kaplan_meier`; events are those of the cause.

    Raises
    ------
    EstimationError : as :func:`kaplan_meier`.
    """
    cases = _cases(data, stop, entry, [], [status], bootstrap)
    causes = sorted(set(cases[status]) - {""})
    if not causes:
        raise EstimationError(f"every row is censored: '{status}' is empty throughout")
    codes = pd.Categorical(cases[status], ["", *causes]).codes.astype("intp")
    sets = _risk_sets(cases, stop, entry, codes, len(causes))
    at_risk, ends = sets.weighted(np.ones((1, len(cases))))
    estimate = _incidence(at_risk, ends)[0]
    if bootstrap:
        spreads = _percentiles(_incidence(*_drawn(sets, cases, bootstrap)), level)
    else:
        spreads = _log_log(estimate, _jackknife(sets, at_risk[0], ends[0]), level)
    tables = [
        _table(sets.times, at_risk[0], ends[0, k], estimate[k], tuple(part[k] for part in spreads))
        for k in range(len(causes))
    ]
    return (
        pd.concat(tables, keys=causes, names=["cause", ""])
        .reset_index(level=0)
        .reset_index(drop=True)
    )


def at_risk_counts(
    data: pd.DataFrame, times: Sequence[float], *, stop: str, entry: str | None = None
) -> pd.Series[int]:
    """Return how many cases are at risk at each time, for the table below a curve.

    A case is at risk in (entry, stop]; at time zero those count that are watched from then on.
    """
    cases = _cases(data, stop, entry, [], [], None)
    entered = entry_times(cases, entry)[:, None]
    at = np.asarray(times, dtype="float64")
    begun = (entered < at) | ((entered == 0) & (at == 0))
    watched = begun & (cases[stop].to_numpy()[:, None] >= at)
    return pd.Series(watched.sum(axis=0), index=pd.Index(at, name="time"), name="at_risk")


def _cases(
    data: pd.DataFrame,
    stop: str,
    entry: str | None,
    numbers: Sequence[str],
    labels: Sequence[str],
    bootstrap: Resampling | None,
) -> pd.DataFrame:
    keys = [bootstrap.cluster] if bootstrap else []
    times = [stop, *([entry] if entry else [])]
    cases = complete_cases(data, keys=keys, numbers=[*times, *numbers], labels=labels)
    check_watch(cases, stop, entry)
    if bootstrap:
        count_clusters(cases[bootstrap.cluster])
    return cases


def _risk_sets(
    cases: pd.DataFrame,
    stop: str,
    entry: str | None,
    cause: Codes | NDArray[np.bool_],
    n_causes: int,
) -> RiskSets:
    return risk_sets(entry_times(cases, entry), cases[stop].to_numpy(), cause, n_causes)


def _incidence(at_risk: Array, ends: Array) -> Array:
    """Return the cumulative incidence, shape (B, K, T)."""
    left = product_limit(at_risk, ends.sum(axis=1))
    before = np.concatenate([np.ones((len(left), 1)), left[:, :-1]], axis=1)
    total: Array = np.cumsum(before[:, None] * shares(ends, at_risk[:, None]), axis=-1)
    return total


def _greenwood(at_risk: Array, ends: Array) -> Array:
    """Return the standard error of the log share (Greenwood 1926), missing where that is zero."""
    left = at_risk - ends
    terms = np.divide(ends, at_risk * left, out=np.full(len(ends), np.nan), where=left > 0)
    return np.asarray(np.sqrt(np.cumsum(terms)), dtype="float64")


def _jackknife(sets: RiskSets, at_risk: Array, ends: Array) -> Array:
    """Return standard errors, shape (K, T): the size of all cases' influences."""
    own_risk, own_ends = sets.at_risk, sets.ends
    hazards = shares(ends, at_risk)
    of_left, left = np.zeros(len(own_risk)), 1.0
    of_incidence = np.zeros(own_ends.shape[:2])
    variance = np.empty_like(ends)
    for t in range(len(sets.times)):
        now = (own_ends[:, :, t] - own_risk[:, t, None] * hazards[:, t]) / at_risk[t]
        of_incidence += of_left[:, None] * hazards[:, t] + left * now
        of_left = of_left * (1 - hazards[:, t].sum()) - left * now.sum(axis=1)
        left *= 1 - hazards[:, t].sum()
        variance[:, t] = (of_incidence**2).sum(axis=0)
    return np.sqrt(variance)


def _log_log(estimate: Array, std_error: Array, level: float) -> tuple[Array, Array, Array]:
    """Return standard errors and the ends of intervals symmetric on the log(−log) scale."""
    inside = (estimate > 0) & (estimate < 1)
    share = np.where(inside, estimate, 0.5)
    reach = ndtri(0.5 + level / 2) * std_error / (share * np.abs(np.log(share)))
    low, high = share ** np.exp(reach), share ** np.exp(-reach)
    return std_error, np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def _drawn(sets: RiskSets, cases: pd.DataFrame, bootstrap: Resampling) -> tuple[Array, Array]:
    """Return at risk and ends of clusters drawn with replacement."""
    codes = cases[bootstrap.cluster].astype("category").cat.codes.to_numpy().astype("intp")
    rng, g = np.random.default_rng(bootstrap.seed), codes.max() + 1
    counts = rng.multinomial(g, np.full(g, 1 / g), size=bootstrap.draws)
    return sets.by(codes).weighted(counts.astype("float64"))


def _percentiles(drawn: Array, level: float) -> tuple[Array, Array, Array]:
    low, high = np.quantile(drawn, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    return drawn.std(axis=0, ddof=1), low, high


def _table(
    times: Array, at_risk: Array, events: Array, estimate: Array, spread: tuple[Array, ...]
) -> pd.DataFrame:
    std_error, low, high = spread
    return pd.DataFrame(
        {
            "time": times,
            "at_risk": at_risk.astype("int64"),
            "events": events.astype("int64"),
            "estimate": estimate,
            "std_error": std_error,
            "ci_low": low,
            "ci_high": high,
        }
    )
