"""Tests that all coefficients of a Cox model are zero."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from underbalance.models.cox_likelihood import Point
from underbalance.models.model import Array


def zero_tests(point: Point, null: Point, covariance: Array) -> pd.DataFrame:
    """Return likelihood ratio, Wald, score and robust score test, as ``summary(coxph())``.

    Parameters
    ----------
    point, null : the likelihood at its maximum, and where all coefficients are zero.
    covariance : of the estimates, shape (k, k).

    Returns
    -------
    pd.DataFrame
        By test: statistic (chi-squared), df, p_value.
    """
    scores = null.cluster_scores()
    total, k = scores.sum(axis=0), len(point.estimates)
    return pd.DataFrame(
        [
            _tested(2 * (point.loglik - null.loglik), k),
            _quadratic(point.estimates, covariance),
            _tested(float(total @ null.inverse_information @ total), k),
            _quadratic(total, scores.T @ scores),
        ],
        index=["likelihood_ratio", "wald", "score", "robust_score"],
    )


def _quadratic(values: Array, covariance: Array) -> dict[str, float]:
    # A sandwich of fewer clusters than terms has no inverse: its rank is the df.
    rank = int(np.linalg.matrix_rank(covariance, hermitian=True))
    inverse = np.linalg.pinv(covariance, hermitian=True)
    return _tested(float(values @ inverse @ values), rank)


def _tested(statistic: float, df: int) -> dict[str, float]:
    return {"statistic": statistic, "df": df, "p_value": float(chdtrc(df, statistic))}
