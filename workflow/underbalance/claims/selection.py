"""Rows of a table of records that fit a description, in the order of their dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pandas as pd

from underbalance.claims.periods import first_day, last_day

# text: a regular expression found in the cell; a number: the cell itself
Where = str | int
DATES = {"missile_defence_events": "date", "deals": "order_year", "missile_launches": "date"}
DAYS_OF_A_YEAR = 365.25
# of the orders in the register
UNCERTAIN = "order_year_uncertain"


def selected(rows: pd.DataFrame, iso3: str, where: Mapping[str, Where]) -> pd.DataFrame:
    """Return the rows of an ally (of all, in a table without allies) that fit."""
    fits = rows["iso3"] == iso3 if "iso3" in rows else pd.Series(True, index=rows.index)
    for column, wanted in where.items():
        fits &= _fitting(rows[column], wanted)
    return rows[fits]


def dates_of(table: str, rows: pd.DataFrame) -> pd.Series:
    """Return the dates of rows as partial ISO dates."""
    return rows[DATES[table]].astype("str")


def shown_dates(rows: pd.DataFrame, table: str) -> pd.Series:
    """Return the dates of rows in words, with the doubt that the source has of them."""
    dates = dates_of(table, rows)
    if UNCERTAIN not in rows:
        return dates
    return dates.mask(rows[UNCERTAIN].astype(bool), dates + ", year uncertain")


def first_of(table: str, rows: pd.DataFrame) -> pd.Series | None:
    """Return the row that can be the earliest, none of no rows."""
    if rows.empty:
        return None
    order = dates_of(table, rows).map(first_day).argsort(kind="stable")
    first: pd.Series = rows.iloc[int(order.iloc[0])]
    return first


def years_between(earlier: str, later: str) -> tuple[float, float]:
    """Return the shortest and the longest time in years between two partial dates."""
    shortest = _days(last_day(earlier), first_day(later))
    longest = _days(first_day(earlier), last_day(later))
    return max(shortest, 0) / DAYS_OF_A_YEAR, longest / DAYS_OF_A_YEAR


def _fitting(cells: pd.Series, wanted: Where) -> pd.Series:
    if isinstance(wanted, str):
        return cells.map(lambda cell: re.search(wanted, cell) is not None).astype(bool)
    return (cells.astype("Int64") == wanted).fillna(False).astype(bool)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
