import pandas as pd
import pytest
from underbalance.sources.cow_states import iso3_by_cow_code, without_second_germany


def states(**numbers: int) -> pd.DataFrame:
    return pd.DataFrame({"iso3": list(numbers), "cow_code": list(numbers.values())})


def test_states_of_all_lists_are_found_and_germany_by_both_numbers():
    found = iso3_by_cow_code(states(DEU=255, JPN=740), states(CHN=710))
    assert found == {255: "DEU", 260: "DEU", 740: "JPN", 710: "CHN"}


def test_west_germany_is_none_of_a_list_without_germany():
    assert iso3_by_cow_code(states(JPN=740)) == {740: "JPN"}


@pytest.mark.parametrize(("year", "kept"), [(1989, 260), (1990, 255)])
def test_year_with_both_numbers_of_germany_keeps_that_of_31_december(year, kept):
    rows = pd.DataFrame({"state": "DEU", "year": year, "ccode": [255, 260]})
    assert without_second_germany(rows, "ccode", ["state", "year"])["ccode"].tolist() == [kept]
