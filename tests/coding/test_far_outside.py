"""Values of an added ally that lie far outside the reference sample."""

import pandas as pd
import pytest
from underbalance.coding.far_outside import far_outside, of_main_codings
from underbalance.config import read_codings


def ally_years(*values: float | None) -> pd.DataFrame:
    """The reference has -1, 0 and 1: mean 0, standard deviation 1."""
    known = [{"iso3": "JPN", "x": x, "is_ally": True, "in_reference": True} for x in (-1, 0, 1)]
    own = [{"iso3": "EGY", "x": x, "is_ally": True, "in_reference": False} for x in values]
    return pd.DataFrame([*known, *own])


@pytest.mark.parametrize("value", [2.0, -2.0, 0.5, None])
def test_value_within_one_deviation_of_the_extremes_is_not_far(value):
    assert far_outside(ally_years(value), "EGY", ["x"]) == []


@pytest.mark.parametrize("value", [4.0, -4.0])
def test_farthest_value_is_told_with_its_distance_and_the_years(value):
    (far,) = far_outside(ally_years(value, 3 * value / 4, 0.0, None), "EGY", ["x"])
    assert (far.years, far.known, far.value, far.deviations) == (2, 3, value, value)
    assert (far.low, far.high) == (-1, 1)


def test_years_that_do_not_count_are_not_looked_at():
    years = ally_years(9.0)
    assert far_outside(years.assign(is_ally=years["iso3"] == "JPN"), "EGY", ["x"]) == []


def test_main_codings_are_named_with_what_they_are_made_of():
    names = of_main_codings(read_codings())
    assert {"dependence", "military_aid_gdp", "political"} <= set(names)
    assert "political_pca" not in names
