"""The studentised statistic of one term, as a function of what the clusters' scores are times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.model import Array, Linearised, Model
from underbalance.models.tidy import Fit

SINGULAR = 1e-13  # reciprocal condition of the information in units of its diagonal
BLOCK = 512  # draws at once: what they need in between stays in the processor's cache
ROUNDING = 1e-20  # share of the squared shifts below which squared left-overs are rounding


@dataclass(frozen=True, eq=False)
class Influence:
    r"""What G clusters contribute to one coefficient, a step from the restricted estimate.

    With the scores of cluster g times v_g, the coefficient moves by ``shift @ v`` and the
    scores after that step, in units of the coefficient, are ``left @ v``:

    .. math:: shift_g = [A^{-1} s_g]_j, \quad
              left_{gh} = 1(g=h)\,[A^{-1} s_g]_j - [A^{-1} A_g A^{-1} s_h]_j

    Parameters
    ----------
    shift : shape (G,).
    left : shape (G, G).
    """

    shift: Array
    left: Array


def influence(at: Linearised, position: int) -> Influence:
    """Return the clusters' contributions to the coefficient at ``position``.

    Raises
    ------
    EstimationError : if the information matrix is singular.
    """
    inverse = inverse_information(at)
    row = inverse[position]
    shift = at.scores @ row
    moved = (at.information @ row) @ inverse @ at.scores.T
    return Influence(shift, np.diag(shift) - moved)


def inverse_information(at: Linearised) -> Array:
    """Return A⁻¹, shape (k, k), where A sums the clusters' information."""
    information = at.information.sum(axis=0)
    size = np.sqrt(np.diag(information))
    if not (np.isfinite(information).all() and (size > 0).all()):
        raise EstimationError("a term has no information under the null")
    scaled = information / np.outer(size, size)
    roots, vectors = np.linalg.eigh(scaled)
    if roots[0] < SINGULAR * roots[-1]:
        raise EstimationError("the information matrix is singular under the null")
    return np.asarray((vectors / roots) @ vectors.T / np.outer(size, size))


def statistics(of: Influence, draws: Array) -> Array:
    """Return t for each row v of ``draws``, shape (B, G): shift'v / |left v|.

    In a linear model this is the clustered t statistic of the null on the bootstrap sample of
    v, before the small-sample factor (:func:`correction`), which no comparison of t needs.
    """
    return np.asarray((draws @ of.shift) / np.sqrt(squares(of, draws)))


def squares(of: Influence, draws: Array) -> Array:
    """Return |left v|² for each row v of ``draws``, shape (B,)."""
    found = np.empty(len(draws))
    for first in range(0, len(draws), BLOCK):
        moved = draws[first : first + BLOCK] @ of.left.T
        found[first : first + BLOCK] = np.einsum("bg,bg->b", moved, moved)
    return found


def observed(of: Influence) -> float:
    """Return the statistic of the sample itself: every weight is one.

    Raises
    ------
    EstimationError : if no variance is left, as when one cluster alone identifies the term.
    """
    ones = np.ones((1, len(of.shift)))
    left, moved = float(squares(of, ones)[0]), float((of.shift**2).sum())
    if not left > ROUNDING * moved:
        raise EstimationError("no variance between clusters is left: one cluster identifies it")
    return float(statistics(of, ones)[0])


def correction(fit: Fit, term: str) -> float:
    """Return the small-sample factor c that the fit's clustered variance holds."""
    model = model_of(fit)
    free = influence(model.linearised({}), model.terms.index(term))
    return float(fit.std_errors[term] ** 2 / (free.shift**2).sum())


def model_of(fit: Fit) -> Model:
    """Return the model of a fit; raise EstimationError if it has none."""
    if fit.model is None:
        raise EstimationError("the fit carries no model to estimate again")
    return fit.model
