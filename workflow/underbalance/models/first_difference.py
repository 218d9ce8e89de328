"""First differences with year effects and standard errors clustered by ally."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.clustered import clustered_fit
from underbalance.models.linear import CONSTANT, LinearModel
from underbalance.models.panel import check_one_row_each, effect_columns
from underbalance.models.rows import complete_cases, count_clusters, counted
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
    r"""Estimate y_it − y_i,t−1 = d_t + b'(x_it − x_i,t−1) + e_it by least squares.

    Only rows whose entity is also known in the period before are differenced: across a gap
    nothing is. The covariance is the cluster sandwich CRV1 of
    :func:`underbalance.models.panel.fit` with k slopes and period effects, which allows for
    the correlation that differencing itself makes between neighbouring disturbances. It is R's
    ``vcovCL(lm(dy ~ dx + factor(time)), cluster, type = "HC1")``; without gaps the slopes are
    those of ``plm(y ~ x + factor(time), model = "fd")``. (``plm`` takes differences between
    neighbouring rows, across gaps too.)

    Parameters
    ----------
    data : one row per entity and time; missing values allowed in outcome and regressors only.
    outcome, regressors : columns of numbers, in levels.
    entity, time, cluster : key columns; times are whole numbers.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        One term per regressor; ``n`` counts differences. ``extra`` has ``n_incomplete`` and
        ``n_without_before`` (rows whose period before is not known). The rows of the model are
        the complete ones in levels.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; no two rows follow each other; a
        difference is constant or collinear; there is one cluster; the terms fit the outcome
        without a residual; or a clustered standard error is zero.
    """
    keys = list(dict.fromkeys([entity, time, cluster]))
    rows = complete_cases(data, keys=keys, numbers=[outcome, *regressors])
    check_one_row_each(rows, entity, time)
    count_clusters(rows[cluster])
    if not regressors:
        raise EstimationError("no regressors")
    if not pd.api.types.is_integer_dtype(rows[time]):
        raise EstimationError(f"'{time}' must be whole numbers for differences")
    model = _model(rows, outcome, regressors, (entity, time, cluster))
    n_incomplete, n_first = len(data) - len(rows), len(rows) - model.n
    return clustered_fit(
        model,
        list(regressors),
        n=model.n,
        n_parameters=model.rank,
        loglik=model.loglik,
        cluster=cluster,
        min_clusters=min_clusters,
        extra={"n_incomplete": n_incomplete, "n_without_before": n_first},
        notes=counted("incomplete rows left out", n_incomplete)
        + counted(f"rows without the {time} before", n_first),
    )


def _model(
    rows: pd.DataFrame, outcome: str, regressors: Sequence[str], keys: tuple[str, str, str]
) -> LinearModel:
    entity, time, cluster = keys
    columns = [outcome, *regressors]
    ordered = rows.sort_values([entity, time])
    before = ordered.shift()
    follows = (ordered[entity] == before[entity]) & (ordered[time] == before[time] + 1)
    if not follows.any():
        raise EstimationError(f"no {entity} has two complete rows in neighbouring {time}s")
    changes = ordered.loc[follows, columns] - before.loc[follows, columns]
    effects = effect_columns(ordered.loc[follows, time])
    constant = pd.DataFrame({CONSTANT: 1.0}, index=changes.index)
    return LinearModel(
        rows,
        lambda others: _model(others, outcome, regressors, keys),
        outcome=changes[outcome],
        design=pd.concat([constant, changes[list(regressors)], effects], axis=1),
        clusters=ordered.loc[follows, cluster],
        effects=[CONSTANT, *(str(name) for name in effects)],
    )
