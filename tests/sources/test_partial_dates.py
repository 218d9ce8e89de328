import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.columns import partial_date, table
from underbalance.sources.partial_dates import partial_dates
from underbalance.tables import check_frame


@pytest.mark.parametrize(
    ("year", "month", "day", "date"),
    [
        ("1996", "8", "29", "1996-08-29"),
        ("2000", "9", "xx", "2000-09"),
        ("2003", "", "", "2003"),
        ("2003", "", "5", "2003"),
        ("2003", "-77", "-77", "2003"),
        ("", "", "", ""),
        ("-99", "4", "1", ""),
    ],
)
def test_date_is_as_precise_as_its_known_parts(year, month, day, date):
    parts = (pd.Series([part], dtype="str") for part in (year, month, day))
    assert partial_dates(*parts).tolist() == [date]


@pytest.mark.parametrize("date", ["2003-02-30", "2003-13", "03", "2003-5", "later"])
def test_schema_refuses_a_date_that_does_not_exist(date):
    dates = table({"date": partial_date(empty=True)}, ["date"])
    check_frame(pd.DataFrame({"date": ["2003", "2003-02", "2003-02-28", ""]}), dates, "dates")
    with pytest.raises(FaultsError, match="must be a date that exists"):
        check_frame(pd.DataFrame({"date": [date]}), dates, "dates")


def test_schema_refuses_an_empty_date_where_one_is_needed():
    dates = table({"date": partial_date()}, ["date"])
    with pytest.raises(FaultsError):
        check_frame(pd.DataFrame({"date": [""]}), dates, "dates")
