"""Rows of tables by ally and year."""

import pandas as pd
import pytest
from underbalance.explain.rows import Index, only

FRAME = pd.DataFrame(
    {
        "iso3": ["JPN", "KOR", "JPN", "JPN"],
        "year": [1998, 1998, 1999, 1998],
        "x": [1.5, None, None, 2.5],
        "y": [None, 1.0, 2.0, None],
    }
)


def test_rows_hold_plain_numbers_and_none_where_missing():
    assert Index(FRAME).rows[1] == {"iso3": "KOR", "year": 1998, "x": None, "y": 1.0}
    assert type(Index(FRAME).rows[0]["year"]) is int


def test_rows_of_an_ally_year_keep_the_order_of_the_table():
    assert [row["x"] for row in Index(FRAME).of_year("JPN", 1998)] == [1.5, 2.5]


def test_ally_or_year_without_rows_has_none():
    assert Index(FRAME).of("NOR") == []
    assert Index(FRAME).of_year("KOR", 1999) == []


@pytest.mark.parametrize(("column", "year"), [("x", 1998), ("y", 1999)])
def test_last_year_with_a_value_is_that_of_any_ally(column, year):
    assert Index(FRAME).last_year_with(column) == year


def test_missing_cell_is_equal_to_nothing():
    rows = Index(FRAME).rows
    assert [row["year"] for row in only(rows, iso3="JPN", x=2.5)] == [1998]
    assert only(rows, x=None) == []
