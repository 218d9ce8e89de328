"""Smaller models within a whole one, on the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.design import measure_of
from underbalance.models.estimators import fit_rows
from underbalance.models.location_scale import LocationScaleModel, Part
from underbalance.models.model import Model
from underbalance.models.panel import effect_columns
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.specifications import Specification

ALLY = "iso3"
YEAR = "year"


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

    In the location–scale model terms are taken from the variance alone.

    Parameters
    ----------
    used : rows of the design, by the index of the whole model.

    Raises
    ------
    EstimationError : when the rows cannot carry the smaller model.
    """
    if whole.estimator != "variance":
        return likelihood(fit_rows(part, used, min_clusters))
    model = _location_scale(used, measure_of(whole), regressors(whole), regressors(part))
    return Likelihood(model, len(used), float(model.restricted_loglik))


def _location_scale(
    rows: pd.DataFrame, outcome: str, of_mean: Sequence[str], of_scale: Sequence[str]
) -> LocationScaleModel:
    """Return the model of :mod:`underbalance.models.variance` with fewer terms of the variance."""
    years = effect_columns(rows[YEAR])
    mean, scale = (
        Part(pd.concat([rows[list(names)], years], axis=1), list(years.columns), swept=True)
        for names in (of_mean, of_scale)
    )
    return LocationScaleModel(
        rows,
        lambda others: _location_scale(others, outcome, of_mean, of_scale),
        outcome=rows[outcome],
        mean=mean,
        scale=scale,
        clusters=rows[ALLY],
        groups=rows[ALLY],
        restricted=True,
    )
