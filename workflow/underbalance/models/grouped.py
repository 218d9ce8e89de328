"""Proportional hazards for durations known by year: complementary log–log with duration dummies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.dummies import (
    CONSTANT,
    Baseline,
    category_dummies,
    reference_level,
    rows_of_varying_levels,
    varying_groups,
)
from underbalance.models.glm import Glm, clustered_covariance
from underbalance.models.rows import (
    complete_cases,
    count_clusters,
    counted,
    dependent_columns,
)
from underbalance.models.scoring import CLOGLOG, Array, NoMaximumError, maximise
from underbalance.models.separation import separated, separating_columns
from underbalance.models.tidy import Fit, too_few_clusters

MAX_ITERATIONS = 40


def fit(
    data: pd.DataFrame,
    event: str,
    regressors: Sequence[str],
    *,
    duration: str | None = "years_since_order",
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
    duration : whole numbers, the interval since the start of the spell; None for one row per
        case and a constant in place of the dummies (term ``constant``).
    categories : nuisance covariates entered as dummies.
    cluster : key column.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms in the order durations, categories, regressors. ``extra`` has ``n_incomplete``,
        ``n_without_variation`` (rows of levels left out) and ``n_parameters``.
        ``model`` estimates it again with its clusters weighted.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; the event is not 0 or 1, never
        or always happens; one cluster is left; a term is collinear or separates events from
        non-events (Albert and Anderson 1984; found as in Konis 2007); the maximum is not
        found; or a clustered standard error is zero because the clusters' scores cancel.
    """
    numbers = [event, *([duration] if duration else []), *regressors]
    complete = complete_cases(data, keys=[cluster], numbers=numbers, labels=categories)
    _check_event(complete[event])
    rows, notes = rows_of_varying_levels(complete, event, categories)
    n_clusters = count_clusters(rows[cluster])
    model, loglik = _estimated(rows, event, regressors, duration, categories, cluster)
    n_incomplete, n_left_out = len(data) - len(complete), len(complete) - len(rows)
    return Fit(
        estimates=pd.Series(model.estimates, index=model.terms),
        covariance=clustered_covariance(model),
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
            "n_parameters": len(model.terms),
        },
        notes=counted("incomplete rows left out", n_incomplete)
        + counted("events among them", int(data[event].sum() - complete[event].sum()))
        + notes
        + tuple(f"{name} against {reference_level(rows[name])}" for name in categories),
        withheld=too_few_clusters(n_clusters, min_clusters),
        model=model,
    )


def _check_event(event: pd.Series[float]) -> None:
    if not event.isin([0, 1]).all():
        raise EstimationError(f"'{event.name}' must be 0 or 1, found {sorted(set(event))[:5]}")
    if not _varies(event):
        which = "every row has" if event.iloc[0] else "no row has"
        raise EstimationError(f"{which} the event '{event.name}'")


def _varies(event: pd.Series[float]) -> bool:
    return bool(event.min() < event.max())


def _estimated(
    rows: pd.DataFrame,
    event: str,
    regressors: Sequence[str],
    duration: str | None,
    categories: Sequence[str],
    cluster: str,
) -> tuple[Glm, float]:
    """Return the model at its maximum, and the log-likelihood there."""
    outcome = rows[event].to_numpy()
    baseline = _baseline(rows, duration, outcome)
    group = np.searchsorted(baseline.firsts, baseline.periods, side="right") - 1
    dummies = np.equal.outer(group, np.arange(len(baseline.firsts)))
    first = pd.DataFrame(dummies, index=rows.index, columns=baseline.terms, dtype="float64")
    levels = [category_dummies(rows[name]) for name in categories]
    design = pd.concat([first, *levels, rows[list(regressors)]], axis=1)
    _check_not_collinear(design)
    x, ones, none = design.to_numpy(), np.ones(len(rows)), np.zeros(len(rows))
    try:
        estimates = maximise(CLOGLOG, x, outcome, ones, none, max_iterations=MAX_ITERATIONS)
    except NoMaximumError as error:
        _check_not_separated(design, outcome, event, len(baseline.firsts))
        counts = f"{x.shape[1]} terms for {outcome.sum():g} events"
        raise EstimationError(f"{error}: {counts}") from error
    codes, clusters = pd.factorize(rows[cluster], sort=True)
    model = Glm(
        family=CLOGLOG,
        design=x,
        terms=[str(term) for term in design.columns],
        outcome=outcome,
        offset=none,
        baseline=baseline,
        factors=tuple(pd.factorize(rows[name], sort=True)[0] for name in categories),
        n_nuisance=x.shape[1] - len(regressors),
        estimates=estimates,
        cluster_codes=codes,
        clusters=[str(name) for name in clusters],
        index=rows.index,
    )
    return model, float(CLOGLOG.parts(outcome, x @ estimates).loglik.sum())


def _baseline(rows: pd.DataFrame, duration: str | None, event: Array) -> Baseline:
    """Return the grouped durations, or one constant."""
    if duration is None:
        constant = np.zeros(len(rows), dtype=np.intp)
        return Baseline(constant, constant[:1], CONSTANT)
    if (rows[duration] % 1 != 0).any():
        raise EstimationError(f"'{duration}' must be whole numbers")
    periods, values = pd.factorize(rows[duration], sort=True)
    labels = tuple(f"{value:g}" for value in values)
    firsts = varying_groups(CLOGLOG, event, periods, len(labels), np.ones(len(rows)))
    return Baseline(periods, firsts, labels)


def _check_not_collinear(design: pd.DataFrame) -> None:
    # The constant stands in for the first duration: together the durations make one.
    collinear = dependent_columns(design.iloc[:, 1:])
    if collinear:
        raise EstimationError(f"'{collinear[0]}' is constant or collinear with the terms before it")


def _check_not_separated(design: pd.DataFrame, outcome: Array, event: str, n_first: int) -> None:
    x = design.to_numpy()
    if separated(CLOGLOG, x, outcome).any():
        columns = separating_columns(CLOGLOG, x, outcome, kept=n_first)
        names = ", ".join(f"'{design.columns[column]}'" for column in columns)
        rest = "the durations" if n_first > 1 else "the constant"
        raise EstimationError(f"'{event}' is predicted perfectly by {names} and {rest}")
