"""Smaller models within a whole one, on the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.design import measure_of
from underbalance.models.estimators import fit_rows
from underbalance.models.location_scale import LocationScaleModel
from underbalance.models.model import Model
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.models.variance import BOTH, POOLED, with_fewer_in_scale
from underbalance.specifications import Specification

# location–scale models: their likelihood is restricted, and the effects of the variance
SCALE_EFFECTS: Final = {"variance": BOTH, "variance_pooled": POOLED}


@dataclass(frozen=True, eq=False)
class Likelihood:
    """An estimated model and how likely it makes its rows.

    Parameters
    ----------
    loglik : that models of the same rows can be compared by: of restricted maximum likelihood
        the restricted one, which needs the terms of the mean to be the same.
    """

    model: Model
    n: int
    loglik: float


def likelihood(fit: Fit) -> Likelihood:
    """Return the likelihood of an estimated model.

    Raises
    ------
    EstimationError : when the estimator has none, or does not keep its model.
    """
    model = fit.model
    loglik = model.restricted_loglik if isinstance(model, LocationScaleModel) else fit.loglik
    if model is None or loglik is None:
        raise EstimationError("the estimator has no likelihood")
    return Likelihood(model, fit.n, float(loglik))


def smaller(
    part: Specification,
    whole: Specification,
    used: pd.DataFrame,
    min_clusters: int,
) -> Likelihood:
    """Estimate a smaller specification on the rows that the whole one used.

    In location–scale models terms are taken from the variance alone.

    Parameters
    ----------
    used : rows of the design, by the index of the whole model.

    Raises
    ------
    EstimationError : when the rows cannot carry the smaller model.
    """
    if whole.estimator not in SCALE_EFFECTS:
        return likelihood(fit_rows(part, used, min_clusters))
    model = with_fewer_in_scale(
        used,
        measure_of(whole),
        regressors(whole),
        regressors(part),
        SCALE_EFFECTS[whole.estimator],
    )
    return Likelihood(model, len(used), float(model.restricted_loglik))
