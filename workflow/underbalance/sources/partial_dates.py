"""ISO dates that are as precise as a source knows them."""

from __future__ import annotations

import pandas as pd


def partial_dates(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    """Return ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, and an empty text without a year.

    Parameters
    ----------
    year, month, day : numbers as text; what is no positive number (an empty cell, ``xx``,
        a negative missing code) is unknown. A day without its month is left out.
    """
    known_year = _digits(year, 4)
    known_month = known_year + "-" + _digits(month, 2)
    known_day = known_month + "-" + _digits(day, 2)
    return known_day.fillna(known_month).fillna(known_year).fillna("")


def _digits(cells: pd.Series, width: int) -> pd.Series:
    """Return positive numbers with leading zeros; all others are missing."""
    numbers = pd.to_numeric(cells, errors="coerce").astype("Int64")
    return numbers.where((numbers > 0).fillna(False)).astype("str").str.zfill(width)
