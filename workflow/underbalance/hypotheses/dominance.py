"""General dominance: how much of the fit each obstacle carries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import TypeVar

import numpy as np

from underbalance.hypotheses.one_step import weighted_estimates
from underbalance.models.model import Array, Linearised

Item = TypeVar("Item")


def subsets(predictors: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Return all subsets of the predictors, smaller before larger, the empty one first."""
    sizes = range(len(predictors) + 1)
    return [chosen for size in sizes for chosen in combinations(predictors, size)]


def general_dominance(fits: Array) -> Array:
    """Return the general dominance of p predictors (Budescu 1993; Azen and Budescu 2003).

    It is the increase in fit that a predictor brings to a subset of the others, averaged over
    the subsets of each size, then over the sizes. The dominances add up to the fit of all
    predictors minus the fit of none.

    Parameters
    ----------
    fits : shape (..., 2^p), the fit of each subset in the order of :func:`subsets`.

    Returns
    -------
    Shape (..., p).
    """
    count = fits.shape[-1].bit_length() - 1
    order = subsets(range(count))
    weights = np.zeros((len(order), count))
    for without, chosen in enumerate(order):
        for predictor in set(range(count)) - set(chosen):
            share = 1 / (count * comb(count - 1, len(chosen)))
            weights[order.index(tuple(sorted({*chosen, predictor}))), predictor] += share
            weights[without, predictor] -= share
    found: Array = fits @ weights
    return found


def shares(dominances: Array) -> Array:
    """Return dominances as shares of their sum, nan where there is nothing to share."""
    total = dominances.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = np.where(total > 0, dominances / total, np.nan)
    return found


def resampled_fits(linearised: Linearised, places: Sequence[int], weights: Array) -> Array:
    r"""Return the fit of each subset of predictors when clusters are weighted.

    To first order: leaving out the predictors T lowers twice the log-likelihood by
    b_T' [(A⁻¹)_TT]⁻¹ b_T, with the weighted estimates b and information A. In least squares that
    is exactly the rise of the residual sum of squares.

    Parameters
    ----------
    linearised : the whole model at its estimates.
    places : of the p predictors among its coefficients.
    weights : shape (r, G), how often each cluster counts.

    Returns
    -------
    Shape (r, 2^p), the fall of the deviance against the model without any predictor; nan in
    resamples that do not identify a predictor.
    """
    estimates, inverse = weighted_estimates(linearised, places, weights)
    inner = range(len(places))
    cost = {
        left_out: _cost(estimates[:, left_out], inverse[:, left_out][:, :, left_out])
        for left_out in subsets(inner)
    }
    everything = cost[tuple(inner)]
    kept = [tuple(i for i in inner if i not in chosen) for chosen in subsets(inner)]
    return np.column_stack([everything - cost[left_out] for left_out in kept])


def _cost(estimates: Array, inverse: Array) -> Array:
    if not estimates.shape[1]:
        return np.zeros(len(estimates))
    solved = np.linalg.solve(inverse, estimates[:, :, None])[:, :, 0]
    found: Array = np.einsum("ri,ri->r", estimates, solved)
    return found
