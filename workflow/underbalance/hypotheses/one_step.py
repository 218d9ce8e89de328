"""Estimates with clusters weighted, to first order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from underbalance.models.model import Array, Linearised

RIDGE = 1e-10  # of the diagonal: dummies that a resample lacks stay where they are
LARGEST = 1e6  # times the variance in the sample: the weights do not identify the coefficient
CHUNK = 200  # resamples at a time: their matrices are held at once


def weighted_estimates(
    linearised: Linearised, places: Sequence[int], weights: Array
) -> tuple[Array, Array]:
    r"""Return some coefficients and their inverse information when clusters are weighted.

    One Fisher step from the estimates b of the sample: with the weighted information A and
    score s it is b + A⁻¹s. In least squares that is the weighted estimate itself, elsewhere to
    first order (Davidson and MacKinnon 1999).

    Parameters
    ----------
    linearised : the model at its estimates.
    places : of the p coefficients that are wanted.
    weights : shape (r, G), how often each cluster counts.

    Returns
    -------
    Shapes (r, p) and (r, p, p); nan in resamples that do not identify one of them.
    """
    whole = _solved(linearised, places, np.ones((1, len(linearised.scores))))[1][0]
    parts = [_solved(linearised, places, chunk) for chunk in _chunks(weights)]
    estimates = np.concatenate([np.zeros((0, len(places))), *(part[0] for part in parts)])
    inverse = np.concatenate([np.zeros((0, *whole.shape)), *(part[1] for part in parts)])
    variances = np.einsum("rii->ri", inverse)
    known = ((variances > 0) & (variances < LARGEST * np.diag(whole))).all(axis=1)
    estimates[~known], inverse[~known] = np.nan, np.nan
    return estimates, inverse


def _chunks(weights: Array) -> Iterator[Array]:
    for first in range(0, len(weights), CHUNK):
        yield weights[first : first + CHUNK]


def _solved(linearised: Linearised, places: Sequence[int], weights: Array) -> tuple[Array, Array]:
    groups, k = linearised.scores.shape
    information = (weights @ linearised.information.reshape(groups, -1)).reshape(-1, k, k)
    diagonal = np.einsum("rii->ri", information)
    diagonal += np.where(diagonal > 0, RIDGE * diagonal, 1.0)
    # what has no information at all has no score either: it is told by the diagonal alone
    empty = (weights @ np.einsum("gii->gi", linearised.information))[:, list(places)] <= 0
    score = (weights @ linearised.scores)[:, :, None]
    wanted = np.broadcast_to(np.eye(k)[:, list(places)], (len(weights), k, len(places)))
    here = np.linalg.solve(information, np.concatenate([wanted, score], axis=2))[:, list(places)]
    inverse = here[:, :, :-1].copy()
    inverse[empty.any(axis=1)] = np.nan
    return linearised.estimates[list(places)] + here[:, :, -1], inverse
