"""Correlations of obstacles, their components and rivals: overall, within and between allies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import pandas as pd

OVERALL, WITHIN, BETWEEN = "overall", "within", "between"
LEVELS: Final = (OVERALL, WITHIN, BETWEEN)
COLUMNS = ["level", "first", "second", "pearson", "spearman", "n", "allies"]
LEAST = 3  # rows of which two variables are known
ROUNDING = 1e-9  # below this share of a variable's spread, its changes are errors of rounding


def correlate(rows: pd.DataFrame, variables: Sequence[str]) -> pd.DataFrame:
    """Return the correlations of each pair of variables where both are known.

    Parameters
    ----------
    rows : ally-years with ``iso3`` and the variables.

    Returns
    -------
    One row per level and pair, with :data:`COLUMNS`. ``within`` is of the deviations from each
    ally's mean, ``between`` of the allies' means. ``n`` counts ally-years, of means allies.
    Coefficients are missing with fewer than three rows or where a variable does not vary.
    """
    numbers = rows[list(variables)].astype("float64")
    means = numbers.groupby(rows["iso3"])
    frames = {
        OVERALL: (numbers, rows["iso3"]),
        WITHIN: (_changes(numbers, means.transform("mean")), rows["iso3"]),
        BETWEEN: (means.mean(), pd.Series(means.mean().index, index=means.mean().index)),
    }
    found = [_level(level, *frame) for level, frame in frames.items()]
    return pd.concat(found, ignore_index=True)[COLUMNS]


def _changes(numbers: pd.DataFrame, means: pd.DataFrame) -> pd.DataFrame:
    """Return deviations from the means, missing throughout where a variable never changes."""
    changes = numbers - means
    return changes.mul(
        (changes.std() > ROUNDING * numbers.std()).map({True: 1.0, False: float("nan")})
    )


def _level(level: str, numbers: pd.DataFrame, allies: pd.Series) -> pd.DataFrame:
    pearson = numbers.corr(min_periods=LEAST)
    spearman = numbers.corr(method="spearman", min_periods=LEAST)
    known = numbers.notna()
    records = []
    for first, second in combinations(numbers.columns, 2):
        both = known[first] & known[second]
        records.append(
            {
                "level": level,
                "first": first,
                "second": second,
                "pearson": pearson.loc[first, second],
                "spearman": spearman.loc[first, second],
                "n": int(both.sum()),
                "allies": allies[both].nunique(),
            }
        )
    return pd.DataFrame(records, columns=COLUMNS)
