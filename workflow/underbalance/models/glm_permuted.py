"""Tests of many regressors in the place of one of a generalised linear model.

With the coefficient held at zero the model does not hold the regressor. Its score statistic
needs but what is left of the regressor, z, once the other terms are taken out with the
information W as weights: with u_g the sum of slope·z and q_g that of W·z² over the rows of
cluster g, S and D their sums,

    t = S / sqrt(Σ_g (u_g − q_g S/D)²),

which is the one-step statistic of ``inference.one_step``, written by its scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from underbalance.errors import EstimationError
from underbalance.models.columns import Combined
from underbalance.models.dummies import within_varying_levels
from underbalance.models.glm import Glm
from underbalance.models.scoring import Array, Parts, maximise

LEFT = 1e-6  # share of a regressor's spread that the other terms must leave
ROUNDING = 1e-12  # share of a regressor's squares that may be rounding
CLEAR = 1e-7  # smallest pivot, of one, of terms that are clearly not collinear
NO_VARIANCE = 1e-16  # share of the squared scores that between clusters must be left


@dataclass(frozen=True, eq=False)
class _Null:
    """The model without the regressor at its maximum, in the rows that count."""

    design: Combined
    parts: Parts


def statistics_at_zero(model: Glm, position: int, columns: Array) -> Array:
    """See :class:`underbalance.models.model.Permutable`; ``position`` is that of the term.

    No number is given, so that the whole model is tried, where the other terms have no
    maximum or are near to collinear in the rows with a value, little is left of the regressor,
    or it is not certain that the model with it has a maximum.
    """
    found = np.full(columns.shape[1], np.nan)
    if position < model.n_nuisance:
        return found
    known = ~np.isnan(columns)
    whole = known.all(axis=0)
    if whole.any():
        found[whole] = _tested(
            model, _at_zero(model, position, known[:, whole][:, 0]), columns[:, whole]
        )
    for number in np.flatnonzero(~whole):
        null = _at_zero(model, position, known[:, number])
        found[number] = _tested(model, null, np.nan_to_num(columns[:, [number]]))[0]
    return found


def _at_zero(model: Glm, position: int, known: Array) -> _Null | None:
    weights = known.astype("float64")
    weights = within_varying_levels(model.family, model.outcome, model.factors, weights)
    if not weights.any():
        return None
    firsts = model.groups(weights)
    group = np.searchsorted(firsts, model.baseline.firsts, side="right") - 1
    rest = np.delete(np.arange(len(group), len(model.terms)), position - len(group))
    # a level whose rows are all left out has no coefficient
    filled = (model.columns.cross(weights) != 0) | (np.arange(len(model.terms)) >= model.n_nuisance)
    rest = rest[filled[rest]]
    turn = np.zeros((len(model.terms), len(firsts) + len(rest)))
    turn[np.arange(len(group)), group] = 1
    turn[rest, len(firsts) + np.arange(len(rest))] = 1
    design = Combined(model.columns, turn, weights)
    begin = np.concatenate([np.searchsorted(group, np.arange(len(firsts))), rest])
    try:
        start = model.at_zero(position)[begin]
        at = maximise(model.family, design, model.outcome, weights, model.offset, start)
    except EstimationError:
        return None
    parts = model.family.parts(model.outcome, model.offset + design.predictor(at))
    return _Null(design, Parts(*(weights * part for part in parts)))


def _tested(model: Glm, null: _Null | None, columns: Array) -> Array:
    """Return the statistic of each column, nan where there is doubt."""
    none = np.full(columns.shape[1], np.nan)
    if null is None:
        return none
    weights, slope, used = null.parts.expected[:, None], null.parts.slope, null.design.used
    left = _less_terms(null, columns)
    if left is None:
        return none
    runs = np.flatnonzero(np.diff(model.cluster_codes, prepend=-1))
    scores = np.add.reduceat(left * slope[:, None], runs)
    information = np.add.reduceat(left**2 * weights, runs)
    total, spread = scores.sum(axis=0), information.sum(axis=0)
    mean = used @ columns / used.sum()
    least = LEFT * (weights * (columns - mean) ** 2).sum(axis=0)
    least += ROUNDING * (weights * columns**2).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = total / spread
        variance = ((scores - information * step) ** 2).sum(axis=0)
        clear = (spread > least) & (variance > NO_VARIANCE * (scores**2).sum(axis=0))
        clear &= _has_maximum(model, null, left * step)
        return np.where(clear, total / np.sqrt(variance), np.nan)


def _less_terms(null: _Null, columns: Array) -> Array | None:
    """Return the columns less their weighted regression on the other terms."""
    weights, design = null.parts.expected, null.design
    information = design.gram(weights)
    size = np.sqrt(np.diag(information))
    if not (size > 0).all():
        return None
    try:
        factor = cho_factor(information / np.outer(size, size), lower=True, check_finite=False)
    except LinAlgError:
        return None
    if not (np.diag(factor[0]) ** 2 > CLEAR).all():
        return None
    sums = design.cross(weights[:, None] * columns) / size[:, None]
    fitted = cho_solve(factor, sums, check_finite=False) / size[:, None]
    return columns - np.stack([design.predictor(one) for one in fitted.T], axis=1)


def _has_maximum(model: Glm, null: _Null, moved: Array) -> Array:
    """Say for each column whether the model with it is sure to have a maximum.

    It has one if some positive weights of all rows at the edge of the outcome, signed by the
    edge, and any of other rows, are orthogonal to all columns: no direction of coefficients
    then moves only rows at the edge and all of them towards it. The slopes at the null are
    orthogonal to the other terms, and less W·z·S/D to the regressor too.
    """
    slope, weights = null.parts.slope[:, None], null.parts.expected[:, None]
    edge = (model.outcome == 0) | (model.outcome == model.family.top)
    used = (null.design.used > 0) & edge
    return np.asarray(((slope - weights * moved)[used] * slope[used] > 0).all(axis=0))
