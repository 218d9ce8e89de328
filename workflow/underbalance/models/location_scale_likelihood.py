"""Likelihood of a regression whose disturbance has a log-linear variance, and its maximum."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.linear import pseudo_inverse
from underbalance.models.model import Array

MAX_ITERATIONS = 200
MAX_HALVINGS = 25
LARGEST_STEP = 3.0  # in the log variance of a row
STEP_TOLERANCE = 1e-8  # in the log variance of any row
LOST = 1e-9  # fall of the objective that is rounding
REMEMBERED = 6
NO_SPREAD = 1e-7  # share of the mean squared residual below which a variance goes to zero


@dataclass(frozen=True, eq=False)
class Data:
    """Rows sorted by cluster and group, with the columns of both parts.

    Parameters
    ----------
    y, x, z : outcome (n,), columns of the mean (n, p) and of the scale (n, q).
    counts : shape (n,), how often a row counts; above zero, one value per cluster.
    groups : shape (n,), labels of the groups, as they are named in errors.
    starts : first row of each group.
    sweep_mean, sweep_scale : whether each group has an effect of its own.
    restricted : whether the leverages enter (restricted maximum likelihood).
    """

    y: Array
    x: Array
    z: Array
    counts: Array
    groups: NDArray[np.object_]
    starts: NDArray[np.intp]
    sweep_mean: bool
    sweep_scale: bool
    restricted: bool

    def of_rows(self, used: NDArray[np.bool_], counts: Array) -> Data:
        """Return the data of some rows, all of a group or none."""
        first = np.zeros(len(self.y), dtype=bool)
        first[self.starts] = True
        return replace(
            self,
            y=self.y[used],
            x=self.x[used],
            z=self.z[used],
            counts=counts[used],
            groups=self.groups[used],
            starts=np.flatnonzero(first[used]),
        )

    def sums(self, values: Array) -> Array:
        """Return for every row the sum over its group."""
        return np.asarray(np.add.reduceat(values, self.starts).take(self.group, axis=0))

    @cached_property
    def group(self) -> NDArray[np.intp]:
        """Number of each row's group, ascending."""
        sizes = np.diff(self.starts, append=len(self.y))
        return np.repeat(np.arange(len(sizes)), sizes)

    def less_means(self, values: Array, weights: Array) -> Array:
        """Return the columns less their weighted means over each group."""
        totals = np.add.reduceat(weights, self.starts)
        sums = np.add.reduceat(values * weights[:, None], self.starts)
        return np.asarray(values - (sums / totals[:, None]).take(self.group, axis=0))


@dataclass(frozen=True, eq=False)
class Point:
    """The likelihood at one value of the scale, with the mean at its best there.

    Parameters
    ----------
    beta, gamma : coefficients of mean and scale.
    log_variance : shape (n,), the effects of groups with it.
    x, z : the columns less their weighted group means, where effects are swept out.
    residual : shape (n,).
    excess : shape (n,), e²/σ² − (1 − h).
    share : shape (n,), 1 − h.
    objective : the log-likelihood (restricted or not) without its constant.
    unidentified : of beta.
    """

    beta: Array
    gamma: Array
    log_variance: Array
    x: Array
    z: Array
    residual: Array
    excess: Array
    share: Array
    objective: float
    unidentified: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Null:
    """Coefficients that are held: where, and at what value."""

    beta_held: NDArray[np.bool_]
    gamma_held: NDArray[np.bool_]
    beta: Array
    gamma: Array


def maximise(
    data: Data,
    null: Null,
    start: tuple[Array, Array] | None = None,
    tolerance: float = STEP_TOLERANCE,
) -> Point:
    """Return the maximum, by weighted least squares and scoring in turn.

    Parameters
    ----------
    start : gamma and log variance to begin with.
    tolerance : the last step in the log variance of any row.

    Raises
    ------
    EstimationError : when the variance of a group goes to zero, or no maximum is found.
    """
    here = _first(data, null) if start is None else _at(data, null, *_onto_null(data, null, *start))
    memory = _Memory()
    for _ in range(MAX_ITERATIONS):
        step, known = _scoring_step(data, null, here)
        if np.abs(step[len(here.gamma) :]).max() < tolerance:
            return _marked(here, known)
        here = _forward(data, null, here, memory, step)
        _check_variances(data, here)
    raise EstimationError("no maximum of the likelihood of the variance was found")


def one_step(data: Data, null: Null, gamma: Array, log_variance: Array) -> Point:
    """Return the point one scoring step from here, the mean at its best there."""
    here = _at(data, null, gamma, log_variance)
    step, known = _scoring_step(data, null, here)
    q = len(gamma)
    return _marked(_at(data, null, gamma + step[:q], log_variance + step[q:]), known)


def _scoring_step(data: Data, null: Null, at: Point) -> tuple[Array, NDArray[np.bool_]]:
    """Return the step in gamma and in the log variance of each row; the gamma identified."""
    free = ~null.gamma_held
    told = _chosen(at.z, free)
    inverse, known, _ = pseudo_inverse(_gram(told, data.counts * at.share))
    step = np.zeros(len(at.gamma))
    step[free] = inverse @ (told.T @ (data.counts * at.excess))
    change = at.z @ step
    if data.sweep_scale:
        change += data.sums(at.excess) / data.sums(at.share)
    identified = np.ones(len(at.gamma), dtype=bool)
    identified[np.flatnonzero(free)[~known]] = False
    return np.concatenate([step, change]), identified


