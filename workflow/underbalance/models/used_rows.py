"""Which rows of a design an estimator used."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.estimate import complete_rows
from underbalance.models.estimators import fit_rows
from underbalance.models.tidy import Fit
from underbalance.specifications import Specification


class Used(NamedTuple):
    """The rows used, and the estimated model; or the complete rows and why there is none."""

    rows: pd.DataFrame
    fit: Fit | None
    reason: str


def used_rows(spec: Specification, data: pd.DataFrame, min_clusters: int) -> Used:
    """Return the rows of a design (:func:`underbalance.models.design.design`) that a model used."""
    complete = complete_rows(spec, data)
    try:
        fit = fit_rows(spec, data, min_clusters)
    except EstimationError as error:
        return Used(complete, None, str(error))
    rows = complete if fit.model is None else data.loc[data.index.isin(fit.model.index)]
    return Used(rows, fit, "")
