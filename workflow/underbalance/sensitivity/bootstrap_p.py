"""The p-value of the primary inference for the many models that are tried for sensitivity."""

from __future__ import annotations

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.inference.draws import cluster_draws
from underbalance.models.inference.one_step import influence, model_of, observed, squares
from underbalance.models.inference.result import TIE
from underbalance.models.tidy import Fit


def bootstrap_p(fit: Fit, term: str, random: np.random.Generator, draws: int) -> tuple[float, str]:
    """Return the p-value of ``inference.wild_bootstrap``, and the draws in words.

    The interval estimates the model under some forty null values, which would take most of
    the time of the many models that are tried here. Where there is no p-value it is nan, with the
    reason in the place of the draws; so it is for a fit that withholds it.
    """
    if fit.withheld:
        return np.nan, fit.withheld
    model = model_of(fit)
    try:
        at_zero = influence(model.linearised({term: 0.0}), model.terms.index(term))
        own = observed(at_zero)
    except EstimationError as error:
        return np.nan, f"no p-value: {error}"
    drawn = cluster_draws(len(model.clusters), draws, random)
    numerators = (drawn.weights @ at_zero.shift) ** 2
    # without division: a draw that leaves no variance counts as extreme
    least = own**2 * squares(at_zero, drawn.weights) * (1 - 2 * TIE)
    return drawn.p_value(int((numerators >= least).sum())), drawn.name
