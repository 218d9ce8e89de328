"""Within–between regression: change within an ally, and difference between allies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.clustered import clustered_fit
from underbalance.models.linear import CONSTANT, LinearModel
from underbalance.models.panel import check_nested, check_one_row_each, effect_columns
from underbalance.models.rows import ABSORBED, complete_cases, counted
from underbalance.models.tidy import Fit

BETWEEN = "between["


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
    r"""Estimate y_it = c + d_t + w'(x_it − x̄_i) + b'x̄_i + e_it by pooled least squares.

    The model of Mundlak (1978) as Bell and Jones (2015) write it: w is the effect of a change
    within an entity, b that of a difference between entities; x̄_i is the mean over the rows
    used. The entity's own effect stays in the disturbance, for which the cluster sandwich
    (CRV1, as in :func:`underbalance.models.panel.fit`) allows; no variance components are
    estimated. In a balanced panel w is the two-way within estimator; in an unbalanced one it
    differs a little, as the years seen differ by entity (Wooldridge 2019). It is R's
    ``vcovCL(lm(y ~ within + between + factor(time)), cluster, type = "HC1")``.

    Parameters
    ----------
    data : one row per entity and time; missing values allowed in outcome and regressors only.
    outcome, regressors : columns of numbers.
    entity, time, cluster : key columns; clusters contain entities whole.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms ``<regressor>`` (within) and ``between[<regressor>]``, in the units of the
        regressor.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; a regressor does not vary within
        any entity, or between entities; terms are collinear; there is one cluster; clusters
        divide an entity; or the terms fit the outcome without a residual.
    """
    keys = list(dict.fromkeys([entity, time, cluster]))
    rows = complete_cases(data, keys=keys, numbers=[outcome, *regressors])
    check_one_row_each(rows, entity, time)
    check_nested(rows, entity, cluster)
    _check_variation(rows, regressors, entity)
    terms = [*regressors, *(f"{BETWEEN}{name}]" for name in regressors)]
    model = _model(rows, outcome, regressors, (entity, time, cluster))
    return clustered_fit(
        model,
        terms,
        n=model.n,
        n_parameters=model.rank,
        loglik=model.loglik,
        cluster=cluster,
        min_clusters=min_clusters,
        extra={"n_incomplete": len(data) - len(rows), "n_entities": rows[entity].nunique()},
        notes=counted("incomplete rows left out", len(data) - len(rows)),
    )


def _check_variation(rows: pd.DataFrame, regressors: Sequence[str], entity: str) -> None:
    if not regressors:
        raise EstimationError("no regressors")
    for name in regressors:
        spread = np.linalg.norm(rows[name])
        means = rows.groupby(entity)[name].transform("mean")
        if np.linalg.norm(rows[name] - means) <= ABSORBED * spread:
            raise EstimationError(f"'{name}' is constant within every {entity}")
        if np.linalg.norm(means - means.mean()) <= ABSORBED * spread:
            raise EstimationError(f"'{name}' has the same mean in every {entity}")


def _model(
    rows: pd.DataFrame, outcome: str, regressors: Sequence[str], keys: tuple[str, str, str]
) -> LinearModel:
    entity, time, cluster = keys
    within = rows[list(regressors)]
    between = within.groupby(rows[entity]).transform("mean")
    effects = effect_columns(rows[time])
    columns = [
        pd.DataFrame({CONSTANT: 1.0}, index=rows.index),
        within - between,
        between.rename(columns=lambda name: f"{BETWEEN}{name}]"),
        effects,
    ]
    return LinearModel(
        rows,
        lambda others: _model(others, outcome, regressors, keys),
        outcome=rows[outcome],
        design=pd.concat(columns, axis=1),
        clusters=rows[cluster],
        effects=[CONSTANT, *(str(name) for name in effects)],
    )
