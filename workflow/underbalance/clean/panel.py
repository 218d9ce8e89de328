"""Tables by ally and year: their key, and values looked up by it or some years before."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd

KEY = ["iso3", "year"]

Values = TypeVar("Values", pd.Series, pd.DataFrame)


def with_is_ally(
    table: pd.DataFrame, country_years: pd.DataFrame, year: str = "year"
) -> pd.DataFrame:
    """Add ``is_ally`` of the year in the column ``year``, false where no ally-year is known.

    Parameters
    ----------
    table : rows with iso3 and a year, as many per ally-year as there are.
    country_years : frame with iso3, year and is_ally, one row per ally-year.
    """
    known = country_years[[*KEY, "is_ally"]].rename(columns={"year": year})
    table = table.merge(known, on=["iso3", year], how="left", validate="many_to_one")
    return table.assign(is_ally=table["is_ally"].astype("boolean").fillna(False))


def look_up(values: pd.Series, keys: pd.DataFrame) -> pd.Series:
    """Return the values of a series indexed by ally and year, aligned with the keys."""
    found = values.reindex(pd.MultiIndex.from_frame(keys[KEY]))
    return pd.Series(found.to_numpy(), index=keys.index)


def years_earlier(values: Values, years: int) -> Values:
    """Return for each ally-year of the index the values of so many calendar years before."""
    return values.rename(lambda year: year + years, level="year").reindex(values.index)
