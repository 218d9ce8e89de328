import numpy as np
import pandas as pd
from underbalance.outcomes.delivery import COLUMNS, deal_spells, delivery

LAST_YEAR = 2025


def spells(*deals: dict) -> pd.DataFrame:
    """Start–stop rows of deals ordered in 2000 unless said otherwise."""
    usual = {
        "iso3": "JPN",
        "order_year": 2000,
        "first_delivery_year": None,
        "exclusion": "",
        "tiv_order": np.e**2,
        "burden": 0.25,
        **dict.fromkeys(
            ["is_ally", "order_year_uncertain", "local_production", "for_other_platform"], True
        ),
        **dict.fromkeys(["order_cohort", "category"], "text"),
    }
    rows = [usual | {"deal_id": number} | deal for number, deal in enumerate(deals, start=1)]
    kinds = {"order_year": "Int64", "first_delivery_year": "Int64"}
    return deal_spells(pd.DataFrame(rows).astype(kinds), LAST_YEAR)


def test_delivered_deal_is_at_risk_from_its_order_to_its_first_delivery():
    table = spells({"first_delivery_year": 2002})
    assert table[["year", "start", "stop", "years_since_order", "delivered"]].to_dict("split")[
        "data"
    ] == [[2000, 0, 1, 0, False], [2001, 1, 2, 1, False], [2002, 2, 3, 2, True]]


def test_delivery_in_the_order_year_is_one_row_with_the_event():
    table = spells({"first_delivery_year": 2000})
    assert table[["year", "stop", "delivered"]].to_dict("split")["data"] == [[2000, 1, True]]


def test_undelivered_deal_is_censored_at_the_end_of_the_register():
    table = spells({"order_year": 2023})
    assert table["year"].tolist() == [2023, 2024, 2025]
    assert not table["delivered"].any()


def test_deal_that_is_excluded_has_no_rows():
    table = spells({"exclusion": "second_hand"}, {"first_delivery_year": 2000})
    assert table["deal_id"].tolist() == [2]


def test_each_deal_has_one_event_at_most_and_its_own_clock():
    table = spells({"first_delivery_year": 2001}, {"first_delivery_year": 2002}, {})
    assert table.groupby("deal_id")["delivered"].sum().tolist() == [1, 1, 0]
    assert table.groupby("deal_id")["start"].min().tolist() == [0, 0, 0]
    assert table.groupby("deal_id").size().tolist() == [2, 3, 26]
    assert list(table.columns) == COLUMNS


def test_size_is_in_logs_and_unknown_size_stays_missing():
    table = spells({"first_delivery_year": 2000}, {"first_delivery_year": 2000, "tiv_order": None})
    assert table["log_deal_size"].round(12).tolist()[0] == 2
    assert table["log_deal_size"].isna().tolist() == [False, True]


def test_burden_of_a_deal_stands_in_all_its_rows():
    table = spells({"first_delivery_year": 2001}, {"first_delivery_year": 2000, "burden": None})
    assert table["burden"].tolist()[:2] == [0.25, 0.25]
    assert table["burden"].isna().tolist() == [False, False, True]


def test_no_deal_that_counts_gives_an_empty_table_with_its_columns():
    table = spells({"exclusion": "component"})
    assert table.empty
    assert list(table.columns) == COLUMNS


def test_an_undelivered_order_waits_until_the_end_of_the_register():
    deals = pd.DataFrame(
        {
            "iso3": "JPN",
            "is_ally": True,
            "deal_id": [2, 1, 3],
            "order_year": pd.array([2000, 2010, 2012], dtype="Int64"),
            "years_to_delivery": pd.array([4, pd.NA, 1], dtype="Int64"),
            "delivered": [True, False, True],
            "exclusion": ["", "", "engine"],
        }
    )
    sources = pd.DataFrame({"table": ["deals"], "last_year": [2025]})
    table, _ = delivery(deals, sources)
    assert table["deal_id"].tolist() == [1, 2]
    assert table["years_to_delivery"].tolist() == [15, 4]
    assert table["delivered"].tolist() == [False, True]
