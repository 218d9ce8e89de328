"""Least squares as inference asks for it: cluster by cluster, estimated again at no cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotrs

from underbalance.errors import EstimationError
from underbalance.models.model import Array, Linearised
from underbalance.models.rows import ABSORBED, count_clusters

CONSTANT = "constant"
DEPENDENT = 1e-11  # share of a column's sum of squares below which what is left is rounding
UNIDENTIFIED = 1e-6  # part of a coefficient in a direction about which the rows say nothing


class LinearModel:
    r"""Least squares of an outcome on named columns, by clusters (a :class:`Model`).

    Effects nested in the clusters, such as those of entities, may be swept out: within a
    cluster all rows have the same weight, so that deviations from the means of an entity
    give the very regression with its dummy under any weights of clusters. A cluster counted
    twice is then a new entity. Other effects must stand in the design as dummies: the year
    means of a reweighted sample are not those of the sample.

    Scores are X_g'(y_g − X_g b)/s² and the information is X_g'X_g/s², with s² = RSS/(n − k) at
    the unrestricted estimates, whatever the null. The inverse of the information is thus the
    conventional covariance, and s² falls out of every sandwich.

    Parameters
    ----------
    rows : the data that are used, with what ``make`` needs.
    make : makes the model of other rows, for :meth:`replaced`.
    outcome : shape (n,).
    design : columns of numbers, shape (n, k), without those swept out.
    clusters : shape (n,).
    effects : names of nuisance columns, of which those that depend on others are left out.
    absorbed : labels of the groups of rows whose means are swept out.
    alone : whether a regressor of the rows is in the design as it is and in no other column,
        so that many in its place can be tested without ``make``.

    Raises
    ------
    EstimationError
        If a column that is not an effect is constant or collinear, there is but one cluster,
        or no residual or degree of freedom is left.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        make: Callable[[pd.DataFrame], LinearModel],
        *,
        outcome: pd.Series[float],
        design: pd.DataFrame,
        clusters: pd.Series[str],
        effects: Sequence[str] = (),
        absorbed: pd.Series[str] | None = None,
        alone: bool = False,
    ) -> None:
        self._rows, self._make = rows, make
        self.index = rows.index
        n_clusters = count_clusters(clusters)
        codes, labels = pd.factorize(clusters, sort=True)
        self.clusters = [str(label) for label in labels]
        y: Array = np.asarray(outcome, dtype="float64")
        x: Array = np.asarray(design, dtype="float64")
        self.n_absorbed = 0
        self._alone, self._codes = alone, codes
        self._whole: tuple[Array, Array, NDArray[np.intp] | None] = (y, x, None)
        if absorbed is not None:
            groups, names = pd.factorize(absorbed)
            self.n_absorbed = len(names)
            self._whole = (y, x, groups)
            y, x = less_means(y[:, None], groups)[:, 0], less_means(x, groups)
        self.terms = [str(name) for name in design.columns]
        kept = independent(x, np.linalg.norm(design, axis=0), self.terms, set(effects))
        self.terms = [self.terms[column] for column in kept]
        self.y, self.x = y, x[:, kept]
        self._kept = kept
        self.n, self.rank = len(y), len(kept) + self.n_absorbed
        members = [np.flatnonzero(codes == g) for g in range(n_clusters)]
        self._grams = np.array([self.x[m].T @ self.x[m] for m in members])
        self._moments = np.array([self.x[m].T @ self.y[m] for m in members])
        self.estimates = solve(self._grams.sum(axis=0), self._moments.sum(axis=0))
        self.rss = self.residual_sum_of_squares(self.estimates)
        if self.n <= self.rank:
            raise EstimationError(f"{self.n} rows cannot carry {self.rank} coefficients")
        if self.rss <= DEPENDENT**2 * float(y @ y):
            raise EstimationError(f"the terms fit '{outcome.name}' without a residual")
        self.variance = self.rss / (self.n - self.rank)

    @property
    def loglik(self) -> float:
        """Normal log-likelihood at the estimates, with RSS/n as variance."""
        return float(-self.n / 2 * (np.log(2 * np.pi * self.rss / self.n) + 1))

    def residual_sum_of_squares(self, estimates: Array) -> float:
        """Return the sum of squared residuals at the coefficients, swept effects at their best."""
        residual = self.y - self.x @ estimates
        return float(residual @ residual)

    def refit(self, weights: Array) -> Array:
        """See :meth:`Model.refit`."""
        weights = np.asarray(weights, dtype="float64")
        if not (weights > 0).any():
            raise EstimationError("no cluster has a weight above zero")
        gram = np.tensordot(weights, self._grams, axes=1)
        return solve(gram, weights @ self._moments)

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        """See :meth:`Model.linearised`; exact at every distance, as the model is linear."""
        estimates = self._restricted(null)
        scores = self._moments - self._grams @ estimates
        return Linearised(estimates, scores / self.variance, self._grams / self.variance)

    def replaced(self, term: str, values: pd.Series[float]) -> LinearModel:
        """See :meth:`Model.replaced`; effects left without rows are no terms of the new model."""
        if term not in self._rows:
            raise EstimationError(f"no regressor '{term}' in the model")
        new = values.reindex(self.index).to_numpy(dtype="float64")
        known = ~np.isnan(new)
        if not np.isfinite(new[known]).all() or not known.any():
            raise EstimationError(
                f"'{term}' is missing in all {len(new)} rows, or infinite in some"
            )
        return self._make(self._rows.assign(**{term: new})[known])

    def statistics_at_zero(self, term: str, columns: Array) -> Array:
        """See :class:`underbalance.models.model.Permutable`."""
        from underbalance.models.linear_permuted import Others

        if not self._alone or term not in self._rows or term not in self.terms:
            return np.full(columns.shape[1], np.nan)
        outcome, design, groups = self._whole
        terms = np.delete(design[:, self._kept], self.terms.index(term), axis=1)
        if groups is not None:
            own = np.equal.outer(groups, np.arange(groups.max() + 1)).astype("float64")
            terms = np.hstack([terms, own])
        return Others(outcome, self._codes, terms).statistics_at_zero(columns)

    def _restricted(self, null: Mapping[str, float]) -> Array:
        unknown = sorted(set(null) - set(self.terms))
        if unknown:
            raise EstimationError(f"no term '{unknown[0]}' in the model")
        if not null:
            return self.estimates
        held = np.array([term in null for term in self.terms])
        estimates = np.array([null.get(term, 0.0) for term in self.terms])
        if not held.all():
            gram, moment = self._grams.sum(axis=0), self._moments.sum(axis=0)
            left = moment - gram[:, held] @ estimates[held]
            estimates[~held] = solve(gram[np.ix_(~held, ~held)], left[~held])
        return estimates


