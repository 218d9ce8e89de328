import pandas as pd
import pytest
from underbalance.outcomes.loss import loss
from underbalance.schemas.outcomes import loss as schema
from underbalance.tables import check_frame

ALLY = pd.DataFrame({"iso3": "TUR", "year": [2016, 2023, 2024], "is_ally": [True, True, False]})


def deals(*rows: dict) -> pd.DataFrame:
    """Deals open in the register of 2018-01 and lost in the last one, unless said otherwise."""
    usual = {
        "vintage": "2018-01",
        "year": 2016,
        "case": "2018-01/1",
        "iso3": "TUR",
        "order_year": 2014,
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


def test_deal_open_in_two_registers_has_two_rows_and_one_first():
    later = {"vintage": "2024-03", "year": 2023, "vintage_deal": 77}
    table = built({}, later)
    assert table["first_vintage"].tolist() == [True, False]
    assert table["years_open"].tolist() == [2, 9]


def test_ally_is_taken_from_the_last_year_of_the_register():
    later = {"vintage": "2025-03", "year": 2024, "vintage_deal": 8, "case": "2025-03/8"}
    assert built({}, later)["is_ally"].tolist() == [True, False]
