"""Least squares of a yes or no, for comparison: differences in probability, no ceiling."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.clustered import clustered_fit
from underbalance.models.dummies import category_dummies, reference_level
from underbalance.models.linear import CONSTANT, LinearModel
from underbalance.models.rows import complete_cases, counted
from underbalance.models.tidy import Fit


def fit(
    data: pd.DataFrame,
    event: str,
    regressors: Sequence[str],
    *,
    categories: Sequence[str] = (),
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    """Estimate Pr(event) = a + b'x by pooled least squares with clustered errors (CRV1).

    Rows are cases, or years at risk whatever the clock says. It is R's
    ``sandwich::vcovCL(lm(y ~ x), cluster, type = "HC1")``.

    Parameters
    ----------
    data : one row per case; missing values allowed except in the cluster.
    event : 0 or 1.
    regressors : columns of numbers; one coefficient each, in their units.
    categories : columns that enter as dummies against their most frequent level.
    cluster : key column.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms: the regressors; ``model`` has the constant and the dummies too.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; the event is not 0 or 1; a term is
        collinear; there is one cluster; or the terms fit the event without a residual.
    """
    rows = complete_cases(data, keys=[cluster], numbers=[event, *regressors], labels=categories)
    if not rows[event].isin([0, 1]).all():
        raise EstimationError(f"'{event}' must be 0 or 1, found {sorted(set(rows[event]))[:5]}")
    model = _model(rows, event, regressors, categories, cluster)
    n_incomplete = len(data) - len(rows)
    return clustered_fit(
        model,
        list(regressors),
        n=model.n,
        n_parameters=model.rank,
        loglik=model.loglik,
        cluster=cluster,
        min_clusters=min_clusters,
        extra={"n_incomplete": n_incomplete},
        notes=counted("incomplete rows left out", n_incomplete)
        + tuple(f"{name} against {reference_level(rows[name])}" for name in categories),
    )


def _model(
    rows: pd.DataFrame,
    event: str,
    regressors: Sequence[str],
    categories: Sequence[str],
    cluster: str,
) -> LinearModel:
    constant = pd.DataFrame({CONSTANT: 1.0}, index=rows.index)
    dummies = [category_dummies(rows[name]) for name in categories]
    return LinearModel(
        rows,
        lambda others: _model(others, event, regressors, categories, cluster),
        outcome=rows[event],
        design=pd.concat([constant, rows[list(regressors)], *dummies], axis=1),
        clusters=rows[cluster],
        effects=[CONSTANT, *(str(name) for part in dummies for name in part)],
    )
