"""Two-way fixed effects with standard errors clustered by ally."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.rows import (
    check_clustered,
    complete_cases,
    count_clusters,
    counted,
    dependent_columns,
)
from underbalance.models.tidy import Fit, too_few_clusters

if TYPE_CHECKING:
    from linearmodels.panel.results import PanelEffectsResults


def fit(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "iso3",
    time: str = "year",
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    r"""Estimate y_it = a_i + d_t + b'x_it + e_it by least squares (the within estimator).

    The covariance is the one-way cluster sandwich (Arellano 1987) times
    G/(G−1) · (n−1)/(n−k) (CRV1; Cameron and Miller 2015), where k is the rank of the full
    design: slopes and every entity and time dummy. It is R's
    ``sandwich::vcovCL(lm(y ~ x + factor(entity) + factor(time)), cluster, type = "HC1")``.
    ``fixest`` does the same with ``ssc(fixef.K = "full")``; by default it leaves effects that
    are nested in the clusters out of k, for slightly smaller errors. P-values: t(G−1).

    Parameters
    ----------
    data : one row per entity and time, with the named columns; missing values allowed in
        outcome and regressors only.
    outcome, regressors : columns of numbers; one coefficient per regressor, in their units.
    entity, time, cluster : key columns.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        One term per regressor. ``extra`` has ``n_incomplete`` and ``n_singletons`` (rows left
        out), ``n_entities``, ``n_periods``, ``n_parameters`` (k) and ``r2_within``. ``loglik``
        is the normal log-likelihood of the regression with dummies.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; no rows or clusters are left; a
        regressor is absorbed by the effects or collinear; the outcome has no variation left;
        or a clustered standard error is zero because the clusters' scores cancel.
    """
    keys = list(dict.fromkeys([entity, time, cluster]))
    complete = complete_cases(data, keys=keys, numbers=[outcome, *regressors])
    _check_one_row_each(complete, entity, time)
    rows = _drop_singletons(complete, entity, time)
    n_clusters = count_clusters(rows[cluster])
    k = _rank(rows, outcome, regressors, entity, time)
    results = _estimate(rows, outcome, regressors, (entity, time, cluster))
    covariance = results.cov * len(rows) / (len(rows) - k)
    n_incomplete, n_singletons = len(data) - len(complete), len(complete) - len(rows)
    return Fit(
        estimates=results.params,
        covariance=covariance,
        se_type=f"clustered by {cluster} (CRV1)",
        df=n_clusters - 1,
        p_method=f"t({n_clusters - 1})",
        n=len(rows),
        n_clusters=n_clusters,
        loglik=float(results.loglik),
        extra={
            "n_incomplete": n_incomplete,
            "n_singletons": n_singletons,
            "n_entities": rows[entity].nunique(),
            "n_periods": rows[time].nunique(),
            "n_parameters": k,
            "r2_within": float(results.rsquared),
        },
        notes=counted("incomplete rows left out", n_incomplete)
        + counted(f"rows left out that are alone in their {entity} or {time}", n_singletons),
        withheld=too_few_clusters(n_clusters, min_clusters),
    )


def _check_one_row_each(rows: pd.DataFrame, entity: str, time: str) -> None:
    again = rows[rows.duplicated([entity, time])]
    if len(again):
        first = f"{again[entity].iloc[0]} {again[time].iloc[0]}"
        raise EstimationError(f"{len(again)} rows repeat a {entity} and {time}, first {first}")


def _drop_singletons(rows: pd.DataFrame, entity: str, time: str) -> pd.DataFrame:
    """Drop rows that their own effect fits exactly, until none is left (Correia 2015)."""
    while True:
        alone = ~(rows.duplicated(entity, keep=False) & rows.duplicated(time, keep=False))
        if alone.all():
            raise EstimationError(f"no {entity} and {time} with two rows or more")
        if not alone.any():
            return rows
        rows = rows[~alone]


def _rank(
    rows: pd.DataFrame, outcome: str, regressors: Sequence[str], entity: str, time: str
) -> int:
    """Return the rank of slopes and dummies; raise EstimationError if a slope is not identified."""
    if not regressors:
        raise EstimationError("no regressors")
    dummies = [pd.get_dummies(rows[key], prefix=f"effect of {key}") for key in (entity, time)]
    effects = pd.concat(dummies, axis=1)
    for name in regressors:
        if name in dependent_columns(effects.join(rows[name])):
            raise EstimationError(f"'{name}' is constant once {entity} and {time} are removed")
    design = effects.join(rows[list(regressors)])
    redundant = dependent_columns(design)
    for name in regressors:
        if name in redundant:
            raise EstimationError(f"'{name}' is collinear with the regressors before it")
    if outcome in dependent_columns(design.join(rows[outcome])):
        raise EstimationError(f"effects and regressors fit '{outcome}' without a residual")
    return 1 + design.shape[1] - len(redundant)


def _estimate(
    rows: pd.DataFrame, outcome: str, regressors: Sequence[str], keys: Sequence[str]
) -> PanelEffectsResults:
    """Return linearmodels' results, their covariance times G/(G−1) · (n−1)/n."""
    from linearmodels.panel import PanelOLS

    entity, time, cluster = (rows[key].astype("category").cat.codes for key in keys)
    index = pd.MultiIndex.from_arrays([entity, time])
    panel = rows[[outcome, *regressors]].set_index(index)
    model = PanelOLS(
        panel[outcome], panel[list(regressors)], entity_effects=True, time_effects=True
    )
    # linearmodels takes the panel for connected when it counts the dummies: the caller
    # counts them, and here nothing is counted.
    clustered = model.fit(
        cov_type="clustered",
        clusters=pd.DataFrame({"cluster": cluster.to_numpy()}, index=index),
        group_debias=True,
        debiased=False,
        auto_df=False,
        count_effects=False,
    )
    check_clustered(clustered.cov, model.fit().cov, cluster.nunique())
    return clustered
