import pandas as pd
import pytest
from underbalance.outcomes.alignment import alignment


def years(*distances: float | None) -> pd.DataFrame:
    span = range(2000, 2000 + len(distances))
    return pd.DataFrame(
        {"iso3": "JPN", "year": span, "is_ally": True, "ideal_point_distance": distances}
    )


def test_moving_closer_is_a_negative_change_and_a_positive_shift():
    table, _ = alignment(years(1.0, 0.75))
    assert table["alignment_change"].tolist() == pytest.approx([-0.25])
    assert table["alignment_shift"].tolist() == pytest.approx([0.25])
    assert table["year"].tolist() == [2001]


def test_a_year_without_ideal_point_breaks_the_series_and_is_not_zero():
    table, _ = alignment(years(1.0, None, 0.5, 0.5))
    assert table["year"].tolist() == [2003]


def test_the_year_before_is_of_the_same_ally():
    other = years(3.0, 3.0).assign(iso3="AUS")
    table, _ = alignment(pd.concat([other, years(1.0, 0.9)], ignore_index=True))
    assert table["alignment_shift"].round(6).tolist() == [0, 0.1]
