"""Proportional hazards for durations known by year: complementary log–log with duration dummies."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.rows import (
    check_clustered,
    complete_cases,
    count_clusters,
    counted,
    dependent_columns,
)
from underbalance.models.tidy import Fit, too_few_clusters

DURATION = "duration["
HALF_OF_BOUND = 0.5
MAX_ITERATIONS = 200
SCORE_TOLERANCE = 1e-6  # of a standard error, in every term


def fit(
    data: pd.DataFrame,
    event: str,
    regressors: Sequence[str],
    *,
    duration: str = "years_since_order",
    categories: Sequence[str] = (),
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    r"""Estimate Pr(event in interval t | at risk) = 1 − exp(−exp(g_t + b'x_it)).

    The model of grouped proportional hazards (Prentice and Gloeckler 1978): exp(b) is the
    hazard ratio in the underlying continuous time. The covariance is the cluster sandwich
    with the expected information as bread, times G/(G−1): R's default for a glm,
    ``sandwich::vcovCL(glm(..., binomial("cloglog")), cluster, type = "HC0", cadjust = TRUE)``.
    There is no (n−1)/(n−k): spells split into more rows would not be a larger sample.
    P-values are from t(G−1).

    One dummy per duration, no constant. A duration in which no row (or every row) has the
    event has no finite hazard: it shares the dummy of the duration before it; at the start,
    of the one after it (term ``duration[6-8]``). Categories become dummies against their most
    frequent level. A level in which no row (or every row) has the event has no finite maximum
    and says nothing about other terms: its rows are left out, as the likelihood does in the
    limit, and a note says so.

    Parameters
    ----------
    data : one row per spell and interval at risk; missing values allowed except in cluster.
    event : 1 if the event falls into the interval, else 0.
    regressors : columns of numbers; one coefficient (log hazard ratio) each, in their units.
    duration : whole numbers, the interval since the start of the spell.
    categories : nuisance covariates entered as dummies.
    cluster : key column.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms in the order durations, categories, regressors. ``extra`` has ``n_incomplete``,
        ``n_without_variation`` (rows of levels left out) and ``n_parameters``.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; the event is not 0 or 1, never
        or always happens; one cluster is left; a term is collinear or separates events from
        non-events (Albert and Anderson 1984; found as in Konis 2007); the maximum is not
        found; or a clustered standard error is zero because the clusters' scores cancel.
    """
    complete = complete_cases(
        data, keys=[cluster], numbers=[event, duration, *regressors], labels=categories
    )
    _check_event(complete[event])
    rows, notes = _drop_levels_without_variation(complete, event, categories)
    n_clusters = count_clusters(rows[cluster])
    durations = _duration_dummies(rows[duration], rows[event])
    levels = [_category_dummies(rows[name]) for name in categories]
    design = pd.concat([durations, *levels, rows[list(regressors)]], axis=1)
    _check_identified(design, rows[event])
    estimates, loglik = _maximise(design, rows[event])
    covariance = _clustered_covariance(design, rows[event], estimates, rows[cluster])
    n_incomplete, n_left_out = len(data) - len(complete), len(complete) - len(rows)
    return Fit(
        estimates=estimates,
        covariance=covariance,
        se_type=f"clustered by {cluster} (sandwich, G/(G−1))",
        df=n_clusters - 1,
        p_method=f"t({n_clusters - 1})",
        n=len(rows),
        n_clusters=n_clusters,
        n_events=int(rows[event].sum()),
        loglik=loglik,
        extra={
            "n_incomplete": n_incomplete,
            "n_without_variation": n_left_out,
            "n_parameters": design.shape[1],
        },
        notes=counted("incomplete rows left out", n_incomplete)
        + counted("events among them", int(data[event].sum() - complete[event].sum()))
        + notes
        + tuple(f"{name} against {_reference(rows[name])}" for name in categories),
        withheld=too_few_clusters(n_clusters, min_clusters),
    )


def _check_event(event: pd.Series[float]) -> None:
    if not event.isin([0, 1]).all():
        raise EstimationError(f"'{event.name}' must be 0 or 1, found {sorted(set(event))[:5]}")
    if not _varies(event):
        which = "every row has" if event.iloc[0] else "no row has"
        raise EstimationError(f"{which} the event '{event.name}'")


def _varies(event: pd.Series[float]) -> bool:
    return bool(event.min() < event.max())


def _drop_levels_without_variation(
    rows: pd.DataFrame, event: str, categories: Sequence[str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Leave out levels in which no row or every row has the event, until there are none."""
    for name in categories:
        gone = rows.groupby(name)[event].transform("mean").isin([0, 1])
        levels = ", ".join(sorted(set(rows.loc[gone, name])))
        if gone.all():
            raise EstimationError(f"'{event}' varies within no level of '{name}': {levels}")
        if gone.any():
            kept, notes = _drop_levels_without_variation(rows[~gone], event, categories)
            note = f"rows left out, as {event} does not vary in {name} {levels}: {gone.sum()}"
            return kept, (note, *notes)
    return rows.reset_index(drop=True), ()


def _duration_dummies(duration: pd.Series[float], event: pd.Series[float]) -> pd.DataFrame:
    if (duration % 1 != 0).any():
        raise EstimationError(f"'{duration.name}' must be whole numbers")
    columns = {}
    for group in _duration_groups(duration, event):
        ends = dict.fromkeys(f"{end:g}" for end in (group[0], group[-1]))
        columns[f"{DURATION}{'-'.join(ends)}]"] = duration.isin(group).astype("float64")
    return pd.DataFrame(columns)


def _duration_groups(duration: pd.Series[float], event: pd.Series[float]) -> list[list[float]]:
    # ASSUME: a duration without an estimable hazard shares that of its neighbour.
    groups: list[list[float]] = []
    for value in sorted(set(duration)):
        earlier, now = event[duration < value], event[duration == value]
        if groups and not (_varies(earlier) and _varies(now)):
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _category_dummies(labels: pd.Series[str]) -> pd.DataFrame:
    dummies = pd.get_dummies(labels, dtype="float64").drop(columns=_reference(labels))
    return dummies.rename(columns=lambda level: f"{labels.name}[{level}]")


def _reference(labels: pd.Series[str]) -> str:
    """Return the most frequent level, among equals the first in the alphabet."""
    return str(labels.value_counts().sort_index().idxmax())


def _check_identified(design: pd.DataFrame, event: pd.Series[float]) -> None:
    # The constant stands in for the first duration: together the durations make one.
    collinear = dependent_columns(design.iloc[:, 1:])
    if collinear:
        raise EstimationError(f"'{collinear[0]}' is constant or collinear with the terms before it")
    if _separates(design, event):
        names = ", ".join(f"'{name}'" for name in _separating_terms(design, event))
        raise EstimationError(f"'{event.name}' is predicted perfectly by {names} and the durations")


def _separates(design: pd.DataFrame, event: pd.Series[float]) -> bool:
    """Whether a direction worsens the fit of no row; the programme's optimum is 0 or a bound."""
    from scipy.optimize import linprog

    scaled = (design / design.abs().max()).to_numpy()
    signed = scaled * np.where(event == 1, 1, -1)[:, None]
    optimum = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1))
    return bool(optimum.success and np.abs(optimum.x).max() > HALF_OF_BOUND)


