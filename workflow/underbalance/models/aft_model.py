"""An accelerated failure time model that can be estimated again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.aft_likelihood import Array, ErrorLaw, Times, derivatives
from underbalance.models.aft_search import dependent, search, sums
from underbalance.models.model import Linearised
from underbalance.models.rows import dependent_columns

CONSTANT = "constant"
LOG_SCALE = "log_scale"


@dataclass(frozen=True, eq=False)
class Maximum:
    """Estimates, shape (k,), log-likelihood, and terms without a maximum (nan in estimates)."""

    estimates: Array
    loglik: float
    endless: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class AftModel:
    """log T = x'b + scale · e, by clusters: a :class:`underbalance.models.model.Model`.

    Parameters
    ----------
    design : shape (n, p), the columns of x, the constant first; rows sorted by cluster.
    times : log times of the n rows.
    cluster : name of the cluster of each row, ascending.
    law : distribution of e.
    scale_is_one : whether the scale is not estimated (exponential).
    start : where every search starts, shape (k,).
    """

    design: pd.DataFrame
    times: Times
    cluster: NDArray[np.object_]
    law: ErrorLaw
    scale_is_one: bool
    start: Array

    @property
    def terms(self) -> list[str]:
        """The columns of the design and, unless it is one, ``log_scale``."""
        return self._all_terms()[: self._n_terms()]

    @property
    def clusters(self) -> list[str]:
        """Names of the clusters, sorted."""
        return [str(name) for name in self.cluster[self._first_rows]]

    @property
    def index(self) -> pd.Index:
        """Labels of the rows used."""
        return self.design.index

    def refit(self, weights: Array) -> Array:
        """Return the estimates with every row of cluster g counted weights[g] times."""
        return self.maximise(np.asarray(weights, dtype="float64"), {}).estimates

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        """Return scores and observed information by cluster at the estimates under the null."""
        found = self.maximise(np.ones(len(self.clusters)), null)
        if found.endless:
            raise EstimationError(f"no maximum of the likelihood in {', '.join(found.endless)}")
        return self.linearised_at(found.estimates)

    def linearised_at(self, estimates: Array) -> Linearised:
        """Return scores and observed information by cluster at given coefficients."""
        position = _position(self._padded(estimates))
        x = self._x
        slopes = derivatives(self.times, x @ position[:-1], position[-1], self.law)
        bounds = [*self._first_rows, len(x)]
        parts = [slice(*pair) for pair in pairwise(bounds)]
        by_cluster = [sums(x[part], slopes.of(part), np.ones(len(x[part]))) for part in parts]
        gradients, hessians = (np.stack(each) for each in zip(*by_cluster, strict=True))
        k = self._n_terms()
        scores, information = _in_coefficients(position, gradients, hessians)
        return Linearised(estimates, scores[:, :k], information[:, :k, :k])

    def loglik(self, estimates: Array) -> float:
        """Return the log-likelihood of all rows at given coefficients."""
        position = _position(self._padded(estimates))
        fitted = self._x @ position[:-1]
        return float(derivatives(self.times, fitted, position[-1], self.law).loglik.sum())

    def replaced(self, term: str, values: pd.Series[float]) -> AftModel:
        """Return the model with another regressor in the place of ``term``."""
        if term not in self.design.columns:
            raise EstimationError(f"'{term}' is not a regressor of the model")
        new = values.reindex(self.index).to_numpy(dtype="float64")
        known = ~np.isnan(new)
        if not known.any():
            raise EstimationError(f"'{term}' is missing in all {len(new)} rows")
        design = self.design.assign(**{term: new})[known]
        # Rows that drop out may empty a category; the term itself must stand.
        others = design.drop(columns=[CONSTANT, term])
        gone = dependent_columns(others)
        if term in dependent_columns(others.assign(**{term: design[term]})):
            raise EstimationError(f"'{term}' is constant or collinear with the other terms")
        return replace(
            self,
            design=design.drop(columns=gone),
            times=self.times.of(known),
            cluster=self.cluster[known],
            start=self.start[[name not in gone for name in self.terms]],
        )

    def maximise(self, weights: Array, null: Mapping[str, float]) -> Maximum:
        """Return the maximum with clusters weighted and the terms of the null held.

        Raises
        ------
        EstimationError : when no row with an event is left, or the null names no term.
        """
        row_weights = np.repeat(weights, self._cluster_sizes)
        if not (np.isfinite(self.times.high) & (row_weights > 0)).any():
            raise EstimationError("no event in the weighted rows")
        values = self._values(null)
        held = ~np.isnan(values)
        x = self._x
        shift = x[:, held[:-1]] @ values[:-1][held[:-1]]
        others = np.where(held[:-1], 0, x) if null else x
        lost, out = dependent(others, row_weights)
        start = np.where(
            held, np.append(np.zeros(x.shape[1]), values[-1]), self._padded(self.start)
        )
        free = ~np.append(out, held[-1])
        top = search(others, self.times.less(shift), row_weights, self.law, _position(start), free)
        endless = top.moving & ~np.append(lost, held[-1])
        estimates = _coefficients(top.position)
        estimates[np.append(lost, False) | endless] = np.nan
        estimates[held] = values[held]
        names = tuple(name for name, moves in zip(self._all_terms(), endless, strict=True) if moves)
        return Maximum(estimates[: self._n_terms()], top.loglik, names)

    def _all_terms(self) -> list[str]:
        return [*(str(name) for name in self.design.columns), LOG_SCALE]

    def _n_terms(self) -> int:
        return self.design.shape[1] + (0 if self.scale_is_one else 1)

    @cached_property
    def _x(self) -> Array:
        return self.design.to_numpy(dtype="float64")

    @cached_property
    def _first_rows(self) -> NDArray[np.intp]:
        return np.unique(self.cluster, return_index=True)[1]

    @cached_property
    def _cluster_sizes(self) -> NDArray[np.intp]:
        return np.diff(self._first_rows, append=len(self.cluster))

    def _padded(self, estimates: Array) -> Array:
        """Return the estimates with the log scale, which is zero where it is not one of them."""
        return np.append(estimates, 0.0) if self.scale_is_one else estimates

    def _values(self, null: Mapping[str, float]) -> Array:
        """Return the value at which each term is held, nan for those that are not."""
        unknown = [term for term in null if term not in self.terms]
        if unknown:
            raise EstimationError(f"'{unknown[0]}' is not a term of the model")
        values = np.array([null.get(term, np.nan) for term in self._all_terms()])
        if self.scale_is_one:
            values[-1] = 0.0
        return values


def _position(coefficients: Array) -> Array:
    """Return (gamma, tau) = (b, 1) / scale of (b, log scale)."""
    tau = np.exp(-coefficients[-1])
    return np.append(coefficients[:-1] * tau, tau)


def _coefficients(position: Array) -> Array:
    return np.append(position[:-1] / position[-1], -np.log(position[-1]))


def _in_coefficients(position: Array, gradients: Array, hessians: Array) -> tuple[Array, Array]:
    """Return scores and information in (b, log scale) from derivatives in (gamma, tau).

    Parameters
    ----------
    gradients, hessians : shapes (G, p + 1) and (G, p + 1, p + 1).
    """
    tau = position[-1]
    jacobian = np.diag(np.append(np.full(len(position) - 1, tau), 0.0))
    jacobian[:, -1] = -position
    bend = np.zeros_like(hessians)
    bend[:, -1, :] = bend[:, :, -1] = -tau * gradients
    bend[:, -1, -1] = gradients @ position
    return gradients @ jacobian, -(jacobian.T @ hessians @ jacobian + bend)
