"""How well a model predicts an ally that it has not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.glm import Glm
from underbalance.models.linear import LinearModel
from underbalance.models.location_scale import ON_MEAN, LocationScaleModel
from underbalance.models.model import Array, Model

SQUARED_ERROR = "mean squared error within the ally"
LOG_SCORE = "mean log-likelihood of a row"
LOG_SCORE_WITHIN = "mean log-likelihood of a row within the ally"


@dataclass(frozen=True, eq=False)
class Scores:
    """How well the rows of each ally are predicted by a model of all others.

    Parameters
    ----------
    by_row : one number per row of the model, by its labels; nan where nothing is predicted:
        rows of a year, duration or category that only this ally has, and allies without which
        the model cannot be estimated.
    name : what the number is.
    higher_is_better : else lower is.
    """

    by_row: pd.Series[float]
    name: str
    higher_is_better: bool


def left_out_scores(model: Model, rows: pd.DataFrame, outcome: str, ally: str = "iso3") -> Scores:
    """Leave out each ally in turn and score what the others say of its rows.

    What is the ally's own and cannot be known from others is fitted to its rows: its mean in
    a panel, its mean and variance in a location–scale model. Scored are squared errors of
    the deviations from that mean in a panel and log-likelihoods else.

    Parameters
    ----------
    rows : the data that were given to the estimator, by the labels of ``model.index``.

    Raises
    ------
    EstimationError : for a model that has no such score.
    """
    if isinstance(model, LinearModel):
        return Scores(_by_ally(model, _linear(model, rows[ally])), SQUARED_ERROR, False)
    if isinstance(model, Glm):
        return Scores(_by_ally(model, _of_events(model)), LOG_SCORE, True)
    if isinstance(model, LocationScaleModel):
        scorer = _location_scale(model, rows, outcome, ally)
        return Scores(_by_ally(model, scorer), LOG_SCORE_WITHIN, True)
    raise EstimationError("no score is known for this estimator")


Scorer = Callable[[str, Array], pd.Series]


def _by_ally(model: Model, scorer: Scorer) -> pd.Series[float]:
    found = pd.Series(np.nan, index=model.index)
    for place, ally in enumerate(model.clusters):
        weights = np.ones(len(model.clusters))
        weights[place] = 0
        try:
            estimates = model.refit(weights)
        except EstimationError:
            continue
        own = scorer(ally, estimates)
        found[own.index] = own
    return found


def _linear(model: LinearModel, allies: pd.Series[str]) -> Scorer:
    """Score squared deviations of an ally's residuals from their mean."""
    of_row = allies[model.index].to_numpy()

    def scores(ally: str, estimates: Array) -> pd.Series[float]:
        own = np.flatnonzero(of_row == ally)
        x, known = model.x[own], ~np.isnan(estimates)
        # a dummy of the ally alone, less its mean, is above zero in the rows that have it
        told = ~(x[:, ~known] > 0).any(axis=1)
        residual = (model.y[own] - x[:, known] @ estimates[known])[told]
        if not told.any():
            return pd.Series(dtype="float64")
        return pd.Series((residual - residual.mean()) ** 2, index=model.index[own[told]])

    return scores


def _of_events(model: Glm) -> Scorer:
    def scores(ally: str, estimates: Array) -> pd.Series[float]:
        own = np.flatnonzero(model.cluster_codes == model.clusters.index(ally))
        x, known = model.design[own], ~np.isnan(estimates)
        told = own[(x[:, ~known] == 0).all(axis=1)]
        predictor = model.offset[told] + model.design[told][:, known] @ estimates[known]
        loglik = model.family.parts(model.outcome[told], predictor).loglik
        return pd.Series(loglik, index=model.index[told])

    return scores


def _location_scale(
    model: LocationScaleModel, rows: pd.DataFrame, outcome: str, ally: str
) -> Scorer:
    used = rows.loc[model.index]
    design = pd.concat([_column(used, term) for term in model.terms], axis=1).to_numpy()
    in_mean = np.array([term.startswith(ON_MEAN) for term in model.terms])
    y, of_row = used[outcome].to_numpy(dtype="float64"), used[ally].to_numpy()

    def scores(name: str, estimates: Array) -> pd.Series[float]:
        own = np.flatnonzero(of_row == name)
        known = ~np.isnan(estimates)
        told = own[(design[own][:, ~known] == 0).all(axis=1)]
        if len(told) < 2:
            return pd.Series(dtype="float64")
        mean, scale = (
            design[told][:, part & known] @ estimates[part & known] for part in (in_mean, ~in_mean)
        )
        return pd.Series(_within_loglik(y[told] - mean, scale), index=used.index[told])

    return scores


def _within_loglik(deviation: Array, log_variance: Array) -> Array:
    """Return normal log-likelihoods with the ally's mean and level of variance at their best."""
    precision = np.exp(-log_variance)
    residual = deviation - precision @ deviation / precision.sum()
    level = np.log((residual**2 * precision).mean())
    variance = log_variance + level
    found: Array = -0.5 * (np.log(2 * np.pi) + variance + residual**2 * np.exp(-variance))
    return found


def _column(rows: pd.DataFrame, term: str) -> pd.Series[float]:
    """Return the column of a term: a variable, a dummy ``year[2001]`` or a constant."""
    name = term[len(ON_MEAN) : -1] if term.startswith(ON_MEAN) else term
    if name in rows:
        return rows[name].astype("float64")
    if "[" not in name:
        return pd.Series(1.0, index=rows.index)
    variable, level = name[:-1].split("[", 1)
    return (rows[variable].astype("str") == level).astype("float64")
