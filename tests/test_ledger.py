import pandas as pd
import pytest
from underbalance.ledger import LEDGER_COLUMNS, Ledger, join_ledgers
from underbalance.schemas.processed import ledger as schema
from underbalance.tables import check_frame


@pytest.mark.parametrize("nothing", [None, pd.NA, float("nan"), pd.NaT])
def test_missing_values_are_written_as_empty(nothing):
    ledger = Ledger("deals")
    ledger.add("deal 1", "rule", nothing, 2.5, "reason")
    assert ledger.frame().to_dict("split")["data"] == [
        ["deals", "deal 1", "rule", "", "2.5", "reason"]
    ]


def test_entries_are_sorted_whatever_the_order_they_came_in():
    entries = [("JPN 1999", "b", 2), ("JPN 1998", "b", 1), ("JPN 1998", "a", 3)]
    frames = []
    for order in (entries, entries[::-1]):
        ledger = Ledger("economy")
        for key, rule, new in order:
            ledger.add(key, rule, None, new, "reason")
        frames.append(ledger.frame())
    pd.testing.assert_frame_equal(*frames)
    assert frames[0]["new"].tolist() == ["3", "1", "2"]


def test_joined_ledgers_are_one_sorted_table_that_passes_its_schema():
    later, earlier = Ledger("us_troops"), Ledger("economy")
    for ledger in (later, earlier):
        ledger.add("JPN 1998", "rule", 1, None, "reason")
    joined = join_ledgers([later.frame(), Ledger("deals").frame(), earlier.frame()])
    assert joined["table"].tolist() == ["economy", "us_troops"]
    check_frame(joined, schema(), "ledger")


def test_empty_ledger_has_its_columns():
    assert list(Ledger("deals").frame().columns) == LEDGER_COLUMNS
