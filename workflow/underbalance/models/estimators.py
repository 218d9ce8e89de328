"""Which function estimates a specification."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from underbalance.models.design import measure_of
from underbalance.models.design_rows import ROWS
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.specifications import Estimator, Specification

PERIOD = "period"


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


def _first_difference(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import first_difference

    # the row before is that of one period before, which may be some years
    periods = rows.assign(**{PERIOD: (rows["year"] - spec.years[0]) // spec.every})
    outcome, terms = measure_of(spec), regressors(spec)
    return first_difference.fit(periods, outcome, terms, time=PERIOD, min_clusters=min_clusters)


def _grouped(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import grouped

    return grouped.fit(
        rows,
        measure_of(spec),
        regressors(spec),
        duration=ROWS[spec.outcome].duration or None,
        categories=spec.categories,
        min_clusters=min_clusters,
    )


ESTIMATORS: dict[Estimator, Callable[[Specification, pd.DataFrame, int], Fit]] = {
    "panel": _panel,
    "variance": _variance,
    "first_difference": _first_difference,
    "grouped": _grouped,
}
