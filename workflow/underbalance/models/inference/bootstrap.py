"""The restricted wild cluster bootstrap, by linearised scores for models that are not linear."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.inference.draws import cluster_draws
from underbalance.models.inference.interval import interval
from underbalance.models.inference.one_step import (
    Influence,
    correction,
    influence,
    model_of,
    observed,
    squares,
)
from underbalance.models.inference.result import TIE, Inference
from underbalance.models.model import Array, Model
from underbalance.models.tidy import Fit

AFFINE = 1e-8  # relative departure from a straight line that is rounding
PROBE = 2.0  # standard errors from the estimate at which a model is tried for being linear

PValue = Callable[[float], float]


def wild_bootstrap(
    fit: Fit,
    term: str,
    *,
    random: np.random.Generator,
    draws: int = 9999,
    distribution: str | None = None,
    level: float = 0.95,
) -> Inference:
    r"""Return the restricted wild cluster bootstrap's test of zero and the interval it inverts to.

    With the model estimated under the null, s_g the scores and A_g the information of cluster
    g there (A their sum), a draw multiplies each cluster's scores by v_g and

    .. math:: t^* = \frac{[A^{-1} \sum_h v_h s_h]_j}{\sqrt{c \sum_g [A^{-1} s^*_g]_j^2}},
        \quad s^*_g = v_g s_g - A_g A^{-1} \sum_h v_h s_h

    The sample's own t has every v_g = 1. In a linear model t is the Wald statistic of CRV1 and
    t* that of the model estimated again on y* = ŷ + v_g û, both under the null: the WCR
    bootstrap of Cameron, Gelbach and Miller (2008), fast as in Roodman et al. (2019) and
    MacKinnon (2023). In others it is the score bootstrap of Kline and Santos (2012) with the
    one-step variance of MacKinnon, Nielsen and Webb (2024).

    p is the share of |t*| ≥ |t|, ties counted (:meth:`Draws.p_value`). The interval holds the
    null values that are not rejected, by the same draws; it excludes zero exactly when
    p < 1 − level. An end that is not found is nan, and the note says so.

    Parameters
    ----------
    random : generator of the draws (:func:`draws.generator`).
    draws : number of draws; all possible ones where there are no more.
    distribution : ``"Rademacher"`` or ``"Webb"``; by default Webb under 13 clusters.

    Returns
    -------
    Inference
        ``statistic`` is t; there is no standard error and no df of its own.

    Raises
    ------
    EstimationError
        If the model cannot be estimated under the null of zero, or one cluster alone
        identifies the term.
    """
    model = model_of(fit)
    estimate, std_error = float(fit.estimates[term]), float(fit.std_errors[term])
    statistic = observed(_at(model, term)(0.0)) / correction(fit, term) ** 0.5
    weights = cluster_draws(len(model.clusters), draws, random, distribution)
    extreme = _extreme(model, term, weights.weights, estimate, std_error)
    p_value = _remembered(lambda null: weights.p_value(extreme(null)))
    low, high, missing = interval(p_value, estimate, std_error, level=level)
    return Inference(
        estimate=estimate,
        statistic=statistic,
        p_value=p_value(0.0),
        ci_low=low,
        ci_high=high,
        draws=len(weights.weights),
        note="; ".join([weights.name, *missing]),
    )


def wild_p_value(
    fit: Fit,
    term: str,
    null: float,
    *,
    random: np.random.Generator,
    draws: int = 9999,
    distribution: str | None = None,
) -> float:
    """Return the p-value of any one null value, as in :func:`wild_bootstrap`."""
    model = model_of(fit)
    weights = cluster_draws(len(model.clusters), draws, random, distribution)
    at_null = _at(model, term)(null)
    return weights.p_value(_count(*_parts(at_null, _with_sample(weights.weights))))


def _at(model: Model, term: str) -> Callable[[float], Influence]:
    position = model.terms.index(term)
    return lambda null: influence(model.linearised({term: null}), position)


def _extreme(
    model: Model, term: str, weights: Array, estimate: float, std_error: float
) -> Callable[[float], int]:
    """Return the function from a null value to the number of draws with |t*| ≥ |t|."""
    at, signed = _at(model, term), _with_sample(weights)
    line = _line(at, estimate, std_error)
    if line is None:
        return lambda null: _count(*_parts(at(null), signed))
    middle, slope = line
    left, turn = signed @ middle.left.T, signed @ slope.left.T
    shift, drift = signed @ middle.shift, signed @ slope.shift
    pairs = (left, left), (left, turn), (turn, turn)
    quadratic = [np.einsum("bg,bg->b", one, other) for one, other in pairs]

    def count(null: float) -> int:
        u = (null - estimate) / std_error
        return _count(shift + u * drift, quadratic[0] + 2 * u * quadratic[1] + u**2 * quadratic[2])

    return count


def _line(
    at: Callable[[float], Influence], estimate: float, std_error: float
) -> tuple[Influence, Influence] | None:
    """Return influence at the estimate and its change per standard error, if it is a line.

    It is in linear models, where all null values then cost what one costs.
    """
    try:
        below, middle, above = (at(estimate + u * std_error) for u in (-PROBE, 0.0, PROBE))
    except EstimationError:
        return None
    for name in ("shift", "left"):
        low, mid, high = (getattr(point, name) for point in (below, middle, above))
        if np.abs(low + high - 2 * mid).max() > AFFINE * np.abs(high - low).max():
            return None
    slope = Influence(
        (above.shift - below.shift) / (2 * PROBE), (above.left - below.left) / (2 * PROBE)
    )
    return middle, slope


def _with_sample(weights: Array) -> Array:
    """Return the draws below a first one that leaves the sample as it is."""
    return np.vstack([np.ones(weights.shape[1]), weights])


def _parts(of: Influence, signed: Array) -> tuple[Array, Array]:
    return signed @ of.shift, squares(of, signed)


def _count(numerator: Array, variance: Array) -> int:
    """Count the draws (rows from the second) at least as extreme as the sample (the first).

    Without division, so that a draw that leaves no variance counts as extreme.
    """
    ours, theirs = numerator[0] ** 2, numerator[1:] ** 2
    return int((theirs * variance[0] >= ours * variance[1:] * (1 - 2 * TIE)).sum())


def _remembered(function: PValue) -> PValue:
    known: dict[float, float] = {}

    def remembered(null: float) -> float:
        if null not in known:
            known[null] = function(null)
        return known[null]

    return remembered
