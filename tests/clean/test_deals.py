import pandas as pd
import pytest
from underbalance.clean.deals import clean_deals, order_cohort
from underbalance.ledger import LEDGER_COLUMNS
from underbalance.schemas.limits import EXCLUSIONS

LAST_YEAR = 2025
ALLY_YEARS = pd.DataFrame(
    {"iso3": "JPN", "year": [1997, 1998, 1999, 2024, 2025], "is_ally": [1, 1, 0, 1, 1]}
).assign(
    is_ally=lambda table: table["is_ally"].astype(bool),
    milex_constant_usd_m=[48_000.0, 24_000.0, None, 50_000.0, 50_000.0],
)
COUNTED = {
    "deal_id": 1,
    "iso3": "JPN",
    "order_year": 1998,
    "category": "Aircraft",
    "condition": "new",
    "first_delivery_year": 2001,
    "tiv_order": 480.0,
    "selected_not_ordered": False,
    "for_other_platform": False,
}
NOTES = ["deal_id", "selected_not_ordered", "for_other_platform"]


def clean(*changes: dict):
    rows = pd.DataFrame([COUNTED | change for change in changes]).astype(
        {"order_year": "Int64", "first_delivery_year": "Int64"}
    )
    notes = rows[NOTES].astype(dict.fromkeys(NOTES[1:], "boolean"))
    return clean_deals(rows.drop(columns=NOTES[1:]), notes[::-1], ALLY_YEARS, LAST_YEAR)


def test_counted_deal_has_no_exclusion_and_no_ledger_entry():
    table, ledger = clean({})
    (row,) = table.to_dict("records")
    assert (row["exclusion"], row["delivered"], row["years_to_delivery"]) == ("", True, 3)
    assert row["is_ally"] is True
    assert ledger.empty
    assert list(ledger.columns) == LEDGER_COLUMNS


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"selected_not_ordered": True}, "selected_not_ordered"),
        ({"condition": "second hand"}, "second_hand"),
        ({"condition": "second hand, modernised"}, "second_hand"),
        ({"for_other_platform": True}, ""),  # a model may leave it out
        ({"category": "Engines"}, "engine"),
        ({"order_year": 2025, "first_delivery_year": None}, "ordered_in_last_year"),
        ({"order_year": 1999}, ""),  # not an ally: the sample of a model decides
        ({"order_year": 2024, "first_delivery_year": None}, ""),
    ],
)
def test_deal_that_does_not_count_says_why(change, reason):
    table, ledger = clean(change)
    assert table["exclusion"].tolist() == [reason]
    told = [f"not_counted_{reason}"] if reason else []
    assert ledger["rule"].tolist() == told


def test_first_reason_in_the_declared_order_is_given():
    everything = {
        "selected_not_ordered": True,
        "condition": "second hand",
        "for_other_platform": True,
        "order_year": 2025,
        "first_delivery_year": None,
    }
    table, _ = clean(everything, everything | {"deal_id": 2, "selected_not_ordered": False})
    assert table["exclusion"].tolist() == ["selected_not_ordered", "second_hand"]
    assert list(EXCLUSIONS)[:2] == table["exclusion"].tolist()


def test_undelivered_deal_has_no_time_to_delivery():
    table, _ = clean({"first_delivery_year": None})
    assert table["delivered"].tolist() == [False]
    assert table["years_to_delivery"].isna().tolist() == [True]


def test_size_of_zero_is_unknown_and_noted():
    table, ledger = clean({"tiv_order": 0.0}, {"deal_id": 2, "tiv_order": 0.5})
    assert table["tiv_order"].isna().tolist() == [True, False]
    assert ledger[["key", "rule", "old", "new"]].to_dict("split")["data"] == [
        ["deal 1 tiv_order", "size_unknown", "0.0", ""]
    ]


def test_notes_are_matched_by_deal_and_rows_are_sorted():
    table, _ = clean({"deal_id": 9, "for_other_platform": True}, {"deal_id": 3})
    assert table["deal_id"].tolist() == [3, 9]
    assert table["for_other_platform"].tolist() == [False, True]


def test_repeated_notes_are_refused_instead_of_doubling_a_deal():
    table = pd.DataFrame([COUNTED]).drop(columns=NOTES[1:])
    notes = pd.DataFrame([COUNTED, COUNTED])[NOTES]
    with pytest.raises(pd.errors.MergeError):
        clean_deals(table, notes, ALLY_YEARS, LAST_YEAR)


def test_cohorts_have_five_years_and_begin_with_a_zero_or_five():
    years = pd.Series([1990, 1994, 1995, 2024], dtype="Int64")
    assert order_cohort(years).tolist() == ["1990-1994", "1990-1994", "1995-1999", "2020-2024"]


def test_commitment_is_that_of_the_order_year():
    table, _ = clean({}, {"deal_id": 2, "order_year": 1999}, {"deal_id": 3, "order_year": 2000})
    assert table["is_ally"].tolist() == [True, False, False]


def test_burden_is_of_the_expenditure_of_the_year_before_the_order():
    table, _ = clean({}, {"deal_id": 2, "order_year": 1999}, {"deal_id": 3, "tiv_order": 0.0})
    # 480 / 48,000 and 480 / 24,000; of unknown size
    assert table["burden"].tolist()[:2] == [0.01, 0.02]
    assert table["burden"].isna().tolist() == [False, False, True]
