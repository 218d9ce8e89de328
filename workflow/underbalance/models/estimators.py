"""Which function estimates a specification."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from underbalance.models.design import measure_of
from underbalance.models.design_rows import ROWS
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.specifications import Estimator, Specification

AT_RISK = "at_risk"


def fit_rows(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    """Estimate a specification on its rows (:func:`underbalance.models.design.design`).

    Raises
    ------
    EstimationError : when the rows cannot carry the model, with the reason.
    """
    return ESTIMATORS[spec.estimator](spec, rows, min_clusters)


# modules are imported where they are used: each estimator needs another large library


def _panel(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import panel

    return panel.fit(rows, measure_of(spec), regressors(spec), min_clusters=min_clusters)


def _variance(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import variance

    return variance.fit(rows, measure_of(spec), regressors(spec), min_clusters=min_clusters)


def _grouped(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import grouped

    duration = ROWS[spec.outcome].duration
    # cases without a clock have one interval, whose dummy is the constant
    return grouped.fit(
        rows if duration else rows.assign(**{AT_RISK: 1}),
        measure_of(spec),
        regressors(spec),
        duration=duration or AT_RISK,
        categories=spec.categories,
        min_clusters=min_clusters,
    )


ESTIMATORS: dict[Estimator, Callable[[Specification, pd.DataFrame, int], Fit]] = {
    "panel": _panel,
    "variance": _variance,
    "grouped": _grouped,
}
