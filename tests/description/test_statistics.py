"""Statistics of a variable against numbers computed by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from underbalance.description.statistics import NAMES, statistics

ROWS = pd.DataFrame(
    {
        "iso3": ["JPN", "JPN", "JPN", "KOR", "KOR", "DEU"],
        "year": [1990, 1991, 1992, 1990, 1995, 1996],
        "x": [1.0, 2.0, 3.0, 10.0, 14.0, None],
    }
)


def test_moments_are_of_known_values_only():
    found = statistics(ROWS, "x", possible=8)
    assert list(found) == NAMES
    assert (found["n"], found["allies"]) == (5, 2)
    assert (found["first_year"], found["last_year"]) == (1990, 1995)
    assert found["share_missing"] == 1 - 5 / 8
    assert (found["minimum"], found["median"], found["maximum"]) == (1, 3, 14)
    assert found["mean"] == 6
    # squares of 1, 2, 3, 10, 14 less 6: 25 + 16 + 9 + 16 + 64 = 130
    assert found["sd"] == pytest.approx(math.sqrt(130 / 4))


def test_within_is_of_deviations_from_each_allys_mean():
    # less 2 and 12: −1, 0, 1, −2, 2, squares 10
    assert statistics(ROWS, "x", 6)["sd_within"] == pytest.approx(math.sqrt(10 / 4))


def test_variable_that_never_changes_within_an_ally_has_none_within():
    rows = ROWS.assign(x=[2.0, 2.0, 2.0, 5.0, 5.0, 1.0])
    found = statistics(rows, "x", 6)
    assert found["sd_within"] == 0
    assert found["sd"] > 0


def test_unknown_variable_has_no_moments():
    found = statistics(ROWS.assign(x=None), "x", 6)
    assert (found["n"], found["share_missing"]) == (0, 1)
    assert pd.isna(found["mean"])
    assert found["first_year"] is None


def test_without_rows_nothing_is_known():
    found = statistics(ROWS.iloc[:0], "x", 0)
    assert (found["n"], found["allies"]) == (0, 0)
    assert math.isnan(found["share_missing"])
