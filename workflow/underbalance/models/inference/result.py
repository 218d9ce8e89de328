"""What a method of inference says of one term."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

TIE = 1e-9  # relative difference below which two statistics are the same


@dataclass(frozen=True)
class Inference:
    """One term, one method. What the method does not know, or may not show, is nan.

    Parameters
    ----------
    estimate, std_error, ci_low, ci_high : in units of the coefficient.
    df : degrees of freedom of the t distribution; nan where none is used.
    statistic : the studentised distance of the estimate from zero.
    effective_clusters : of the term, from 1 to the number of clusters; nan where not asked for.
    draws : number of bootstrap draws or permutations, 0 where none are made.
    note : weights, and what kept the method from an answer.
    """

    estimate: float
    std_error: float = nan
    df: float = nan
    statistic: float = nan
    p_value: float = nan
    ci_low: float = nan
    ci_high: float = nan
    draws: int = 0
    effective_clusters: float = nan
    note: str = ""


def rejected(p_value: float, level: float) -> bool:
    """Whether p < 1 − level, with 1 − .95 taken for .05 and not for .05000000000000004."""
    return p_value < round(1 - level, 9)
