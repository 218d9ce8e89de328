"""The reason of a verdict in words and numbers."""

from __future__ import annotations

import pandas as pd

from underbalance.claims.record import Steps
from underbalance.claims.strength import Cuts
from underbalance.coding.cuts import is_tied

PLACES_SHOWN = range(2, 7)


def coding_says(obstacle: str, mean: float, cuts: Cuts, coded: str) -> str:
    """Return the coded strength of an obstacle with its mean and cuts; ties are named."""
    places = _places(mean, cuts)
    shown, median, upper = (_number(value, places) for value in (mean, cuts.median, cuts.upper))
    cut_points = f"reference median {median}, 75th {upper}"
    if pd.isna(mean):
        return f"{obstacle} known in less than half of the years ({cut_points})"
    return f"{obstacle} mean {shown} ({cut_points}{_ties(mean, cuts)}): {coded}"


def record_says(claimed: str, steps: Steps) -> str:
    """Return how many steps back named the obstacle, of how many."""
    if steps.back == 0:
        forward = "and no forward step" if steps.forward == 0 else f"{steps.forward} forward"
        return f"no backward step on record, {forward}"
    if claimed != "major":
        return f"{steps.named} of {_steps_back(steps.back)} named it"
    if steps.known == 0:
        return f"{_steps_back(steps.back)}, none with a known domestic obstacle"
    unknown = steps.back - steps.known
    others = f", {unknown} more without a known domestic obstacle" if unknown else ""
    return f"{steps.named} of {_steps_back(steps.known)} named it{others}"


def _ties(mean: float, cuts: Cuts) -> str:
    if is_tied(mean, cuts.upper):
        return "; equal to the 75th, which is not above it"
    if is_tied(mean, cuts.median):
        return "; equal to the median, which is not above it"
    return "; median and 75th are the same" if is_tied(cuts.median, cuts.upper) else ""


def _steps_back(count: int) -> str:
    return f"{count} backward step{'' if count == 1 else 's'}"


def _places(mean: float, cuts: Cuts) -> int:
    """Return as many places as it takes to tell the mean from a cut that it is not equal to."""
    apart = [cut for cut in (cuts.median, cuts.upper) if not is_tied(mean, cut)]
    return next(
        (n for n in PLACES_SHOWN if all(_number(mean, n) != _number(cut, n) for cut in apart)),
        PLACES_SHOWN[-1],
    )


def _number(value: float, places: int) -> str:
    # + 0 turns a rounded -0 into 0
    return f"{round(value, places) + 0.0:.{places}f}".replace("-", "−")
