"""Internal consistency of covariance matrices: Cronbach's alpha, many matrices at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
ROUNDING = 1e-9


def standardised_alpha(covariances: Numbers) -> Numbers:
    """Return Cronbach's alpha of the components set to the same variance.

    k r / (1 + (k − 1) r), where r is the mean correlation of two components (Cronbach 1951,
    Psychometrika 16, 297–334; the Spearman–Brown form).

    Parameters
    ----------
    covariances : shape (..., k, k).

    Returns
    -------
    Shape (...); nan with fewer than two components, where one has no variance (nan), and
    where components cancel out, so that their sum has none.
    """
    count = covariances.shape[-1]
    mean = mean_correlation(covariances)
    return _ratio(count * mean, 1 + (count - 1) * mean, count)


def raw_alpha(covariances: Numbers) -> Numbers:
    """Return Cronbach's alpha of the components as they are.

    k / (k − 1) · (1 − sum of the variances / variance of the sum) (Cronbach 1951).

    Parameters
    ----------
    covariances : shape (..., k, k).

    Returns
    -------
    Shape (...); nan as in :func:`standardised_alpha`.
    """
    count = covariances.shape[-1]
    variances = np.trace(covariances, axis1=-2, axis2=-1)
    total = covariances.sum(axis=(-2, -1))
    # error of rounding could make a perfect index more than perfect
    return np.minimum(_ratio(count * (total - variances), (count - 1) * total, variances), 1)


def mean_correlation(covariances: Numbers) -> Numbers:
    """Return the mean of the correlations of every two components, shape (...)."""
    count = covariances.shape[-1]
    own = np.trace(correlations(covariances), axis1=-2, axis2=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Numbers = (correlations(covariances).sum(axis=(-2, -1)) - own) / np.multiply(
            count, count - 1
        )
    return mean


def correlations(covariances: Numbers) -> Numbers:
    """Return the correlation matrices of covariance matrices, shape (..., k, k)."""
    deviations = np.sqrt(np.diagonal(covariances, axis1=-2, axis2=-1))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios: Numbers = covariances / (deviations[..., :, None] * deviations[..., None, :])
    return np.clip(ratios, -1, 1)


def first_share(covariances: Numbers) -> float:
    """Return the first principal component's share of the variance of standardised components.

    The largest eigenvalue of the correlation matrix / k; 1 / k when no two components are
    correlated. One matrix, shape (k, k); nan if a component has no variance.
    """
    matrix = correlations(covariances)
    if len(matrix) < 2 or not np.isfinite(matrix).all():
        return float("nan")
    return float(np.linalg.eigvalsh(matrix)[-1] / len(matrix))


def item_rest(covariances: Numbers) -> Numbers:
    """Return the correlation of each component with the sum of the others, shape (k,).

    The corrected item–total correlation; nan if there is no other, or if the component or
    the sum has no variance.
    """
    variances = np.diagonal(covariances)
    with_sum = covariances.sum(axis=0)
    with_rest = with_sum - variances
    rest = covariances.sum() - 2 * with_sum + variances
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios: Numbers = with_rest / np.sqrt(variances * rest)
    return np.clip(ratios, -1, 1)


def alpha_without(covariances: Numbers) -> Numbers:
    """Return the standardised alpha of the other components, for each left out, shape (k,)."""
    every = range(len(covariances))
    return np.array(
        [standardised_alpha(np.delete(np.delete(covariances, i, 0), i, 1)) for i in every]
    )


def _ratio(part: Numbers, whole: Numbers, size: Numbers | int) -> Numbers:
    """Return part / whole; nan where whole is nothing against size but error of rounding."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios: Numbers = np.where(whole > ROUNDING * size, part / whole, np.nan)
    return ratios
