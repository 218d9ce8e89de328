"""Figures of another magnitude than those of the listed allies, and figures that are all zero."""

import pandas as pd
import pytest
from underbalance.add_ally.shipped import shipped_rows
from underbalance.add_ally.units import unit_notes, zero_notes


def economy(series: str, value: float) -> pd.DataFrame:
    row = {"iso3": "EGY", "year": 2001, "series": series, "source": "imf_weo", "value": value}
    return pd.DataFrame([row])


@pytest.mark.parametrize(("value", "notes"), [(0.7, 1), (70.0, 0), (7000.0, 1)])
def test_each_series_is_compared_with_its_own_kind(value, notes):
    found = unit_notes("economy", economy("debt", value), "EGY")
    assert len(found) == notes
    assert all(note.startswith("value of debt is ") for note in found)


def test_no_listed_ally_is_noted_in_its_trade():
    for iso3 in ("CAN", "EST", "JPN", "USA"):
        assert unit_notes("us_trade", shipped_rows("us_trade", iso3), iso3) == []


@pytest.mark.parametrize(("value", "notes"), [(0.0, 1), (None, 0), (3.0, 0)])
def test_table_of_zeros_only_is_noted(value, notes):
    rows = pd.DataFrame({"iso3": ["AUT"] * 2, "tiv_all": [0.0, value], "tiv_usa": [value, value]})
    if value is None:
        rows["tiv_all"] = [None, None]
    assert (
        len(zero_notes("arms_orders", rows.astype({"tiv_all": float, "tiv_usa": float}))) == notes
    )
