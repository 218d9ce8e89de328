"""The days that a date known by day, month or year can mean, and years between two of them."""

from __future__ import annotations

import pandas as pd

DAYS_PER_YEAR = 365.25


def day_bounds(dates: pd.Series) -> pd.DataFrame:
    """Return the earliest, middle and latest day of dates YYYY, YYYY-MM or YYYY-MM-DD.

    Columns earliest, middle and latest, aligned with ``dates``. Of the two days in the
    middle of a month or year the earlier one is taken.
    """
    length = dates.str.len()
    first = dates.where(length != len("YYYY"), dates + "-01")
    first = first.where(length == len("YYYY-MM-DD"), first + "-01")
    earliest = pd.to_datetime(first, format="%Y-%m-%d")
    latest = earliest.where(length != len("YYYY-MM"), earliest + pd.offsets.MonthEnd(0))
    latest = latest.where(length != len("YYYY"), earliest + pd.offsets.YearEnd(0))
    middle = (earliest + (latest - earliest) / 2).dt.floor("D")
    days = pd.DataFrame({"earliest": earliest, "middle": middle, "latest": latest})
    return days.astype("datetime64[us]")  # of no rows too


def years_between(start: pd.Series, end: pd.Series) -> dict[str, float]:
    """Return the years between two dates, and the fewest and most that are possible.

    Parameters
    ----------
    start, end : earliest, middle and latest day of one date each. Where the end may come
        before the start, no time is counted.
    """
    pairs = {
        "years": end["middle"] - start["middle"],
        "years_low": end["earliest"] - start["latest"],
        "years_high": end["latest"] - start["earliest"],
    }
    return {name: max(0.0, span.days / DAYS_PER_YEAR) for name, span in pairs.items()}
