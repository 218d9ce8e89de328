import pandas as pd
import pytest
from underbalance.outcomes.loss import ENGINES, loss
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.outcomes import loss as schema
from underbalance.tables import check_frame, read_table

ALLY = pd.DataFrame({"iso3": "TUR", "year": [2016, 2023, 2024], "is_ally": [True, True, False]})


def facts(table: str) -> pd.DataFrame:
    return read_table(RAW_FOLDER / f"{table}.csv", FACTS[table]())


def deals(*rows: dict) -> pd.DataFrame:
    """Deals open in the register of 2018-01 and lost in the last one, unless said otherwise."""
    usual = {
        "vintage": "2018-01",
        "year": 2016,
        "case": "2018-01/1",
        "iso3": "TUR",
        "order_year": 2014,
        "description": "FGA aircraft",
        "number_delivered": 0,
        "selected_not_ordered": None,
        "fate_2024_03": "undelivered",
        "fate_2025_03": "undelivered",
        "fate_2026_05": "not_found",
        "successor_possible": False,
    }
    made = [usual | {"vintage_deal": number} | row for number, row in enumerate(rows, start=1)]
    flags = dict.fromkeys(["selected_not_ordered", "successor_possible"], "boolean")
    return pd.DataFrame(made).astype(flags | {"year": "Int64", "order_year": "Int64"})


def built(*rows: dict) -> pd.DataFrame:
    return check_frame(loss(deals(*rows), ALLY)[0], schema(), "loss")


@pytest.mark.parametrize(
    ("fate", "lost"),
    [("not_found", True), ("undelivered", False), ("partly", False), ("delivered", False)],
)
def test_only_a_deal_that_is_gone_is_lost(fate, lost):
    (row,) = built({"fate_2026_05": fate}).to_dict("records")
    assert (row["lost"], row["fate"]) == (lost, fate)


@pytest.mark.parametrize("fate", ["not_found", "no_longer_covered", "ambiguous"])
def test_deal_delivered_in_full_before_its_row_went_is_not_lost(fate):
    (row,) = built({"fate_2024_03": "delivered", "fate_2026_05": fate}).to_dict("records")
    assert (row["lost"], row["fate"]) == (False, "delivered")


@pytest.mark.parametrize("fate", ["ambiguous", "no_longer_covered"])
def test_deal_of_unclear_fate_is_dropped_and_the_ledger_says_why(fate):
    table, ledger = loss(deals({"fate_2026_05": fate}, {}), ALLY)
    assert table["vintage_deal"].tolist() == [2]
    assert ledger[["key", "rule"]].to_numpy().tolist() == [["2018-01 deal 1", f"fate_{fate}"]]
    assert ledger["reason"].str.len().gt(20).all()


@pytest.mark.parametrize(
    "part", [{"number_delivered": 4}, {"fate_2024_03": "partly", "fate_2025_03": "partly"}]
)
def test_deal_with_a_delivered_part_is_recoded_and_not_lost(part):
    table, ledger = loss(deals(part, {}), ALLY)
    assert table["vintage_deal"].tolist() == [2]
    assert ledger[["key", "rule"]].to_numpy().tolist() == [["2018-01 deal 1", "fate_recoded"]]


@pytest.mark.parametrize("fate", ["not_found", "undelivered", "delivered"])
@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"selected_not_ordered": True}, "not_counted_selected_not_ordered"),
        ({"description": "Turbofan"}, "not_counted_engine"),
    ],
)
def test_selected_systems_and_engines_do_not_count_whatever_became_of_them(row, rule, fate):
    table, ledger = loss(deals(row | {"fate_2026_05": fate}, {}), ALLY)
    assert table["vintage_deal"].tolist() == [2]
    assert ledger["rule"].tolist() == [rule]


def test_engines_are_those_of_the_category_of_the_register():
    category = facts("deals").groupby("description")["category"].unique()
    engines = {name for name, found in category.items() if "Engines" in found}
    assert {name.lower() for name in engines} <= set(ENGINES)
    assert not {name.lower() for name in set(category.index) - engines} & set(ENGINES)
    # those of the register of 2018 that its wording alone tells
    kinds = facts("deal_vintages")["description"].str.lower()
    engines = kinds.str.contains(r"turbo|turbine|\bengine\b") & ~kinds.str.contains("engineer")
    assert set(kinds[engines]) <= set(ENGINES)


def test_first_row_is_the_first_that_counts():
    selected = {"selected_not_ordered": True}
    later = {"vintage": "2024-03", "year": 2023, "vintage_deal": 77}
    assert built(selected, later)["first_vintage"].tolist() == [True]


def test_deal_open_in_two_registers_has_two_rows_and_one_first():
    later = {"vintage": "2024-03", "year": 2023, "vintage_deal": 77}
    table = built({}, later)
    assert table["first_vintage"].tolist() == [True, False]
    assert table["years_open"].tolist() == [2, 9]


def test_ally_is_taken_from_the_last_year_of_the_register():
    later = {"vintage": "2025-03", "year": 2024, "vintage_deal": 8, "case": "2025-03/8"}
    assert built({}, later)["is_ally"].tolist() == [True, False]
