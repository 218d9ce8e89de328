"""Whether a value lies above a cut; one that is equal to it does not.

Equal is to nine decimals: the same mean of the same codes can differ in the last digit with the
order in which they are added.
"""

from __future__ import annotations

import pandas as pd

PLACES = 9


def is_above(value: float, cut: float) -> bool:
    """Say whether a value is above a cut; a missing one is not."""
    return round(value, PLACES) > round(cut, PLACES)


def is_tied(value: float, cut: float) -> bool:
    """Say whether a value is equal to a cut."""
    return round(value, PLACES) == round(cut, PLACES)


def are_above(values: pd.Series, cut: float | pd.Series) -> pd.Series:
    """Say for each value whether it is above the cut (or its own); a missing one is not."""
    rounded = cut.round(PLACES) if isinstance(cut, pd.Series) else round(cut, PLACES)
    return (values.astype("float64").round(PLACES) > rounded).astype(bool)
