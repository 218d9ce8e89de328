import pandas as pd
import pytest
from underbalance.outcomes.steadiness import decade_of, steadiness


def grown(start: int, *growth: float | None) -> pd.DataFrame:
    years = range(start, start + len(growth))
    return pd.DataFrame({"iso3": "JPN", "year": years, "effort_growth": growth}).dropna()


def only(effort: pd.DataFrame) -> dict:
    (row,) = steadiness(effort).reset_index().to_dict("records")
    return row


def test_decade_begins_in_the_year_that_ends_in_zero():
    assert decade_of(pd.Series([1989, 1990, 1999, 2000])).tolist() == [1980, 1990, 1990, 2000]


def test_reversals_are_counted_among_pairs_and_zero_is_none():
    # pairs: + - turned, - - not, - 0 not, 0 + not, + - turned
    row = only(grown(2000, 1.0, -2.0, -1.0, 0.0, 3.0, -1.0))
    assert (row["growths"], row["reversal_share"]) == (6, pytest.approx(2 / 5))


def test_variance_is_that_of_a_sample():
    # mean 3, squared deviations 4 + 1 + 0 + 1 + 4 = 10, over n - 1 = 4
    assert only(grown(2000, 1.0, 2.0, 3.0, 4.0, 5.0))["growth_variance"] == pytest.approx(2.5)


def test_years_around_a_gap_are_no_pair():
    row = only(grown(2000, 1.0, -1.0, None, 1.0, 1.0, 1.0))
    assert row["reversal_share"] == pytest.approx(1 / 3)


def test_pair_across_two_decades_belongs_to_neither():
    table = steadiness(grown(1995, 1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0, -1.0))
    assert table["reversal_share"].tolist() == [0, 0]


def test_fewer_than_five_growths_say_nothing():
    row = only(grown(2000, 1.0, -1.0, 1.0, -1.0))
    assert row["growths"] == 4
    assert pd.isna(row["reversal_share"])
    assert pd.isna(row["growth_variance"])