def less_means(values: Array, groups: NDArray[np.intp]) -> Array:
    """Return the columns of values less their means over the rows of each group."""
    member = (groups[:, None] == np.arange(groups.max() + 1)).astype("float64")
    means = (member.T @ values) / member.sum(axis=0)[:, None]
    return np.asarray(values - means[groups])


def independent(x: Array, sizes: Array, names: Sequence[str], effects: set[str]) -> list[int]:
    """Return the columns less the effects that others stand for, by elimination.

    ``sizes`` are the norms of the columns before anything was swept out of them.
    """
    norms = np.linalg.norm(x, axis=0)
    norms = np.where(norms < ABSORBED * sizes, 0.0, norms)
    scaled = np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)
    left = scaled.T @ scaled
    kept = []
    for column in sorted(range(len(names)), key=lambda c: names[c] not in effects):
        if left[column, column] > DEPENDENT:
            left -= np.outer(left[:, column], left[column]) / left[column, column]
            kept.append(column)
        elif names[column] not in effects:
            raise EstimationError(
                f"'{names[column]}' is constant or collinear with the terms before it"
            )
    return sorted(kept)


def solve(gram: Array, moment: Array) -> Array:
    """Return the least-squares coefficients, nan for those that are not identified."""
    inverse, known, _ = pseudo_inverse(gram)
    return np.where(known, inverse @ moment, np.nan)


def pseudo_inverse(gram: Array) -> tuple[Array, NDArray[np.bool_], float]:
    """Return the inverse of a sum of squares and products, of rank less than k if need be.

    Returns
    -------
    inverse : shape (k, k); with rank less than k, the pseudo-inverse of the matrix in units in
        which its diagonal is one.
    known : shape (k,), the coefficients that are identified nonetheless.
    log_determinant : the logarithm of the product of the eigenvalues above zero (of the
        determinant, with full rank).
    """
    size = np.sqrt(np.diag(gram))
    size = np.where(size > 0, size, 1.0)
    unit = np.outer(size, size)
    scaled = gram / unit
    logs = 2 * float(np.log(size).sum())
    if not len(gram):
        return gram, np.ones(0, dtype=bool), 0.0
    # LAPACK itself: of matrices this small, scipy's checks take most of the time
    factor, singular = dpotrf(scaled, lower=1)
    pivots = np.diag(factor)
    if not singular and (pivots**2 > DEPENDENT).all():
        inverse, _ = dpotrs(factor, np.eye(len(gram)), lower=1)
        known = np.ones(len(gram), dtype=bool)
        return inverse / unit, known, logs + 2 * float(np.log(pivots).sum())
    values, directions = np.linalg.eigh(scaled)
    known = values > DEPENDENT
    basis = directions[:, known]
    inverse = (basis / values[known]) @ basis.T
    found = (np.abs(directions[:, ~known]) <= UNIDENTIFIED).all(axis=1)
    return inverse / unit, found, logs + float(np.log(values[known]).sum())