def _separating_terms(design: pd.DataFrame, event: pd.Series[float]) -> list[str]:
    """Return a smallest set of terms, besides the durations, that separates."""
    kept = design
    for name in [column for column in design.columns if not column.startswith(DURATION)]:
        if _separates(kept.drop(columns=name), event):
            kept = kept.drop(columns=name)
    return [column for column in kept.columns if not column.startswith(DURATION)]


def _maximise(design: pd.DataFrame, event: pd.Series[float]) -> tuple[pd.Series[float], float]:
    """Return the maximum-likelihood estimates and the log-likelihood there."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.families.links import CLogLog
    from statsmodels.genmod.generalized_linear_model import GLM

    # Columns of like size, so that one tolerance fits all.
    size = (design**2).mean() ** 0.5
    model = GLM(event, design / size, family=Binomial(link=CLogLog()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it would warn of is checked below
        results = model.fit(maxiter=MAX_ITERATIONS, tol=1e-11, tol_criterion="params")
    estimates = results.params / size
    with np.errstate(all="ignore"):
        scores, information = _scores_and_information(design, event, estimates)
        slope = np.abs(scores.sum(axis=0)) / np.sqrt(np.diag(information))
    if not (slope < SCORE_TOLERANCE).all():
        counts = f"{len(slope)} terms for {event.sum():g} events"
        raise EstimationError(f"no maximum of the likelihood was found: {counts}")
    return estimates, float(results.llf)


def _scores_and_information(
    design: pd.DataFrame, event: pd.Series[float], estimates: pd.Series[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return scores of each row, shape (n, k), and the expected information, shape (k, k)."""
    x = design.to_numpy()
    hazard = np.exp(x @ estimates.to_numpy())
    probability = -np.expm1(-hazard)
    scores = x * ((event.to_numpy() - probability) * hazard / probability)[:, None]
    weights = hazard**2 * np.exp(-hazard) / probability
    return scores, x.T @ (x * weights[:, None])


def _clustered_covariance(
    design: pd.DataFrame,
    event: pd.Series[float],
    estimates: pd.Series[float],
    clusters: pd.Series[str],
) -> pd.DataFrame:
    # statsmodels' own cluster covariance has the observed information as bread and
    # counts (n−1)/(n−k): up to one per cent from R.
    scores, information = _scores_and_information(design, event, estimates)
    bread = np.linalg.inv(information)
    sums = pd.DataFrame(scores).groupby(clusters.to_numpy()).sum().to_numpy()
    g = len(sums)
    half = sums @ bread
    terms = design.columns
    covariance = pd.DataFrame(g / (g - 1) * half.T @ half, index=terms, columns=terms)
    check_clustered(covariance, pd.DataFrame(bread, index=terms, columns=terms), g)
    return covariance
