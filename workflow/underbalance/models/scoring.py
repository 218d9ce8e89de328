"""Maximum likelihood of generalised linear models by Newton steps, with weights and an offset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from underbalance.errors import EstimationError
from underbalance.models.columns import Columns, Dense

Array = NDArray[np.float64]
Rows = NDArray[np.bool_]

MAX_ITERATIONS = 40  # a separating term moves a predictor by 1 a step: no maximum after 40
STEP_TOLERANCE = 1e-8  # in a predictor; the error after such a step is of the order of its square
MAX_HALVINGS = 30
LARGEST = 700.0  # of a predictor: its exponential is a number
SINGULAR = 1e-11  # eigenvalue of a scaled information below which a direction has none


class NoMaximumError(EstimationError):
    """A likelihood without a maximum, or one that was not found."""


class Parts(NamedTuple):
    """By row: log-likelihood, its slope in the predictor, observed and expected information."""

    loglik: Array
    slope: Array
    observed: Array
    expected: Array


@dataclass(frozen=True)
class Family:
    """A distribution with its link; outcomes are from 0 to ``top``.

    Parameters
    ----------
    parts : of outcomes and predictors, both of shape (n,).
    link : from the mean to the predictor.
    top : outcomes of 0 and of ``top`` are at the edge, where a predictor may run off.
    """

    parts: Callable[[Array, Array], Parts]
    link: Callable[[Array], Array]
    top: float


def maximise(
    family: Family,
    design: Array | Columns,
    outcome: Array,
    weights: Array,
    offset: Array,
    start: Array | None = None,
    max_iterations: int = MAX_ITERATIONS,
) -> Array:
    """Return the coefficients, shape (k,), at which the weighted log-likelihood is largest.

    Both families are concave in the predictor, so that Newton's steps, halved while they
    lead down, reach the maximum from everywhere.

    Parameters
    ----------
    design : shape (n, k), of full rank in the rows with weight; as :class:`Columns`, one
        that is asked often.
    weights : shape (n,), 0 or more.
    offset : shape (n,), added to every predictor.
    start : coefficients to begin at; by default one step from the outcomes themselves.

    Raises
    ------
    NoMaximumError : when the steps do not come to rest.
    """
    if isinstance(design, np.ndarray):
        used = weights > 0
        if not used.all():
            design, outcome, weights, offset = (v[used] for v in (design, outcome, weights, offset))
        if not design.shape[1]:
            return np.zeros(0)
        design = Dense(design)
    if start is not None:
        try:
            return _climb(family, design, outcome, weights, offset, start, max_iterations)
        except NoMaximumError:
            pass  # too far away: a mean that is too large falls by a factor of e a step only
    first = _first(family, design, outcome, weights, offset)
    return _climb(family, design, outcome, weights, offset, first, max_iterations)


def _climb(
    family: Family,
    design: Columns,
    outcome: Array,
    weights: Array,
    offset: Array,
    at: Array,
    max_iterations: int,
) -> Array:
    parts = family.parts(outcome, offset + design.predictor(at))
    for _ in range(max_iterations):
        slope, curvature = weights * parts.slope, weights * parts.observed
        step = _solve(design.gram(curvature), design.cross(slope))
        size = np.abs(design.predictor(step)).max()
        at, parts = _uphill(family, design, outcome, weights, offset, at, step, parts)
        if size < STEP_TOLERANCE:
            return at
    raise NoMaximumError("no maximum of the likelihood was found")


def identified(information: Array) -> tuple[NDArray[np.intp], Rows]:
    """Return columns to keep so that the rest has full rank, and which terms are identified.

    Of dependent columns the last are not kept. A term is identified if no direction without
    information changes it: of two equal columns one is kept, and neither is identified.

    Parameters
    ----------
    information : shape (k, k), for example the design's cross product.
    """
    size = np.sqrt(np.diag(information))
    scale = np.where(size > 0, size, 1.0)
    values, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    empty = vectors[:, values < SINGULAR]
    known = np.abs(empty).max(axis=1, initial=0.0) < np.sqrt(SINGULAR)
    columns = np.arange(len(size))
    return np.setdiff1d(columns, _last_independent(empty)), known


def _last_independent(vectors: Array) -> list[int]:
    """Return the last rows that make up the rank of a matrix with fewer columns than rows."""
    chosen: list[int] = []
    left = vectors.copy()
    for row in reversed(range(len(left))):
        length = np.linalg.norm(left[row])
        if len(chosen) < vectors.shape[1] and length > np.sqrt(SINGULAR):
            chosen.append(row)
            direction = left[row] / length
            left = left - np.outer(left @ direction, direction)
    return chosen


def _first(family: Family, design: Columns, outcome: Array, weights: Array, offset: Array) -> Array:
    """Return the least-squares fit to predictors halfway between each outcome and the mean."""
    mean = np.average(outcome, weights=weights)
    if mean in (0, family.top):
        raise NoMaximumError("no maximum of the likelihood was found")
    predictor = family.link((outcome + mean) / 2)
    parts = family.parts(outcome, predictor)
    informed = weights * parts.expected
    target = predictor + parts.slope / parts.expected - offset
    return _solve(design.gram(informed), design.cross(informed * target))


def _solve(information: Array, slope: Array) -> Array:
    # Scaled to a unit diagonal, so that units of the columns do not matter.
    scale = np.sqrt(np.diag(information))
    if not (np.isfinite(scale).all() and (scale > 0).all()):
        raise NoMaximumError("no maximum of the likelihood was found")
    try:
        factor = cho_factor(information / np.outer(scale, scale), lower=True, check_finite=False)
    except LinAlgError as error:
        raise NoMaximumError("no maximum of the likelihood was found") from error
    return np.asarray(cho_solve(factor, slope / scale, check_finite=False) / scale)


def _uphill(
    family: Family,
    design: Columns,
    outcome: Array,
    weights: Array,
    offset: Array,
    at: Array,
    step: Array,
    parts: Parts,
) -> tuple[Array, Parts]:
    """Return coefficients after the step, halved until it does not lead down, and parts there."""
    before = weights @ parts.loglik
    slack = 1e-10 * (1 + abs(before))  # rounding of the sum
    for halvings in range(MAX_HALVINGS):
        there = at + step / 2**halvings
        parts = family.parts(outcome, offset + design.predictor(there))
        if weights @ parts.loglik >= before - slack:
            return there, parts
    raise NoMaximumError("no maximum of the likelihood was found")


def _cloglog_parts(outcome: Array, predictor: Array) -> Parts:
    """Return parts of 1 − exp(−h) with h = exp(predictor), outcomes 0 and 1."""
    h = np.exp(np.clip(predictor, -LARGEST, LARGEST))
    with np.errstate(over="ignore"):
        odds = h / np.expm1(h)  # h(1−p)/p
    happened = outcome == 1
    with np.errstate(divide="ignore"):
        loglik = np.where(happened, np.log(-np.expm1(-h)), -h)
    slope = np.where(happened, odds, -h)
    observed = np.where(happened, np.maximum(odds * (h + odds - 1), 0), h)
    return Parts(loglik, slope, observed, h * odds)


def _poisson_parts(outcome: Array, predictor: Array) -> Parts:
    """Return parts of a mean of exp(predictor), the log-likelihood without its constant."""
    bounded = np.clip(predictor, -LARGEST, LARGEST)
    mean = np.exp(bounded)
    return Parts(outcome * bounded - mean, outcome - mean, mean, mean)


def _cloglog(probability: Array) -> Array:
    return np.log(-np.log1p(-probability))


CLOGLOG = Family(_cloglog_parts, _cloglog, top=1.0)
POISSON = Family(_poisson_parts, np.log, top=np.inf)
