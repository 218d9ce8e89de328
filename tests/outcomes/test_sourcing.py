import pandas as pd
import pytest
from underbalance.outcomes.sourcing import sourcing
from underbalance.schemas.outcomes import sourcing as schema
from underbalance.tables import check_frame


def orders(*usa_of_two: int) -> pd.DataFrame:
    """Two orders of value 10 a year, so many of them from the USA."""
    years = range(2000, 2000 + len(usa_of_two))
    table = pd.DataFrame({"iso3": "JPN", "year": years, "deals_usa": usa_of_two, "deals_all": 2})
    return table.assign(tiv_usa=10.0 * table["deals_usa"], tiv_all=20.0)


ALLY = pd.DataFrame({"iso3": "JPN", "year": range(2000, 2020), "is_ally": True})


def test_change_is_against_the_five_years_before_and_no_year_is_in_both():
    table, ledger = sourcing(ALLY, orders(*[2] * 5, *[1] * 5))
    (row,) = table.to_dict("records")
    assert row["year"] == 2009
    assert row["sourcing_change"] == pytest.approx(-0.5)
    assert row["sourcing_shift"] == row["sourcing_shift_deals"] == pytest.approx(0.5)
    assert ledger.empty
    check_frame(table, schema(), "sourcing")


def test_yearly_change_is_that_of_the_moving_window():
    table, _ = sourcing(ALLY, orders(*[2] * 5, *[1] * 5))
    assert table["sourcing_yearly_change"].tolist() == pytest.approx([-0.1])


def test_window_of_few_orders_has_no_row_and_the_ledger_says_so():
    few = orders(*[2] * 5, *[1] * 5)
    few.loc[:4, ["deals_all", "deals_usa"]] = [[1, 1], [1, 1], [1, 1], [1, 1], [0, 0]]
    table, ledger = sourcing(ALLY, few)
    assert table.empty
    assert ledger[["key", "rule", "old"]].to_numpy().tolist() == [
        ["JPN 2009", "too_few_orders", "4 then 10"]
    ]


def test_years_before_two_windows_are_outside_and_not_in_the_ledger():
    table, ledger = sourcing(ALLY, orders(*[1] * 9))
    assert table.empty
    assert ledger.empty


def test_ally_is_taken_from_the_last_year_of_the_window():
    ended = ALLY.assign(is_ally=ALLY["year"] < 2009)
    assert sourcing(ended, orders(*[1] * 10))[0]["is_ally"].tolist() == [False]
    assert sourcing(ALLY.head(3), orders(*[1] * 10))[0]["is_ally"].tolist() == [False]
