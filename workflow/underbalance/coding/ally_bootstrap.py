"""Covariances in resamples of allies, and percentile intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.coding.cronbach import Numbers
from underbalance.coding.reliability import Bootstrap


def resampled_covariances(values: pd.DataFrame, floor: pd.Series, bootstrap: Bootstrap) -> Numbers:
    """Draw allies with replacement and return the covariances of each draw.

    All years of an ally are drawn together. An ally drawn twice keeps its mean, so that
    deviations within allies are those of the sample.

    Parameters
    ----------
    values : columns of components without missing values, indexed by iso3.
    floor : a component with no more variance than this is constant.
    bootstrap : replications r and seed; the same seed draws the same allies.

    Returns
    -------
    Shape (r, k, k); a component that is constant in a draw has variance nan.
    """
    count = values.shape[1]
    if values.empty:
        return np.full((bootstrap.replications, count, count), np.nan)
    allies, place = np.unique(values.index.to_numpy(dtype="str"), return_inverse=True)
    # far from zero, a difference of two large sums would lose digits
    centred = (values - values.mean()).to_numpy()
    counts = np.bincount(place, minlength=len(allies)).astype("float64")
    sums = np.zeros((len(allies), count))
    np.add.at(sums, place, centred)
    products = np.zeros((len(allies), count, count))
    np.add.at(products, place, centred[:, :, None] * centred[:, None, :])
    drawn = _draws(len(allies), bootstrap)
    rows = drawn @ counts
    means = drawn @ sums / rows[:, None]
    covariances: Numbers = np.einsum("ra,aij->rij", drawn, products) / rows[:, None, None]
    covariances -= means[:, :, None] * means[:, None, :]
    diagonal = np.arange(count)
    variances = covariances[:, diagonal, diagonal]
    covariances[:, diagonal, diagonal] = np.where(variances > floor.to_numpy(), variances, np.nan)
    return covariances


def interval(draws: Numbers, level: float) -> tuple[float, float]:
    """Return the percentile interval of the draws that are not nan; nan if all are."""
    defined = draws[~np.isnan(draws)]
    if not len(defined):
        return float("nan"), float("nan")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _draws(allies: int, bootstrap: Bootstrap) -> Numbers:
    """Return how often each ally is drawn, shape (r, allies)."""
    rng = np.random.default_rng(bootstrap.seed)
    share = np.full(allies, 1 / allies)
    return rng.multinomial(allies, share, size=bootstrap.replications).astype("float64")
