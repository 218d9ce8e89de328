"""Tests by the t distribution with standard errors clustered by ally."""

from __future__ import annotations

from scipy.special import stdtr, stdtrit

from underbalance.models.inference.result import Inference
from underbalance.models.tidy import Fit


def crv1(fit: Fit, term: str, *, level: float = 0.95) -> Inference:
    """Return the test and interval of the fit's own clustered covariance and t(G−1).

    The t distribution with G−1 degrees of freedom: Bester, Conley and Hansen (2011).
    """
    estimate, std_error = float(fit.estimates[term]), float(fit.std_errors[term])
    return student(estimate, std_error, float(fit.df), level=level)


def student(estimate: float, std_error: float, df: float, *, level: float) -> Inference:
    """Return the two-sided t test of zero and the interval of the same distribution."""
    statistic = estimate / std_error
    reach = critical(df, level) * std_error
    return Inference(
        estimate=estimate,
        std_error=std_error,
        df=df,
        statistic=statistic,
        p_value=float(2 * stdtr(df, -abs(statistic))),
        ci_low=estimate - reach,
        ci_high=estimate + reach,
    )


def critical(df: float, level: float) -> float:
    """Return the value that |t| exceeds with probability 1 − level."""
    return float(stdtrit(df, 0.5 + level / 2))
