"""Designs with many dummies: sums of squares and products without touching their zeros."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from underbalance.models.model import Array

SPARSE = 0.25  # share of numbers other than zero up to which a column counts as a dummy
Rows = NDArray[np.intp]

LARGE = 100_000  # numbers in a design from which on leaving out zeros pays


class Columns(Protocol):
    """A design of n rows and k columns, as the search for a maximum asks for it."""

    def predictor(self, at: Array) -> Array:
        """Return the product with coefficients, shape (n,)."""

    def cross(self, values: Array) -> Array:
        """Return the columns' products with values, shape (n,) or (n, B); shape (k,) or (k, B)."""

    def gram(self, weights: Array) -> Array:
        """Return the weighted sums of squares and products, shape (k, k)."""


@dataclass(frozen=True, eq=False)
class Dense:
    """A design as it stands, shape (n, k)."""

    values: Array

    def predictor(self, at: Array) -> Array:
        """See :class:`Columns`."""
        return np.asarray(self.values @ at)

    def cross(self, values: Array) -> Array:
        """See :class:`Columns`."""
        return np.asarray(self.values.T @ values)

    def gram(self, weights: Array) -> Array:
        """See :class:`Columns`."""
        return np.asarray(self.values.T @ (self.values * weights[:, None]))

    def grams(self, weights: Array, bounds: Rows) -> Array:
        """Return the gram of each run of rows; ``bounds`` are the first rows of the runs."""
        weighted = self.values * weights[:, None]
        runs = [slice(a, b) for a, b in zip(bounds, [*bounds[1:], len(weights)], strict=True)]
        return np.stack([self.values[run].T @ weighted[run] for run in runs])


class Mixed:
    """A design, shape (n, k), whose dummies are kept as the places of their ones.

    A row with few dummies enters few products of dummies: these are listed once, and a gram
    matrix is then one product of that list with the weights.
    """

    def __init__(self, values: Array) -> None:
        from scipy.sparse import csr_array

        few = (values != 0).mean(axis=0) <= SPARSE
        self._few, self._many = np.flatnonzero(few), np.flatnonzero(~few)
        self._n, self._k = values.shape
        self._dense = np.ascontiguousarray(values[:, ~few])
        self._sparse = csr_array(values[:, few])
        self._turned = self._sparse.T.tocsr()
        self._runs: dict[tuple[int, ...], tuple[Any, Any]] = {}

    def predictor(self, at: Array) -> Array:
        """See :class:`Columns`."""
        return np.asarray(self._sparse @ at[self._few] + self._dense @ at[self._many])

    def cross(self, values: Array) -> Array:
        """See :class:`Columns`."""
        found = np.empty((self._k, *values.shape[1:]))
        found[self._few] = self._turned @ values
        found[self._many] = self._dense.T @ values
        return found

    def gram(self, weights: Array) -> Array:
        """See :class:`Columns`."""
        weighted = self._dense * weights[:, None]
        found = np.empty((self._k, self._k))
        found[np.ix_(self._few, self._few)] = self._of_dummies(weights)
        between = self._turned @ weighted
        found[np.ix_(self._few, self._many)] = between
        found[np.ix_(self._many, self._few)] = between.T
        found[np.ix_(self._many, self._many)] = self._dense.T @ weighted
        return found

    def grams(self, weights: Array, bounds: Rows) -> Array:
        """Return the gram of each run of rows; ``bounds`` are the first rows of the runs."""
        few, many = self._few, self._many
        cells, by_run = self._of_runs(tuple(bounds.tolist()))
        row, _, product = self._pairs
        s, p, g = len(few), len(many), len(bounds)
        weighted = self._dense * weights[:, None]
        found = np.empty((g, self._k, self._k))
        between = np.asarray(by_run @ weighted).reshape(g, s, p)
        found[:, few[:, None], many] = between
        found[:, many[:, None], few] = between.transpose(0, 2, 1)
        dummies = np.asarray(np.bincount(cells, product * weights[row], g * s * s), dtype="float64")
        found[:, few[:, None], few] = _mirrored(dummies.reshape(g, s, s))
        for number, (first, last) in enumerate(zip(bounds, [*bounds[1:], self._n], strict=True)):
            found[number][np.ix_(many, many)] = self._dense[first:last].T @ weighted[first:last]
        return found

    def _of_runs(self, bounds: tuple[int, ...]) -> tuple[Any, Any]:
        """Return for runs of rows the cell of each pair, and the matrix that sums by run."""
        if bounds not in self._runs:
            from scipy.sparse import csr_array

            s, shape = len(self._few), (len(bounds) * len(self._few), self._n)
            row, cell, _ = self._pairs
            run = np.searchsorted(bounds, np.arange(self._n), side="right") - 1
            owner = np.repeat(np.arange(self._n), np.diff(self._sparse.indptr))
            place = (run[owner] * s + self._sparse.indices, owner)
            sums = csr_array((self._sparse.data, place), shape=shape)
            self._runs[bounds] = (run[row] * s * s + cell, sums)
        return self._runs[bounds]

    def _of_dummies(self, weights: Array) -> Array:
        s = len(self._few)
        row, cell, product = self._pairs
        sums = np.bincount(cell, product * weights[row], s * s)
        return _mirrored(np.asarray(sums, dtype="float64").reshape(s, s))

    @cached_property
    def _pairs(self) -> tuple[Any, Any, Array]:
        """Return row, cell of the gram matrix, and product of the pairs of dummies of a row.

        A pair is listed once, with the earlier column first.
        """
        sparse, s = self._sparse, len(self._few)
        counts = np.diff(sparse.indptr)
        owner = np.repeat(np.arange(self._n), counts)
        first = np.repeat(np.arange(sparse.nnz), counts[owner])
        begins = np.repeat(sparse.indptr[:-1][owner], counts[owner])
        runs = np.cumsum(counts[owner]) - counts[owner]
        second = begins + np.arange(len(first)) - np.repeat(runs, counts[owner])
        once = sparse.indices[first] <= sparse.indices[second]
        first, second = first[once], second[once]
        cell = sparse.indices[first].astype(np.intp) * s + sparse.indices[second]
        return owner[first], cell, sparse.data[first] * sparse.data[second]


def _mirrored(upper: Array) -> Array:
    """Return symmetric matrices, shape (..., s, s), from those that are zero below the diagonal."""
    return np.asarray(upper + np.triu(upper, 1).swapaxes(-1, -2))


@dataclass(frozen=True, eq=False)
class Combined:
    """Linear combinations of the columns of a design, in some of its rows.

    Parameters
    ----------
    whole : the design.
    turn : shape (k, m), the combinations: a selection of columns, or sums of some.
    used : shape (n,), 1 for rows that count and 0 for others, whose predictor is 0.
    """

    whole: Columns
    turn: Array
    used: Array

    def predictor(self, at: Array) -> Array:
        """See :class:`Columns`."""
        return self.whole.predictor(self.turn @ at) * self.used

    def cross(self, values: Array) -> Array:
        """See :class:`Columns`."""
        return np.asarray(self.turn.T @ self.whole.cross(values))

    def gram(self, weights: Array) -> Array:
        """See :class:`Columns`."""
        return np.asarray(self.turn.T @ self.whole.gram(weights) @ self.turn)


def columns_of(values: Array) -> Dense | Mixed:
    """Return a design so that its products cost little."""
    return Mixed(values) if values.size >= LARGE else Dense(values)
