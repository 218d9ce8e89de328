import pandas as pd
import pytest
from underbalance.clean.panel import look_up, with_is_ally, years_earlier

ALLIED = pd.DataFrame(
    {"iso3": ["POL", "POL", "JPN"], "year": [1998, 1999, 1999], "is_ally": [False, True, True]}
)


def by_year(*rows: tuple[str, int, float]) -> pd.Series:
    return pd.DataFrame(rows, columns=["iso3", "year", "value"]).set_index(["iso3", "year"])[
        "value"
    ]


def test_is_ally_is_that_of_the_named_year_for_every_row_of_the_ally_year():
    orders = pd.DataFrame({"iso3": "POL", "order_year": [1999, 1998, 1999]})
    table = with_is_ally(orders, ALLIED, year="order_year")
    assert table["is_ally"].tolist() == [True, False, True]
    assert list(table) == ["iso3", "order_year", "is_ally"]


def test_state_without_an_ally_year_is_no_ally():
    table = with_is_ally(pd.DataFrame({"iso3": ["JPN"], "year": [1998]}), ALLIED)
    assert table["is_ally"].tolist() == [False]
    assert table["is_ally"].dtype == "boolean"


def test_ally_year_that_is_known_twice_is_refused():
    twice = pd.concat([ALLIED, ALLIED])
    with pytest.raises(pd.errors.MergeError):
        with_is_ally(ALLIED[["iso3", "year"]], twice)


def test_value_is_looked_up_by_key_and_keeps_the_index_of_the_keys():
    keys = pd.DataFrame({"year": [2001, 2000, 2001], "iso3": ["A", "B", "B"]}, index=[7, 3, 5])
    found = look_up(by_year(("B", 2000, 2.0), ("A", 2001, 1.0)), keys)
    assert found.index.tolist() == [7, 3, 5]
    assert found.tolist()[:2] == [1, 2]
    assert pd.isna(found[5])


def test_earlier_value_is_of_the_calendar_year_not_of_the_row_before():
    values = by_year(("A", 2002, 3.0), ("A", 2000, 1.0), ("B", 2001, 9.0))
    assert years_earlier(values, 2).tolist()[0] == 1
    assert years_earlier(values, 1).isna().all()
    assert years_earlier(values.to_frame(), 2).index.equals(values.index)
