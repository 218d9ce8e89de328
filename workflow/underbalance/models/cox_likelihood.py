r"""The partial likelihood of Cox (1972) under the ties of Breslow or of Efron (1977).

At the distinct event time j let S0, S1 be the sums of w·exp(xb) and w·exp(xb)·x over the risk set
and D0, D1 the same over the d rows that have the event. Efron's likelihood has d terms
l = 0, …, d−1 with f = l/d,

    φ_l = S0 − f·D0,    m_l = (S1 − f·D1)/φ_l,    weight = mean weight of the d rows;

Breslow's has one term with f = 0 and the summed weight. Whatever the ties, each term's sums
over rows are linear in (S, D), so that five sums per event time are all that is needed. With
everything in units of S0, so that no power of it overflows: s1 = S1/S0, d1 = D1/S0, φ' = φ/S0,
A = Σ w/φ', B = Σ wf/φ', a = Σ w/φ'², b = Σ wf/φ'², c = Σ wf²/φ'².
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.cox_risk import RiskSets, risk_sets
from underbalance.models.cox_rows import Codes, Rows
from underbalance.models.model import Array

SMALLEST = 1e-250  # sum over a risk set, the largest risk score of all being one


@dataclass(frozen=True, eq=False)
class Terms:
    """Terms of the likelihood: their event time, share f of the events taken out, and weight."""

    time: Codes
    share: Array
    weight: Array


@dataclass(frozen=True, eq=False)
class Problem:
    """Rows, risk sets and covariates (centred, per standard deviation) of a likelihood."""

    rows: Rows
    risk: RiskSets
    ties: str
    x: Array
    centre: Array
    scale: Array
    terms: Terms

    def weighted(self, weight: Array) -> Problem:
        """Return the problem with other case weights, shape (n,)."""
        rows = replace(self.rows, weight=weight)
        return replace(self, rows=rows, terms=_terms(self.risk, weight, self.ties))


@dataclass(frozen=True, eq=False)
class Point:
    """The likelihood at one value of the slopes (per standard deviation).

    Parameters
    ----------
    slopes, score : shape (k,).
    loglik : the log partial likelihood.
    relative : shape (n,), exp(xb + offset − shift).
    s0 : shape (D,). s1, d1 : in units of s0, shape (D, k). rest : φ of each term, likewise.
    sums : A, B, a, b, c, shape (5, D).
    """

    problem: Problem
    slopes: Array
    loglik: float
    score: Array
    relative: Array
    shift: float
    s0: Array
    s1: Array
    d1: Array
    rest: Array
    sums: Array

    @property
    def estimates(self) -> Array:
        """Coefficients in units of the covariates, shape (k,)."""
        estimates: Array = self.slopes / self.problem.scale
        return estimates

    @cached_property
    def inverse_information(self) -> Array:
        """Covariance without clusters, in units of the covariates, shape (k, k)."""
        size = np.outer(self.problem.scale, self.problem.scale)
        return np.asarray(np.linalg.inv(self.information) / size, dtype="float64")

    @cached_property
    def information(self) -> Array:
        """Minus the second derivative, shape (k, k)."""
        return self.weighted_information(np.ones(len(self.s1)))

    @cached_property
    def expected(self) -> Array:
        """Cumulative hazard of each row while at risk, shape (n,): events minus martingale."""
        expected: Array = self.relative * self._accrued(
            self.sums[0] / self.s0, self.sums[1] / self.s0
        )
        return expected

    def weighted_information(self, by_time: Array) -> Array:
        """Return the information with each event time counted ``by_time`` times, shape (D,)."""
        x, (big_a, big_b, a, b, c) = self.problem.x, self.sums * by_time
        rate = (
            self.problem.rows.weight
            * self.relative
            * self._accrued(big_a / self.s0, big_b / self.s0)
        )
        total: Array = x.T @ (x * rate[:, None]) - self.s1.T @ (self.s1 * a[:, None])
        if b.any():
            cross = self.s1.T @ (self.d1 * b[:, None])
            total += cross + cross.T - self.d1.T @ (self.d1 * c[:, None])
        return total

    @cached_property
    def expected_means(self) -> Array:
        """Sum of hazard times mean covariates while at risk, shape (n, k), by row."""
        _, _, a, b, c = self.sums[:, :, None]
        s1, d1 = self.s1 / self.s0[:, None], self.d1 / self.s0[:, None]
        return self._accrued(a * s1 - b * d1, b * s1 - c * d1)

    @cached_property
    def event_means(self) -> Array:
        """Mean of the covariates in the risk set at each event time, shape (D, k)."""
        big_a, big_b = self.sums[:2, :, None]
        weight = np.bincount(self.problem.terms.time, self.problem.terms.weight, len(self.s1))
        with np.errstate(invalid="ignore", divide="ignore"):
            means: Array = (big_a * self.s1 - big_b * self.d1) / weight[:, None]
        return means

    def score_residuals(self) -> Array:
        """Return ∫ (x − mean) dM of each row (Lin and Wei 1989), unweighted, shape (n, k)."""
        x, risk = self.problem.x, self.problem.risk
        residuals = self.relative[:, None] * self.expected_means
        residuals -= self.expected[:, None] * x
        residuals[risk.event_rows] += x[risk.event_rows] - self.event_means[risk.event_times]
        residuals[self.problem.rows.weight == 0] = 0
        return residuals

    def cluster_scores(self) -> Array:
        """Return sums of the score residuals by cluster, shape (G, k), in units of x."""
        rows = self.problem.rows
        weighted = self.score_residuals() * rows.weight[:, None] * self.problem.scale
        g, k = int(rows.cluster.max()) + 1, weighted.shape[1]
        cells = (rows.cluster[:, None] * k + np.arange(k)).ravel()
        return np.asarray(np.bincount(cells, weighted.ravel(), g * k).reshape(g, k))

    def _accrued(self, full: Array, at_own_event: Array) -> Array:
        """Return sums of hazards while at risk; at its own event a row counts 1 − f times."""
        risk = self.problem.risk
        accrued = risk.accrued(full)
        accrued[risk.event_rows] -= at_own_event[risk.event_times]
        return accrued


def problem(rows: Rows, ties: str, risk: RiskSets | None = None) -> Problem:
    """Return the problem of a likelihood; ``ties`` is ``"efron"`` or ``"breslow"``.

    Raises
    ------
    EstimationError : for other ties, a constant covariate, or risk sets of one row each.
    """
    if ties not in ("efron", "breslow"):
        raise EstimationError(f"ties are 'efron' or 'breslow', not '{ties}'")
    risk = risk or risk_sets(rows)
    centre = np.average(rows.x, axis=0, weights=rows.weight)
    centred = rows.x - centre
    scale = np.sqrt(np.average(centred**2, axis=0, weights=rows.weight))
    constant = scale <= 1e-12 * np.abs(rows.x).max(axis=0)
    if constant.any():
        names = ", ".join(f"'{rows.terms[i]}'" for i in np.flatnonzero(constant))
        raise EstimationError(f"{names} is constant")
    terms = _terms(risk, rows.weight, ties)
    return Problem(rows, risk, ties, centred / scale, centre, scale, terms)


def at(problem: Problem, slopes: Array) -> Point:
    """Return the likelihood at slopes per standard deviation, shape (k,).

    Its logarithm is minus infinity where risk scores differ too much for floating point.
    """
    rows, risk, terms = problem.rows, problem.risk, problem.terms
    predictor = problem.x @ slopes + rows.offset
    shift = float(predictor.max())
    relative = np.exp(predictor - shift)
    weighted = np.empty((len(predictor), 1 + len(slopes)))
    weighted[:, 0] = rows.weight * relative
    np.multiply(problem.x, weighted[:, :1], out=weighted[:, 1:])
    s, d = risk.sums(weighted), risk.event_sums(weighted)
    usable = s[:, 0] > SMALLEST
    s0 = np.where(usable, s[:, 0], 1.0)  # where nobody with weight is at risk nothing is counted
    with np.errstate(all="ignore"):
        s1, d1 = s[:, 1:] / s0[:, None], d[:, 1:] / s0[:, None]
        rest = 1 - terms.share * (d[:, 0] / s0)[terms.time]
        hazard = terms.weight / rest
        parts = [hazard, hazard * terms.share]
        parts += [part / rest for part in parts] + [hazard * terms.share**2 / rest]
        events = rows.weight[risk.event_rows]
        logs = terms.weight @ np.log(rest * s0[terms.time])
    loglik = float(events @ (predictor[risk.event_rows] - shift) - logs)
    if not (usable[terms.time].all() and np.isfinite(loglik)):
        loglik = -np.inf
    sums = np.array([np.bincount(terms.time, part, len(s)) for part in parts])
    score = events @ problem.x[risk.event_rows] - sums[0] @ s1 + sums[1] @ d1
    return Point(problem, slopes, loglik, score, relative, shift, s0, s1, d1, rest, sums)


def _terms(risk: RiskSets, weight: Array, ties: str) -> Terms:
    time, of_event = risk.event_times, weight[risk.event_rows]
    counted = of_event > 0
    total = np.asarray(np.bincount(time, of_event, len(risk.times)), dtype="float64")
    if ties == "breslow":
        numbers = np.flatnonzero(total > 0)
        return Terms(numbers, np.zeros(len(numbers)), total[numbers])
    time = time[counted]
    count = np.bincount(time, minlength=len(risk.times))
    before = np.arange(len(time)) - np.searchsorted(time, time)
    return Terms(time, before / count[time], total[time] / count[time])
