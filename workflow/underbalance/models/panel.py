"""Two-way fixed effects with standard errors clustered by ally."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.clustered import clustered_fit
from underbalance.models.linear import LinearModel
from underbalance.models.rows import (
    ABSORBED,
    complete_cases,
    count_clusters,
    counted,
    dependent_columns,
)
from underbalance.models.tidy import Fit


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
    check_one_row_each(complete, entity, time)
    rows = drop_singletons(complete, entity, time)
    count_clusters(rows[cluster])
    check_identified(rows, regressors, [entity, time], outcome)
    model = two_way(rows, outcome, regressors, (entity, time, cluster))
    n_incomplete, n_singletons = len(data) - len(complete), len(complete) - len(rows)
    return clustered_fit(
        model,
        list(regressors),
        n=model.n,
        n_parameters=model.rank,
        loglik=model.loglik,
        cluster=cluster,
        min_clusters=min_clusters,
        extra={
            "n_incomplete": n_incomplete,
            "n_singletons": n_singletons,
            "n_entities": rows[entity].nunique(),
            "n_periods": rows[time].nunique(),
            "r2_within": _r2_within(model, regressors),
        },
        notes=counted("incomplete rows left out", n_incomplete)
        + counted(f"rows left out that are alone in their {entity} or {time}", n_singletons),
    )


def two_way(
    rows: pd.DataFrame, outcome: str, regressors: Sequence[str], keys: tuple[str, str, str]
) -> LinearModel:
    """Return the regression on regressors and effects of the keys entity and time.

    Entities are swept out where they are nested in the clusters, and dummies where not.

    Parameters
    ----------
    rows : complete rows.
    keys : the columns entity, time and cluster.
    """
    entity, time, cluster = keys
    nested = is_nested(rows, entity, cluster)
    keyed = [time] if nested else [time, entity]
    effects = pd.concat([effect_columns(rows[key]) for key in keyed], axis=1)
    return LinearModel(
        rows,
        lambda others: two_way(others, outcome, regressors, keys),
        outcome=rows[outcome],
        design=pd.concat([rows[list(regressors)], effects], axis=1),
        clusters=rows[cluster],
        effects=[str(name) for name in effects],
        absorbed=rows[entity] if nested else None,
        alone=True,
    )


def is_nested(rows: pd.DataFrame, entity: str, cluster: str) -> bool:
    """Whether every entity lies in one cluster."""
    pairs = rows[list(dict.fromkeys([entity, cluster]))].drop_duplicates()
    return bool(pairs[entity].is_unique)


def check_nested(rows: pd.DataFrame, entity: str, cluster: str) -> None:
    """Raise EstimationError if an entity lies in several clusters."""
    if not is_nested(rows, entity, cluster):
        raise EstimationError(f"a {entity} lies in several clusters of '{cluster}'")


def effect_columns(labels: pd.Series[str]) -> pd.DataFrame:
    """Return a dummy for each label, named ``<column>[<label>]``."""
    codes, levels = pd.factorize(labels, sort=True)
    values = (codes[:, None] == np.arange(len(levels))).astype("float64")
    names = [f"{labels.name}[{level}]" for level in levels]
    return pd.DataFrame(values, index=labels.index, columns=names)


def _r2_within(model: LinearModel, regressors: Sequence[str]) -> float:
    effects_only = model.linearised(dict.fromkeys(regressors, 0.0)).estimates
    return 1 - model.rss / model.residual_sum_of_squares(effects_only)


def check_one_row_each(rows: pd.DataFrame, entity: str, time: str) -> None:
    """Raise EstimationError for rows that repeat an entity and time."""
    again = rows[rows.duplicated([entity, time])]
    if len(again):
        first = f"{again[entity].iloc[0]} {again[time].iloc[0]}"
        raise EstimationError(f"{len(again)} rows repeat a {entity} and {time}, first {first}")


def drop_singletons(rows: pd.DataFrame, entity: str, time: str) -> pd.DataFrame:
    """Drop rows that their own effect fits exactly, until none is left (Correia 2015)."""
    while True:
        alone = ~(rows.duplicated(entity, keep=False) & rows.duplicated(time, keep=False))
        if alone.all():
            raise EstimationError(f"no {entity} and {time} with two rows or more")
        if not alone.any():
            return rows
        rows = rows[~alone]


def check_identified(
    rows: pd.DataFrame, regressors: Sequence[str], effects: Sequence[str], outcome: str | None
) -> None:
    """Raise EstimationError by name for what effects and regressors before it stand for.

    Parameters
    ----------
    effects : key columns with effects; none stands for a constant.
    outcome : also checked for what is left of it, unless None.
    """
    if not regressors:
        raise EstimationError("no regressors")
    columns = [*regressors, outcome] if outcome else list(regressors)
    left = _less_effects(rows, columns, effects)
    size = np.linalg.norm(rows[columns], axis=0)
    spread = np.linalg.norm(rows[columns] - rows[columns].mean(), axis=0)
    constant = (np.linalg.norm(left, axis=0) < ABSORBED * spread) | (spread <= 1e-12 * size)
    removed = f" once {' and '.join(effects)} are removed" if effects else ""
    for name, is_constant in zip(regressors, constant, strict=False):
        if is_constant:
            raise EstimationError(f"'{name}' is constant{removed}")
    redundant = dependent_columns(left)
    for name in regressors:
        if name in redundant:
            raise EstimationError(f"'{name}' is collinear with the regressors before it")
    if outcome and (constant[-1] or outcome in redundant):
        raise EstimationError(f"effects and regressors fit '{outcome}' without a residual")


def _less_effects(
    rows: pd.DataFrame, columns: Sequence[str], effects: Sequence[str]
) -> pd.DataFrame:
    """Return the residuals of the columns on a dummy for each label, or on a constant."""
    left = rows[list(columns)]
    if not effects:
        return left - left.mean()
    dummies = pd.concat([effect_columns(rows[key]) for key in effects], axis=1).to_numpy()
    for _ in range(2):  # twice for accuracy
        solved = np.linalg.lstsq(dummies, left.to_numpy(), rcond=1e-10)[0]
        left = left - dummies @ solved
    return left
