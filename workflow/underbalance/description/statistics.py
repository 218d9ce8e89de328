"""Statistics of one variable, over all rows and within allies."""

from __future__ import annotations

import math

import pandas as pd

NAMES = [
    "n", "possible", "share_missing", "allies", "first_year", "last_year", "mean", "sd",
    "sd_within", "minimum", "median", "maximum",
]  # fmt: skip


def statistics(rows: pd.DataFrame, variable: str, possible: int) -> dict[str, object]:
    """Return n, allies, years and moments of a variable where it is known.

    Parameters
    ----------
    rows : with ``iso3``, ``year`` and the variable, one row per ally-year or case.
    possible : rows in which it could be known; ``share_missing`` is of these.

    Returns
    -------
    :data:`NAMES`. Standard deviations are with n − 1; that within allies is of the deviations
    from each ally's mean. Without a value the moments are missing.
    """
    known = rows[["iso3", "year"]].assign(value=rows[variable].astype("float64"))
    known = known[known["value"].notna()]
    values, years = known["value"], known["year"]
    within = values - values.groupby(known["iso3"]).transform("mean")
    return {
        "n": len(known),
        "possible": possible,
        "share_missing": 1 - len(known) / possible if possible else math.nan,
        "allies": known["iso3"].nunique(),
        "first_year": years.min() if len(known) else None,
        "last_year": years.max() if len(known) else None,
        "mean": values.mean(),
        "sd": values.std(),
        "sd_within": within.std(),
        "minimum": values.min(),
        "median": values.median(),
        "maximum": values.max(),
    }
