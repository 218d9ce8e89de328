import pytest
from underbalance.schemas.facts.deal_histories import arms_orders
from underbalance.sources.sipri_arms_orders import parse
from underbalance.tables import check_frame

HEADER = "recipient,supplier,order_year,order_year_uncertain,status,tiv_total_order"


@pytest.fixture
def orders(original, allies):
    def parse_deals(*deals: str):
        folder = original("all_suppliers_to_allies_deals_2026-05.csv", HEADER, *deals)
        table = check_frame(parse(folder, allies), arms_orders(), "arms_orders")
        return table.set_index(["iso3", "year"])

    return parse_deals


def test_orders_are_counted_and_summed_for_all_suppliers_and_for_the_usa(orders):
    table = orders(
        "Japan,United States,2012,?,New,2310",
        "Japan,United Kingdom,2012,,Second hand,30.5",
        "Japan,United States,2012,,Second hand but modernized,0",
    )
    row = table.loc[("JPN", 2012)]
    assert row[["deals_all", "deals_usa", "tiv_all", "tiv_usa"]].tolist() == [3, 2, 2340.5, 2310]
    assert row[["year_uncertain_all", "year_uncertain_usa"]].tolist() == [1, 1]
    assert row[["second_hand_all", "second_hand_usa"]].tolist() == [2, 1]
    assert row[["without_tiv_all", "without_tiv_usa"]].tolist() == [1, 1]


def test_year_without_an_order_is_an_explicit_zero(orders):
    table = orders("Iceland,Chile,2006,,New,50")
    assert (table.drop(("ISL", 2006)) == 0).all(None)
    assert table.loc[("ISL", 2006), ["tiv_all", "tiv_usa"]].tolist() == [50, 0]


def test_years_before_independence_have_no_row(orders):
    table = orders("Czechoslovakia,Soviet Union,1988,,New,10", "Czechia,Russia,1993,,New,10")
    assert table.loc["CZE"].index.tolist() == list(range(1993, 2026))
    assert table.loc["JPN"].index.tolist() == list(range(1985, 2026))
    assert table["deals_all"].sum() == 1


@pytest.mark.parametrize(("name", "iso3"), [("Turkiye", "TUR"), ("Germany", "DEU")])
def test_names_of_the_register_are_matched_to_allies(orders, name, iso3):
    assert orders(f"{name},France,1985,,New,1")["deals_all"].loc[iso3, 1985] == 1


def test_orders_before_1985_and_of_other_buyers_are_left_out(orders):
    table = orders("Japan,France,1984,,New,1", "Egypt,France,1990,,New,1")
    assert table["deals_all"].sum() == 0
