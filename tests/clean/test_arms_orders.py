import pandas as pd
import pytest
from underbalance.clean.arms_orders import us_arms_share_by_year, us_arms_shares


def orders(iso3="JPN", first=2000, usa=(), total=()) -> pd.DataFrame:
    """Yearly values of the orders from the USA and from all; one deal for each ten."""
    years = range(first, first + len(total))
    table = pd.DataFrame({"iso3": iso3, "year": years, "tiv_usa": usa, "tiv_all": total})
    return table.assign(deals_usa=table["tiv_usa"] // 10, deals_all=table["tiv_all"] // 10)


def shares(table: pd.DataFrame) -> pd.DataFrame:
    return us_arms_shares(table).set_index("year")


def test_share_is_of_the_year_and_the_four_before():
    table = shares(orders(usa=[100, 0, 0, 0, 50, 0], total=[100, 0, 0, 0, 100, 100]))
    assert table["us_share_tiv"].dropna().to_dict() == {2004: 0.75, 2005: 0.25}
    assert table["orders"].dropna().to_dict() == {2004: 20, 2005: 20}


def test_window_without_an_order_has_no_share_but_zero_orders():
    table = shares(orders(usa=[0] * 5, total=[0] * 5))
    assert table.loc[2004, "orders"] == 0
    assert table[["us_share_tiv", "us_share_deals"]].isna().all(None)


def test_orders_that_have_left_the_window_leave_no_trace():
    table = shares(orders(usa=[0.1, 0.2, 0.3, 0, 0, 0, 0, 0], total=[0.1, 0.2, 0.3, 0, 0, 0, 0, 0]))
    assert pd.isna(table.loc[2007, "us_share_tiv"])


def test_window_does_not_reach_into_another_ally_nor_before_its_first_year():
    table = pd.concat([orders("AUS", 1990, [10] * 15, [10] * 15), orders("JPN", 2000, [0], [10])])
    found = us_arms_shares(table).set_index(["iso3", "year"])["us_share_tiv"]
    assert found.loc["JPN"].isna().all()
    assert found.loc["AUS"].first_valid_index() == 1994


def test_year_that_the_table_lacks_is_not_passed_over():
    table = orders(usa=[10] * 8, total=[10] * 8).drop(index=3)
    assert us_arms_shares(table)["us_share_tiv"].isna().all()


def test_variable_of_country_years_is_the_share_by_value():
    table = us_arms_share_by_year(orders(usa=[30] * 5, total=[40] * 5))
    assert list(table.columns) == ["iso3", "year", "us_arms_share_5y"]
    assert table["us_arms_share_5y"].iloc[-1] == pytest.approx(0.75)
