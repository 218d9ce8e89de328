"""How strong an obstacle is coded in a period, and whether a claim says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from underbalance.coding.cuts import is_above
from underbalance.schemas.claim_words import AGREES, DISAGREES, IN_DIRECTION, NOT_KNOWN


@dataclass(frozen=True)
class Cuts:
    """Median and 75th percentile of an index in the reference sample."""

    median: float
    upper: float


def period_mean(values: pd.Series, years: Sequence[int]) -> float:
    """Return the mean of an index over years, missing when it is known for less than half.

    Parameters
    ----------
    values : the index of one ally, by year.
    """
    known = values.reindex(pd.Index(years)).dropna()
    return float(known.mean()) if len(known) and 2 * len(known) >= len(years) else float("nan")


def coded_strength(mean: float, cuts: Cuts) -> str:
    """Return major above the 75th percentile, minor above the median, none otherwise.

    A value that is equal to a cut is not above it. Empty when the mean is missing.
    """
    if pd.isna(mean):
        return ""
    if is_above(mean, cuts.upper):
        return "major"
    return "minor" if is_above(mean, cuts.median) else "none"


def strength_agreement(claimed: str, coded: str) -> str:
    """Return whether coded and claimed strength are the same, point one way or disagree."""
    if not coded:
        return NOT_KNOWN
    if coded == claimed:
        return AGREES
    same_side = coded != "none" if claimed == "major" else coded != "major"
    return IN_DIRECTION if same_side else DISAGREES


def worst(agreements: Sequence[str]) -> str:
    """Return the worst of several agreements.

    An obstacle that is not known leaves the whole unknown unless another one disagrees.
    """
    return next(a for a in (DISAGREES, NOT_KNOWN, IN_DIRECTION, AGREES) if a in agreements)
