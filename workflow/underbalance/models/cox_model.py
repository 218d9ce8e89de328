"""The Cox model as inference sees it: estimated again, linearised, with another regressor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.cox_likelihood import Point, Problem, at, problem
from underbalance.models.cox_maximum import Maximum, maximise, unidentified
from underbalance.models.model import Array, Linearised


@dataclass(frozen=True, eq=False)
class CoxModel:
    """A Cox model (see :class:`underbalance.models.model.Model`).

    Parameters
    ----------
    problem : rows, risk sets and covariates.
    start : slopes per standard deviation from which Newton's method begins, shape (k,).
    """

    problem: Problem
    start: Array

    @property
    def terms(self) -> list[str]:
        """Names of the covariates."""
        return self.problem.rows.terms

    @property
    def clusters(self) -> list[str]:
        """Names of the clusters, sorted."""
        return self.problem.rows.clusters

    @property
    def index(self) -> pd.Index:
        """Labels of the rows used, as in the data that were given."""
        return self.problem.rows.index

    @cached_property
    def point(self) -> Point:
        """The likelihood at its maximum.

        Raises
        ------
        EstimationError : when a covariate is collinear or has no finite coefficient.
        """
        self._stop_if(unidentified(at(self.problem, np.zeros(len(self.terms)))), COLLINEAR)
        return self._maximum(np.ones(len(self.terms), dtype=bool), self.start)

    def refit(self, weights: Array) -> Array:
        """Return the estimates, shape (k,), with the case weights of cluster g times weights[g].

        Under Breslow's ties that is the same as repeating its rows. Efron's would take the
        copies for events that tie with each other; they are weighted instead.
        A term that is constant, collinear or without a finite estimate then is nan.

        Raises
        ------
        EstimationError : when no event is left or no term is identified.
        """
        again = self.reestimated(weights)
        lost = again.held | again.infinite
        estimates: Array = np.where(lost, np.nan, again.point.estimates)
        return estimates

    def reestimated(self, weights: Array) -> Maximum:
        """Return the likelihood at its maximum with clusters weighted as in ``refit``."""
        rows = self.problem.rows
        again = self.problem.weighted(rows.weight * np.asarray(weights)[rows.cluster])
        if not len(again.terms.weight):
            raise EstimationError("no event has a weight above zero")
        start = self.point.slopes
        lost = unidentified(at(again, start))
        if lost.all():
            raise EstimationError("no term is identified with these weights")
        return maximise(again, np.where(lost, 0.0, start), ~lost)

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        """Return the model at the estimates under the null.

        Scores are sums of the score residuals of Lin and Wei (1989), which count what a row
        adds while it is at risk, and not only its event. Information is each cluster's sum of
        ∫ (x − mean)(x − mean)' dΛ over its rows at risk: the expected slope of its score.
        """
        unknown = [term for term in null if term not in self.terms]
        if unknown:
            raise EstimationError(f"no term '{unknown[0]}' in the model")
        held = np.array([term in null for term in self.terms])
        values = np.array([null.get(term, 0.0) for term in self.terms])
        start = np.where(held, values * self.problem.scale, self.point.slopes)
        point = self._maximum(~held, start) if null else self.point
        return Linearised(point.estimates, point.cluster_scores(), information_by_cluster(point))

    def replaced(self, term: str, values: pd.Series[float]) -> CoxModel:
        """Return the model with another regressor in the place of ``term``."""
        if term not in self.terms:
            raise EstimationError(f"no term '{term}' in the model")
        rows, place = self.problem.rows, self.terms.index(term)
        column = values.reindex(rows.index).to_numpy(dtype="float64")
        known = ~np.isnan(column)
        if not (rows.event & known).any():
            raise EstimationError(f"no row with an event has a value of the new '{term}'")
        x = rows.x.copy()
        x[:, place] = column
        rows = replace(rows, x=x)
        start = np.where(np.arange(len(self.terms)) == place, 0.0, self.point.slopes)
        if known.all():
            return CoxModel(problem(rows, self.problem.ties, self.problem.risk), start)
        rows = rows.kept(known)
        left, codes = np.unique(rows.cluster, return_inverse=True)
        rows = replace(rows, cluster=codes, clusters=[rows.clusters[g] for g in left])
        return CoxModel(problem(rows, self.problem.ties), start)

    def _maximum(self, free: NDArray[np.bool_], start: Array) -> Point:
        maximum = maximise(self.problem, start, free)
        self._stop_if(maximum.infinite, INFINITE)
        return maximum.point

    def _stop_if(self, broken: NDArray[np.bool_], why: str) -> None:
        if broken.any():
            names = ", ".join(f"'{self.terms[i]}'" for i in np.flatnonzero(broken))
            raise EstimationError(f"{names} {why}")


COLLINEAR = "is constant or collinear with the terms before it in every risk set"
INFINITE = "has no finite coefficient: it tells perfectly who has the event first"


def information_by_cluster(point: Point) -> Array:
    """Return each cluster's share of the information, shape (G, k, k), in units of x."""
    problem, rows = point.problem, point.problem.rows
    x, s1, d1 = problem.x, point.s1, point.d1
    rate = rows.weight * point.expected
    means = (rows.weight * point.relative)[:, None] * point.expected_means
    squares = _hazards_by_cluster(point)
    order = np.argsort(rows.cluster, kind="stable")
    ends = np.cumsum(np.bincount(rows.cluster))
    shares = np.empty((len(ends), x.shape[1], x.shape[1]))
    tied = bool(point.problem.terms.share.any())
    for g, end in enumerate(ends):
        own = order[ends[g - 1] if g else 0 : end]
        cross = x[own].T @ means[own]
        shares[g] = x[own].T @ (x[own] * rate[own, None]) - cross - cross.T
        shares[g] += s1.T @ (s1 * squares[0, g][:, None])
        if tied:
            cross = s1.T @ (d1 * squares[1, g][:, None])
            shares[g] += d1.T @ (d1 * squares[2, g][:, None]) - cross - cross.T
    return shares * np.outer(problem.scale, problem.scale)


def _hazards_by_cluster(point: Point) -> Array:
    """Return Σ_l w·f^p·(R − f·E)/φ³ for p = 0, 1, 2, shape (3, G, D), in units of s0².

    R and E are the sums of w·exp(xb) over a cluster's rows at risk and its events.
    """
    problem, rows, risk = point.problem, point.problem.rows, point.problem.risk
    g, d, terms = int(rows.cluster.max()) + 1, len(risk.times), problem.terms
    size = rows.weight * point.relative
    cell = rows.cluster * (d + 1)
    change = np.bincount(cell + risk.first, size, g * (d + 1))
    change -= np.bincount(cell + risk.last, size, g * (d + 1))
    at_risk = change.reshape(g, d + 1).cumsum(axis=1)[:, :d]
    happening = risk.event_rows
    cell = rows.cluster[happening] * d + risk.event_times
    events = np.bincount(cell, size[happening], g * d).reshape(g, d)
    q = [
        np.bincount(terms.time, terms.weight * terms.share**p / point.rest**3, d) / point.s0
        for p in range(4)
    ]
    return np.array([at_risk * q[p] - events * q[p + 1] for p in range(3)])
