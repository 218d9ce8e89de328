"""Partial dates: the days they can mean, and the years between two of them."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.outcomes.event_days import day_bounds, years_between


@pytest.mark.parametrize(
    ("date", "earliest", "middle", "latest"),
    [
        ("2001", "2001-01-01", "2001-07-02", "2001-12-31"),
        ("2004", "2004-01-01", "2004-07-01", "2004-12-31"),
        ("2003-02", "2003-02-01", "2003-02-14", "2003-02-28"),
        ("2004-02", "2004-02-01", "2004-02-15", "2004-02-29"),
        ("2003-01", "2003-01-01", "2003-01-16", "2003-01-31"),
        ("2003-12-19", "2003-12-19", "2003-12-19", "2003-12-19"),
    ],
)
def test_a_date_can_mean_the_days_of_its_year_or_month(date, earliest, middle, latest):
    bounds = day_bounds(pd.Series([date])).iloc[0]
    found = [bounds[name].strftime("%Y-%m-%d") for name in ("earliest", "middle", "latest")]
    assert found == [earliest, middle, latest]


def between(start: str, end: str) -> dict[str, float]:
    bounds = day_bounds(pd.Series([start, end]))
    return years_between(bounds.iloc[0], bounds.iloc[1])


def test_years_run_between_the_middles_and_are_bounded_by_the_outermost_days():
    found = between("2001-01-01", "2003-02")
    assert found["years"] == pytest.approx(774 / 365.25)  # to 14 February 2003
    assert found["years_low"] == pytest.approx(761 / 365.25)  # to 1 February
    assert found["years_high"] == pytest.approx(788 / 365.25)  # to 28 February


def test_an_end_that_may_lie_before_the_start_counts_no_time_backwards():
    found = between("2004-12-17", "2004")
    assert found["years"] == 0
    assert found["years_low"] == 0
    assert found["years_high"] == pytest.approx(14 / 365.25)
