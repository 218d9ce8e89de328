"""Tests of many regressors in the place of one of a linear model (see ``glm_permuted``)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from underbalance.models.linear import pseudo_inverse
from underbalance.models.model import Array

LEFT = 1e-6  # share of a sum of squares that must be left for there to be no doubt
NO_VARIANCE = 1e-16  # share of the squared scores that between clusters must be left


@dataclass(frozen=True, eq=False)
class Others:
    """What a linear model holds beside a regressor.

    Parameters
    ----------
    outcome, codes : shape (n,), the latter positions of clusters.
    terms : shape (n, m), all columns but the regressor's, dummies of effects included.
    """

    outcome: Array
    codes: NDArray[np.intp]
    terms: Array

    def statistics_at_zero(self, columns: Array) -> Array:
        """See :class:`underbalance.models.model.Permutable`; no number where there is doubt."""
        known = ~np.isnan(columns)
        patterns, which = np.unique(known, axis=1, return_inverse=True)
        found = np.full(columns.shape[1], np.nan)
        for number, used in enumerate(patterns.T):
            here = which == number
            found[here] = self._tested(used, columns[np.ix_(used, here)])
        return found

    def _tested(self, used: NDArray[np.bool_], columns: Array) -> Array:
        terms, outcome, codes = self.terms[used], self.outcome[used], self.codes[used]
        terms = terms[:, (terms != 0).any(axis=0)]
        none = np.full(columns.shape[1], np.nan)
        if len(terms) <= terms.shape[1] + 1:
            return none
        inverse, identified, _ = pseudo_inverse(terms.T @ terms)
        if not identified.all():
            return none
        both = np.column_stack([outcome, columns])
        for _ in range(2):  # twice for accuracy
            both = both - terms @ (inverse @ (terms.T @ both))
        residual, left = both[:, 0], both[:, 1:]
        size = codes.max() + 1
        members = np.equal.outer(np.arange(size), codes).astype("float64")
        scores, squares = members @ (left * residual[:, None]), members @ left**2
        total, spread = scores.sum(axis=0), squares.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = total / spread
            variance = ((scores - squares * step) ** 2).sum(axis=0)
            rest = residual @ residual - total * step
            clear = spread > LEFT * ((columns - columns.mean(axis=0)) ** 2).sum(axis=0)
            clear &= spread > LEFT**2 * (columns**2).sum(axis=0)
            clear &= rest > LEFT**2 * (outcome @ outcome)
            clear &= variance > NO_VARIANCE * (scores**2).sum(axis=0)
            return np.where(clear, total / np.sqrt(variance), np.nan)
