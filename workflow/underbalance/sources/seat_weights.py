"""Seat-weighted means and standard deviations of parties, by government or parliament."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

# ASSUME: a mean of parties speaks for all of them if it rests on two thirds of their seats.
LEAST_PLACED = 2 / 3


def seat_weighted(
    parties: pd.DataFrame, by: Sequence[str], position: str, seats: str, all_seats: pd.Series
) -> pd.DataFrame:
    """Return mean and standard deviation of a position of parties, weighted by seats.

    Parameters
    ----------
    parties : one row per party; a party without position or seats is left out.
    by : columns that name the government or the parliament.
    position, seats : columns of the position and of the weight.
    all_seats : seats of all parties that the mean is to speak for, indexed by ``by``.

    Returns
    -------
    Columns ``mean`` and ``sd`` (of the population: divided by the sum of weights), with the
    index of ``all_seats``; missing where the parties with a position have less than two
    thirds of the seats.
    """
    placed = parties.dropna(subset=[position, seats])
    placed = placed[placed[seats] > 0]
    keys = [placed[column] for column in by]
    weight = placed[seats].astype("float64")
    total = weight.groupby(keys).sum()
    mean = (weight * placed[position]).groupby(keys).sum() / total
    each = mean.reindex(pd.MultiIndex.from_frame(placed[list(by)])).to_numpy()
    variance = (weight * (placed[position] - each) ** 2).groupby(keys).sum() / total
    moments = pd.DataFrame({"mean": mean, "sd": np.sqrt(variance), "placed": total})
    moments = moments.reindex(all_seats.index)
    enough = moments["placed"] >= LEAST_PLACED * all_seats
    return moments[["mean", "sd"]].where(enough)
