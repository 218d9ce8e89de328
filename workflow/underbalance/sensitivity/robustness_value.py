"""How strong something left out would have to be to undo an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from scipy.special import stdtrit

from underbalance.errors import EstimationError
from underbalance.models.model import Array
from underbalance.models.tidy import Fit


@dataclass(frozen=True)
class Benchmark:
    """What an omitted variable as strong as a known one would do to an estimate.

    Parameters
    ----------
    rival : the known term.
    r2_obstacle, r2_outcome : partial R² of the omitted variable with the obstacle, and with the
        outcome given the obstacle; the second is at most 1.
    estimate, std_error : after it is taken account of; the sign of the estimate can change.
    """

    rival: str
    r2_obstacle: float
    r2_outcome: float
    estimate: float
    std_error: float


def partial_r2(t: float, dof: float) -> float:
    """Return the partial R² of a term from its conventional t and residual df (eq. 12)."""
    return float(t**2 / (t**2 + dof))


def robustness_value(t: float, dof: float, q: float = 1.0, t_critical: float = 0.0) -> float:
    r"""Return the robustness value of Cinelli and Hazlett (2020, section 4.2).

    The partial R² with obstacle and with outcome alike that an omitted variable needs to
    lower an estimate by the share q and, with ``t_critical`` above 0, until it is below that t.
    With f = q|t|/√dof − t*/√(dof−1): RV = ½(√(f⁴ + 4f²) − f²). 0 if f < 0; where the bound on
    the outcome does not bind, (f_q² − f*²)/(1 + f_q²).

    Parameters
    ----------
    t : conventional (not clustered) t statistic.
    dof : residual degrees of freedom.
    t_critical : positive, of dof−1 degrees of freedom.
    """
    f_q = q * abs(t) / sqrt(dof)
    f_star = t_critical / sqrt(dof - 1)
    f = f_q - f_star
    if f <= 0:
        return 0.0
    if f_star > 0 and f_q > 1 / f_star:
        return (f_q**2 - f_star**2) / (1 + f_q**2)
    return (sqrt(f**4 + 4 * f**2) - f**2) / 2


def clustered_robustness_value(fit: Fit, term: str, alpha: float) -> float:
    """Return the robustness value at alpha, for clustered errors with t(G−1).

    ASSUME: an omitted variable changes the clustered standard error in the same proportion as
    the conventional one, so that the critical value is stretched by the ratio of the two.
    """
    conventional = conventional_error(fit, term)
    stretched = float(stdtrit(fit.df, 1 - alpha / 2)) * fit.std_errors[term] / conventional
    return robustness_value(
        fit.estimates[term] / conventional, residual_df(fit), t_critical=stretched
    )


def benchmark(fit: Fit, term: str, rivals: Sequence[str], k: float = 1.0) -> Benchmark:
    """Return what an omitted variable k times as strong as the strongest rival would do.

    Bounds of Cinelli and Hazlett (2020, section 4.4): its partial R² with the obstacle and with
    the outcome are k times those of the rival, given the other regressors (as in
    ``sensemakr::ovb_partial_r2_bound``). The strongest rival is that which moves the estimate
    most. The standard error is scaled as in :func:`clustered_robustness_value`.
    """
    if not rivals:
        raise EstimationError("the model has no rivals")
    found = [_bounded(fit, term, rival, k) for rival in rivals]
    size = abs(fit.estimates[term])
    toward = np.sign(fit.estimates[term])
    return max(found, key=lambda b: size - toward * b.estimate)


def e_value(log_ratio: float) -> float:
    """Return the E-value of a hazard ratio for a common event (VanderWeele and Ding 2017).

    The risk ratio that an omitted variable needs with the obstacle (per unit) and with the
    event alike to make the estimate. The hazard ratio becomes a risk ratio by
    (1 − 0.5^√HR) / (1 − 0.5^√(1/HR)).
    """
    ratio = exp(abs(log_ratio))
    risk = float((1 - 0.5 ** sqrt(ratio)) / (1 - 0.5 ** sqrt(1 / ratio)))
    return risk + sqrt(risk * (risk - 1))


def residual_df(fit: Fit) -> float:
    """Return n less the terms and effects estimated; raise EstimationError if not known."""
    if "n_parameters" not in fit.extra:
        raise EstimationError("the number of parameters is not known")
    return float(fit.n - fit.extra["n_parameters"])


def conventional_error(fit: Fit, term: str) -> float:
    """Return the standard error of a linear model without clusters, with n−k."""
    return float(np.sqrt(_conventional(fit)[_place(fit, term), _place(fit, term)]))


def _bounded(fit: Fit, term: str, rival: str, k: float) -> Benchmark:
    covariance, dof = _conventional(fit), residual_df(fit)
    d, j = _place(fit, term), _place(fit, rival)
    with_obstacle = covariance[d, j] ** 2 / (covariance[d, d] * covariance[j, j])
    with_outcome = partial_r2(fit.estimates[rival] / sqrt(covariance[j, j]), dof)
    r2_obstacle = k * with_obstacle / (1 - with_obstacle)
    if r2_obstacle >= 1:
        raise EstimationError(f"a variable {k:g} times as strong as '{rival}' is impossible")
    shared = k * with_obstacle**2 / ((1 - k * with_obstacle) * (1 - with_obstacle))
    strength = (sqrt(k) + sqrt(shared)) / sqrt(1 - shared)
    r2_outcome = min(strength**2 * with_outcome / (1 - with_outcome), 1.0)
    error = sqrt(covariance[d, d])
    bias = error * sqrt(dof * r2_outcome * r2_obstacle / (1 - r2_obstacle))
    estimate = float(fit.estimates[term])
    scale = sqrt((1 - r2_outcome) / (1 - r2_obstacle) * dof / (dof - 1))
    return Benchmark(
        rival,
        r2_obstacle,
        r2_outcome,
        estimate - np.sign(estimate) * bias,
        float(fit.std_errors[term]) * scale,
    )


def _place(fit: Fit, term: str) -> int:
    assert fit.model is not None
    return fit.model.terms.index(term)


def _conventional(fit: Fit) -> Array:
    """Return the conventional covariance, (k, k)."""
    if fit.model is None:
        raise EstimationError("the estimator has no conventional covariance")
    return np.asarray(np.linalg.inv(fit.model.linearised({}).information.sum(axis=0)))