def _marked(at: Point, known: NDArray[np.bool_]) -> Point:
    """Return the point with nan for what the rows do not identify."""
    beta = np.where(at.unidentified, np.nan, at.beta)
    return replace(at, gamma=np.where(known, at.gamma, np.nan), beta=beta)


def _check_variances(data: Data, at: Point) -> None:
    """Raise EstimationError where a variance goes to zero: its rows can be fitted exactly."""
    log_variance = at.log_variance
    lowest = float(log_variance.min())
    if lowest >= np.log(NO_SPREAD) + log_variance.max():
        return  # nor below the median
    if lowest < np.log(NO_SPREAD * np.median(np.exp(log_variance))):
        group = data.groups[int(log_variance.argmin())]
        raise EstimationError(
            f"the variance of {group} goes to zero: too few rows, or the mean fits them exactly"
        )


class _Memory:
    """The last points and steps, to extrapolate the next (Anderson 1965)."""

    def __init__(self) -> None:
        self.points: list[Array] = []
        self.steps: list[Array] = []

    def extrapolated(self, point: Array, step: Array) -> Array:
        """Return the step to where the steps so far, seen as linear, would vanish."""
        self.points = [*self.points[-REMEMBERED:], point]
        self.steps = [*self.steps[-REMEMBERED:], step]
        if len(self.points) == 1:
            return step
        moves, turns = np.diff(self.points, axis=0), np.diff(self.steps, axis=0)
        share = np.linalg.lstsq(turns.T, step, rcond=1e-8)[0]
        return np.asarray(step - share @ (moves + turns))


def _forward(data: Data, null: Null, here: Point, memory: _Memory, step: Array) -> Point:
    """Return the next point: extrapolated if the objective does not fall, else a shorter step."""
    q = len(here.gamma)
    leap = memory.extrapolated(np.concatenate([here.gamma, here.log_variance]), step)
    length = 1.0
    for tried in [leap, *[step] * MAX_HALVINGS]:
        length = min(length, LARGEST_STEP / max(float(np.abs(tried[q:]).max()), LARGEST_STEP))
        move = length * tried
        there = _at(data, null, here.gamma + move[:q], here.log_variance + move[q:])
        if there.objective >= here.objective - LOST * abs(here.objective):
            return there
        length = length / 2 if tried is step else 1.0
    raise EstimationError("no maximum of the likelihood of the variance was found")


def _first(data: Data, null: Null) -> Point:
    """Return a first point: equal variances, of all rows or within each group."""
    flat = np.zeros(len(data.y))
    held = null.gamma_held
    gamma = np.where(held, null.gamma, 0.0)
    ols = _at(data, null, gamma, flat)
    squares = ols.residual**2
    if data.sweep_scale:
        shift = np.log(data.sums(squares) / data.sums(ols.share))
        return _at(data, null, gamma, data.z @ gamma + shift)
    level = np.log(np.average(squares, weights=data.counts)) - data.z @ gamma
    inverse, _, _ = pseudo_inverse(data.z[:, ~held].T @ data.z[:, ~held])
    gamma[~held] = inverse @ (data.z[:, ~held].T @ level)
    return _at(data, null, gamma, data.z @ gamma)


def _onto_null(data: Data, null: Null, gamma: Array, log_variance: Array) -> tuple[Array, Array]:
    """Return the start with the held coefficients at their values."""
    there = np.where(null.gamma_held, null.gamma, np.nan_to_num(gamma))
    return there, log_variance + data.z @ (there - np.nan_to_num(gamma))


def _at(data: Data, null: Null, gamma: Array, log_variance: Array) -> Point:
    precision = np.exp(-log_variance)
    x = data.less_means(data.x, precision) if data.sweep_mean else data.x
    y = data.less_means(data.y[:, None], precision)[:, 0] if data.sweep_mean else data.y
    free = ~null.beta_held
    told, weights = _chosen(x, free), data.counts * precision
    inverse, known, log_determinant = pseudo_inverse(_gram(told, weights))
    beta = np.where(free, 0.0, null.beta)
    beta[free] = inverse @ (told.T @ (weights * (y - x @ beta)))
    residual = y - x @ beta
    squares = residual**2 * precision
    objective = -0.5 * float((data.counts * (log_variance + squares)).sum())
    leverage = np.zeros(len(y))
    if data.restricted:
        leverage = precision * np.einsum("nk,nk->n", told @ inverse, told)
        objective -= 0.5 * log_determinant
        if data.sweep_mean:
            total = data.sums(precision)
            leverage += precision / total
            objective -= 0.5 * float((data.counts * np.log(total))[data.starts].sum())
    share = 1 - leverage
    z = data.less_means(data.z, share) if data.sweep_scale else data.z
    unidentified = np.zeros(len(beta), dtype=bool)
    unidentified[np.flatnonzero(free)[~known]] = True
    return Point(
        beta, gamma, log_variance, x, z, residual, squares - share, share, objective, unidentified
    )


def _chosen(columns: Array, which: NDArray[np.bool_]) -> Array:
    """Return some of the columns, and all of them without a copy."""
    return columns if which.all() else columns[:, which]


def _gram(columns: Array, weights: Array) -> Array:
    """Return the weighted sums of squares and products; weights are 0 or more but for rounding."""
    half = columns * np.sqrt(np.maximum(weights, 0.0))[:, None]
    return np.asarray(half.T @ half)  # of a matrix and itself: half the work
