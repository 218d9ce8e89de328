import pandas as pd
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import ROWS
from underbalance.models.design_years import case_rows
from underbalance.models.estimators import estimators_of


def test_without_own_outcomes_rows_are_those_of_the_design(project):
    assert all_rows() == ROWS


def test_a_case_has_a_row_for_each_year_up_to_its_end():
    cases = pd.DataFrame(
        {
            "case": ["a", "b"],
            "iso3": ["JPN", "KOR"],
            "year": pd.array([1995, 2019], dtype="Int64"),
            "is_ally": [True, True],
            "years_to_end": pd.array([2, 1], dtype="Int64"),
            "ended": [True, False],
        }
    )
    rows = case_rows(cases)
    assert rows["spell"].tolist() == ["a", "a", "a", "b", "b"]
    assert rows["year"].tolist() == [1995, 1996, 1997, 2019, 2020]
    assert rows["years_since_start"].tolist() == [0, 1, 2, 0, 1]
    assert rows["ended"].tolist() == [False, False, True, False, False]
    assert rows["cohort"].tolist() == ["1995-1999"] * 3 + ["2015-2019"] * 2


def test_own_outcomes_take_the_estimators_of_their_kind(own_project):
    assert estimators_of("equipment") == estimators_of("effort")
    assert estimators_of("ratified") == estimators_of("delivery")
