"""Periods of days, the calendar years they hold, and dates as precise as they are known."""

from __future__ import annotations

import calendar
from datetime import date

import pandas as pd


def years_of(start: str, end: str) -> list[int]:
    """Return the calendar years at least half of whose days lie in a period.

    When there is none, the year with most of the days (the earlier of two with as many).

    Parameters
    ----------
    start, end : first and last day of the period, ISO.
    """
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = {year: _days_in(year, first, last) for year in range(first.year, last.year + 1)}
    half = [year for year, inside in days.items() if 2 * inside >= _length(year)]
    return half or [max(days, key=lambda year: days[year])]


def overlaps(dates: pd.Series, start: str, end: str) -> pd.Series:
    """Say for each partial ISO date whether it may lie in a period: 1998 may in any part of it."""
    return pd.Series(
        [first_day(text) <= end and last_day(text) >= start for text in dates],
        index=dates.index,
        dtype=bool,
    )


def first_day(text: str) -> str:
    """Return the first day that a partial ISO date (YYYY, YYYY-MM or YYYY-MM-DD) can mean."""
    return text + "-01-01"[len(text) - 4 :] if len(text) < len("YYYY-MM-DD") else text


def last_day(text: str) -> str:
    """Return the last day that a partial ISO date can mean."""
    if len(text) == len("YYYY"):
        return f"{text}-12-31"
    if len(text) == len("YYYY-MM"):
        year, month = (int(part) for part in text.split("-"))
        return f"{text}-{calendar.monthrange(year, month)[1]:02d}"
    return text


def years_later(day: str, years: int) -> str:
    """Return the same day some years later; 29 February becomes 28 February where need be."""
    moved = int(day[:4]) + years
    return (
        f"{moved}-02-28"
        if day[4:] == "-02-29" and not calendar.isleap(moved)
        else (f"{moved}{day[4:]}")
    )


def _days_in(year: int, first: date, last: date) -> int:
    return (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1


def _length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365
