"""What holds on 31 December, and what came in the years that end on that day."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import look_up

# turnover is counted over the 36 months to 31 December
WINDOW_YEARS = 3
NOT_YET = "9999"


def latest_at_year_end(keys: pd.DataFrame, table: pd.DataFrame, date: str) -> pd.DataFrame:
    """Return beside each key the ally's last row dated on or before 31 December.

    Parameters
    ----------
    keys : frame with iso3 and year, of a unique index, which the result has too.
    table : rows with iso3 and ISO dates in the column ``date``, without a column year.

    Returns
    -------
    Columns of both; those of ``table`` are missing where it has no row by then.
    """
    # one unit of time: that of a table without rows is another
    days = keys.assign(day=pd.to_datetime(last_day(keys)).dt.as_unit("s"), row=keys.index)
    dated = table.assign(day=pd.to_datetime(table[date]).dt.as_unit("s"))
    found = pd.merge_asof(
        days.sort_values(["day", "iso3"]), dated.sort_values(["day", "iso3"]), on="day", by="iso3"
    )
    return found.drop(columns="day").set_index("row").reindex(keys.index)


def count_in_window(counts: pd.Series, keys: pd.DataFrame, years: int) -> pd.Series:
    """Add up yearly counts over the years that end with that of each key; no count is zero.

    Parameters
    ----------
    counts : indexed by ally and calendar year.
    keys : frame with iso3 and year.
    """
    windows = [look_up(counts, keys.assign(year=keys["year"] - ago)) for ago in range(years)]
    return pd.concat(windows, axis=1).sum(axis=1).astype("Int64")


def is_begun(keys: pd.DataFrame, since: pd.Series, days: pd.Series) -> pd.Series:
    """Say where the date of an ally in ``since`` is not after that of ``days``.

    An ally without a date has not begun.
    """
    return keys["iso3"].map(since).fillna(NOT_YET) <= days


def first_day(keys: pd.DataFrame, years: int) -> pd.Series:
    """Return the ISO date on which the window of so many years begins."""
    return (keys["year"] - years + 1).astype("str") + "-01-01"


def last_day(keys: pd.DataFrame) -> pd.Series:
    """Return the ISO date of 31 December of each key."""
    return keys["year"].astype("str") + "-12-31"
