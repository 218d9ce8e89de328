import numpy as np
import pandas as pd
import pytest
from underbalance.clean.milex import effort_growth


def growth(*rows: tuple[str, int, float | None], index: list[int] | None = None) -> list:
    table = pd.DataFrame(rows, columns=["iso3", "year", "milex_constant_usd_m"], index=index)
    found = effort_growth(table.astype({"milex_constant_usd_m": "float64"}))
    assert found.index.tolist() == table.index.tolist()
    return [None if pd.isna(value) else value for value in found]


def test_growth_is_100_times_the_difference_of_logs():
    assert growth(("A", 2000, 100), ("A", 2001, 105)) == [None, pytest.approx(100 * np.log(1.05))]


def test_fall_and_rise_of_the_same_size_cancel():
    found = growth(("A", 2000, 100), ("A", 2001, 80), ("A", 2002, 100))
    assert found[1] + found[2] == pytest.approx(0)


@pytest.mark.parametrize("gap", [(), (("A", 2001, None),), (("A", 2001, 0),)])
def test_year_before_must_be_observed_and_positive_also_across_gaps(gap):
    assert growth(("A", 2000, 100), *gap, ("A", 2002, 200))[-1] is None


def test_year_is_matched_by_calendar_and_ally_whatever_the_order_of_rows():
    rows = (("B", 2001, 300), ("A", 2001, 200), ("A", 2000, 100), ("B", 2000, 100))
    assert growth(*rows, index=[4, 2, 9, 7]) == [
        pytest.approx(100 * np.log(3)),
        pytest.approx(100 * np.log(2)),
        None,
        None,
    ]
