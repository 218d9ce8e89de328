import pandas as pd
import pytest
from underbalance.clean.own_variables import with_own_variables

YEARS = pd.DataFrame({"iso3": ["JPN", "JPN", "KOR"], "year": [1999, 2000, 2000]})


def test_a_variable_is_missing_where_its_table_has_no_row():
    own = pd.DataFrame({"iso3": ["JPN", "KOR"], "year": [2000, 2000], "turnout": [62.5, 0.0]})
    found = with_own_variables(YEARS, {"votes": own})
    assert found["turnout"].fillna(-1).tolist() == [-1, 62.5, 0]


def test_rows_of_other_years_add_none():
    own = pd.DataFrame({"iso3": ["JPN"], "year": [1950], "turnout": [62.5]})
    found = with_own_variables(YEARS, {"votes": own})
    assert len(found) == len(YEARS)
    assert found["turnout"].isna().all()


def test_without_tables_nothing_changes():
    assert with_own_variables(YEARS, {}) is YEARS


def test_a_year_that_is_there_twice_is_an_error():
    own = pd.DataFrame({"iso3": ["JPN", "JPN"], "year": [2000, 2000], "turnout": [1.0, 2.0]})
    with pytest.raises(pd.errors.MergeError):
        with_own_variables(YEARS, {"votes": own})
