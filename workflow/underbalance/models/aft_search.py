"""Newton steps to the maximum of the likelihood of log times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from underbalance.models.aft_likelihood import (
    Array,
    Derivatives,
    ErrorLaw,
    Flags,
    Times,
    derivatives,
)

MAX_ITERATIONS = 40
STEP_TOLERANCE = 1e-7  # in standardised errors; Newton squares it in the step that is taken
FLAT = 1e-12  # information of a row, on average, below which the likelihood has no top
ROUNDING = 1e-10  # of the log-likelihood
MAX_HALVINGS = 60
DEPENDENT = 1e-13  # smallest eigenvalue of columns of like size
PART = 1e-5  # of a dependence, that makes a column one of those in it


@dataclass(frozen=True, eq=False)
class Top:
    """Where the search ended: (gamma, tau), shape (p + 1,); ``moving`` are those without a top."""

    position: Array
    loglik: float
    moving: Flags


def search(x: Array, times: Times, weights: Array, law: ErrorLaw, start: Array, free: Flags) -> Top:
    """Return the maximum over the free elements of (gamma, tau).

    Along a separating direction Newton's steps do not shrink while the likelihood
    flattens: its elements come back as ``moving``.

    Parameters
    ----------
    x : shape (n, p).
    weights : shape (n,), how often a row counts.
    start : shape (p + 1,); elements that are not free stay.
    """
    squares = np.append(weights @ x**2, weights @ times.middle() ** 2)
    size = np.sqrt(squares / weights.sum())

    def at(position: Array) -> Derivatives:
        with np.errstate(all="ignore"):  # a step too far is seen by its likelihood
            return derivatives(times, x @ position[:-1], position[-1], law)

    position, slopes = start, at(start)
    for _ in range(MAX_ITERATIONS):
        gradient, hessian = sums(x, slopes, weights)
        step = np.zeros(len(start))
        step[free] = _uphill(gradient[free], -hessian[np.ix_(free, free)])
        position, slopes = _climb(at, position, step, weights, float(weights @ slopes.loglik))
        if (np.abs(step) * size < STEP_TOLERANCE).all():
            break
    flat = free & (-np.diag(hessian) < FLAT * size**2 * weights.sum())
    moving = flat | (np.abs(step) * size >= STEP_TOLERANCE)
    return Top(position, float(weights @ slopes.loglik), moving)


def sums(x: Array, slopes: Derivatives, weights: Array) -> tuple[Array, Array]:
    """Return gradient, shape (p + 1,), and Hessian in (gamma, tau) of weighted rows."""
    gradient = np.append(x.T @ (weights * slopes.by_x), weights @ slopes.by_tau)
    hessian = np.empty((len(gradient), len(gradient)))
    hessian[:-1, :-1] = x.T @ (x * (weights * slopes.by_x_x)[:, None])
    hessian[:-1, -1] = hessian[-1, :-1] = x.T @ (weights * slopes.by_x_tau)
    hessian[-1, -1] = weights @ slopes.by_tau_tau
    return gradient, hessian


def dependent(x: Array, weights: Array) -> tuple[Flags, Flags]:
    """Return columns that the weighted rows do not identify, and those to do without.

    A dependence of several columns leaves none of them identified, but without one of them the
    others span the same.
    """
    size = np.sqrt(weights @ x**2)
    absent = size == 0
    scaled = x / np.where(absent, 1, size)
    gram = scaled.T @ (scaled * weights[:, None])
    lost, out = absent.copy(), absent.copy()
    while not out.all():
        values, vectors = np.linalg.eigh(gram[np.ix_(~out, ~out)])
        if values[0] > DEPENDENT:
            break
        columns, parts = np.flatnonzero(~out), np.abs(vectors[:, 0])
        lost[columns[parts > PART]] = True
        out[columns[parts.argmax()]] = True
    return lost, out


def _uphill(gradient: Array, curvature: Array) -> Array:
    """Return the Newton step, or one between it and the steepest where it would lead down."""
    size = np.sqrt(np.maximum(np.abs(np.diag(curvature)), np.finfo("float64").tiny))
    scaled, ridge = curvature / np.outer(size, size), 0.0
    while True:
        try:
            root = np.linalg.cholesky(scaled + ridge * np.eye(len(size)))
        except np.linalg.LinAlgError:
            ridge = max(10 * ridge, 1e-10)
            continue
        scaled_step: Array = np.linalg.solve(root.T, np.linalg.solve(root, gradient / size))
        return scaled_step / size


def _climb(
    at: Callable[[Array], Derivatives], position: Array, step: Array, weights: Array, loglik: float
) -> tuple[Array, Derivatives]:
    """Return position and derivatives after the step, halved until nothing is lost by it."""
    lowest = loglik - ROUNDING * abs(loglik)
    for halvings in range(MAX_HALVINGS):
        ahead = position + step / 2**halvings
        if ahead[-1] > 0:
            slopes = at(ahead)
            if weights @ slopes.loglik >= lowest:
                return ahead, slopes
    return position, at(position)
