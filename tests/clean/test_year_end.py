import pandas as pd
from underbalance.clean.year_end import count_in_window, first_day, is_begun, latest_at_year_end

EVENTS = pd.DataFrame(
    {
        "iso3": ["A", "A", "B"],
        "held": ["2001-12-31", "2003-01-01", "2002-06-01"],
        "seats": [10, 20, 30],
    }
)


def keys(*rows: tuple[str, int], index: list[int] | None = None) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year"], index=index)


def test_row_of_31_december_counts_and_that_of_new_year_does_not():
    found = latest_at_year_end(keys(("A", 2001), ("A", 2002), ("A", 2003)), EVENTS, "held")
    assert found["seats"].tolist() == [10, 10, 20]


def test_rows_of_another_ally_and_later_ones_are_not_taken():
    found = latest_at_year_end(keys(("B", 2001), ("B", 2009), ("C", 2009)), EVENTS, "held")
    assert found["held"].fillna("").tolist() == ["", "2002-06-01", ""]


def test_keys_stay_in_their_order():
    wanted = keys(("B", 2005), ("A", 2001), ("A", 2005), index=[8, 2, 5])
    found = latest_at_year_end(wanted, EVENTS, "held")
    assert found.index.tolist() == [8, 2, 5]
    assert found["seats"].tolist() == [30, 10, 20]


def test_table_without_rows_leaves_all_missing():
    assert latest_at_year_end(keys(("A", 2001)), EVENTS[:0], "held")["seats"].isna().all()


def test_window_has_the_year_of_the_key_and_those_before():
    counts = EVENTS.groupby(["iso3", EVENTS["held"].str[:4].astype(int)]).size()
    wanted = keys(("A", 2003), ("A", 2004), ("A", 2007), ("B", 2003))
    assert count_in_window(counts, wanted, 3).tolist() == [2, 1, 0, 1]
    assert count_in_window(counts, wanted, 1).tolist() == [1, 0, 0, 0]


def test_window_of_three_years_begins_on_new_year_two_years_before():
    assert first_day(keys(("A", 2003)), 3).tolist() == ["2001-01-01"]


def test_ally_without_a_date_has_not_begun():
    wanted = keys(("A", 2003), ("B", 2003), ("C", 2003))
    since = pd.Series({"A": "2001-01-01", "B": "2001-01-02"})
    assert is_begun(wanted, since, first_day(wanted, 3)).tolist() == [True, False, False]
