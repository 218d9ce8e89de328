"""The maximum of the partial likelihood: Newton steps, halved where they go too far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.cox_likelihood import Point, Problem, at
from underbalance.models.model import Array

MAX_STEPS = 60
MAX_HALVINGS = 30
CONVERGED = 1e-10  # gain in log-likelihood that the last step promised
IDENTIFIED = 1e-10  # share of a covariate's variance that the terms before it leave
RUNS_OFF = 1e-6  # standard deviations: a step above this that does not shrink has no end


@dataclass(frozen=True, eq=False)
class Maximum:
    """The likelihood at its maximum.

    Parameters
    ----------
    held : which slopes stayed at their start (mask, shape (k,)).
    infinite : which have no finite maximum (mask, shape (k,)).
    """

    point: Point
    held: NDArray[np.bool_]
    infinite: NDArray[np.bool_]


def maximise(problem: Problem, start: Array, free: NDArray[np.bool_]) -> Maximum:
    """Return the maximum over the free slopes; the others stay at ``start``.

    A slope whose likelihood rises for ever is found by its steps: near a maximum Newton steps
    shrink quadratically, on the way to infinity each is about as long as the one before.

    Raises
    ------
    EstimationError : when Newton's method does not converge.
    """
    point = at(problem, start)
    if not np.isfinite(point.loglik):
        point = at(problem, np.where(free, 0.0, start))
    before = np.full(int(free.sum()), np.inf)
    for _ in range(MAX_STEPS):
        step = _newton_step(point, free)
        promised = float(point.score[free] @ step)
        endless = np.zeros(len(free), dtype=bool)
        endless[free] = (np.abs(step) > RUNS_OFF) & (np.abs(step) > np.abs(before) / 2)
        if endless.any() and not np.isfinite(_moved(point, step, free).loglik):
            return Maximum(point, ~free, endless)
        point = _uphill(point, step, free)
        if promised < CONVERGED:
            return Maximum(point, ~free, endless)
        before = step
    raise EstimationError(f"no maximum of the likelihood was found in {MAX_STEPS} steps")


def unidentified(point: Point) -> NDArray[np.bool_]:
    """Return which slopes are constant or collinear within the risk sets (mask, shape (k,))."""
    # Cholesky's pivots: the variance within risk sets that the terms before leave of each.
    x, weight = point.problem.x, point.problem.rows.weight * point.expected
    size = (weight @ x**2).clip(min=np.finfo(float).tiny)
    left: Array = point.information / np.sqrt(np.outer(size, size))
    lost = np.zeros(len(left), dtype=bool)
    for i in range(len(left)):
        lost[i] = left[i, i] <= IDENTIFIED
        if not lost[i]:
            left = left - np.outer(left[:, i], left[i]) / left[i, i]
    return lost


def _newton_step(point: Point, free: NDArray[np.bool_]) -> Array:
    try:
        step = np.linalg.solve(point.information[np.ix_(free, free)], point.score[free])
    except np.linalg.LinAlgError as error:
        raise EstimationError("the information matrix is singular on the way") from error
    return np.asarray(step, dtype="float64")


def _moved(point: Point, step: Array, free: NDArray[np.bool_]) -> Point:
    slopes = point.slopes.copy()
    slopes[free] += step
    return at(point.problem, slopes)


def _uphill(point: Point, step: Array, free: NDArray[np.bool_]) -> Point:
    slack = 1e-12 * (1 + abs(point.loglik))
    for _ in range(MAX_HALVINGS):
        reached = _moved(point, step, free)
        if reached.loglik >= point.loglik - slack:
            return reached
        step = step / 2
    raise EstimationError("no Newton step raises the likelihood")
