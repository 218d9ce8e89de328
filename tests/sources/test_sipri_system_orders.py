import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.systems import system_orders
from underbalance.sources.sipri_system_orders import parse
from underbalance.tables import check_frame, read_table

HEADER = "deal_row,recipient,supplier,order_year,order_year_uncertain,weapon_designation"
F16 = "F-16C"


@pytest.fixture
def parsed(original, allies):
    def parse_deals(*deals: str, selected: int = 0) -> pd.DataFrame:
        rows = [f"{number},{deal}" for number, deal in enumerate(deals, start=1)]
        original(
            "us_to_allies_comment_facts_2026-05.csv",
            "deal_row,selected_not_ordered",
            f"{selected},1",
        )
        table = parse(original("all_suppliers_to_allies_deals_2026-05.csv", HEADER, *rows), allies)
        return check_frame(table, system_orders(), "system_orders")

    return parse_deals


def test_first_order_and_number_of_orders_of_an_ally(parsed):
    table = parsed(
        f"Poland,United States,2003,,{F16}",
        "Poland,United States,2010,?,F-16V Viper",
    )
    row = table.iloc[0]
    assert len(table) == 1
    assert (row["family"], row["iso3"], row["orders"]) == ("f_16", "POL", 2)
    assert (row["first_order_year"], row["first_order_year_uncertain"]) == (2003, False)


def test_first_export_counts_every_recipient_of_the_file(parsed):
    table = parsed(f"Egypt,United States,1980,?,{F16}", f"Turkiye,United States,1983,,{F16}")
    assert table["iso3"].tolist() == ["TUR"]
    assert table[["first_export_year", "first_export_uncertain"]].iloc[0].tolist() == [1980, True]


def test_order_from_another_supplier_is_no_order_from_the_usa(parsed):
    table = parsed(
        f"Belgium,United States,1975,,{F16}",
        f"Portugal,Belgium,1998,,{F16}",
        f"Romania,Portugal,2013,,{F16}",
        f"Romania,United States,2025,,{F16}",
    ).set_index("iso3")
    assert pd.isna(table.loc["PRT", "first_order_year"])
    assert table.loc["PRT", ["orders", "first_any_supplier_year"]].tolist() == [0, 1998]
    assert table.loc["ROU", ["first_order_year", "first_any_supplier_year"]].tolist() == [
        2025,
        2013,
    ]


def test_first_year_is_certain_when_one_of_its_orders_is(parsed):
    table = parsed(f"Norway,United States,1975,?,{F16}", "Norway,United States,1975,,F-16A")
    assert not table["first_order_year_uncertain"].any()


def test_system_selected_but_not_ordered_does_not_count(parsed):
    table = parsed(
        f"Norway,United States,1985,,{F16}", f"Norway,United States,1980,,{F16}", selected=2
    )
    assert table["first_order_year"].tolist() == [1985]


@pytest.mark.parametrize(("year", "flag"), [(1974, True), (1975, False)])
def test_family_ordered_as_the_file_begins_may_be_older(parsed, year, flag):
    table = parsed(f"Norway,United States,{year},,{F16}")
    assert table["export_may_precede_file"].tolist() == [flag]


def test_list_of_allies_without_turkey_is_read(original, allies):
    original("us_to_allies_comment_facts_2026-05.csv", "deal_row,selected_not_ordered")
    rows = [f"1,Turkiye,United States,1983,,{F16}", f"2,Norway,United States,1985,,{F16}"]
    folder = original("all_suppliers_to_allies_deals_2026-05.csv", HEADER, *rows)
    table = parse(folder, allies[allies["iso3"] != "TUR"])
    assert table[["iso3", "first_export_year"]].to_numpy().tolist() == [["NOR", 1983]]


def test_designations_without_a_family_and_other_recipients_give_no_rows(parsed):
    table = parsed("Norway,United States,1990,,Balloon", f"Egypt,United States,1990,,{F16}")
    assert table.empty


def test_shipped_first_orders_are_the_known_ones():
    table = read_table(RAW_FOLDER / "system_orders.csv", system_orders())
    years = table.set_index(["family", "iso3"])["first_order_year"]
    # the four European states of the F-16 consortium signed on 7 June 1975 (Lockheed Martin,
    # "F-16 history"); Poland signed its contract on 18 April 2003; Japan asked for Patriot in 1985
    for iso3 in ("BEL", "DNK", "NLD", "NOR"):
        assert years["f_16", iso3] == 1975
    assert years["f_16", "POL"] == 2003
    assert years["patriot", "JPN"] == 1985
