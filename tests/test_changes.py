import pandas as pd
from underbalance.changes import changes, summarise

KEY = ["iso3", "year"]


def table(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "value", "note"], dtype="str")


def kinds(old: pd.DataFrame, new: pd.DataFrame) -> list[tuple[str, ...]]:
    found = changes("milex", old, new, KEY)
    assert set(found["table"]) <= {"milex"}
    columns = ["key", "column", "change", "old", "new"]
    return list(found[columns].itertuples(index=False, name=None))


def test_same_table_in_another_order_has_no_change():
    old = table(("JPN", "2000", "1", ""), ("KOR", "2000", "2", "x"))
    assert kinds(old, old.iloc[::-1]) == []


def test_a_filled_cell_is_added_and_an_emptied_one_dropped():
    old, new = table(("JPN", "2000", "", "x")), table(("JPN", "2000", "1", ""))
    assert kinds(old, new) == [
        ("JPN 2000", "note", "dropped", "x", ""),
        ("JPN 2000", "value", "added", "", "1"),
    ]


def test_another_value_is_revised():
    old, new = table(("JPN", "2000", "1", "")), table(("JPN", "2000", "1.5", ""))
    assert kinds(old, new) == [("JPN 2000", "value", "revised", "1", "1.5")]


def test_a_new_row_counts_each_of_its_filled_cells_and_itself():
    old = table(("JPN", "2000", "1", ""))
    new = table(("JPN", "2000", "1", ""), ("JPN", "2001", "2", ""))
    assert kinds(old, new) == [
        ("JPN 2001", "row", "added", "", "present"),
        ("JPN 2001", "value", "added", "", "2"),
    ]


def test_rows_with_the_same_key_are_told_apart():
    old = table(("JPN", "2000", "1", ""), ("JPN", "2000", "2", ""))
    new = table(("JPN", "2000", "1", ""), ("JPN", "2000", "3", ""))
    assert kinds(old, new) == [("JPN 2000 #2", "value", "revised", "2", "3")]


def test_summary_counts_by_table_and_ally():
    old = table(("JPN", "2000", "1", ""), ("KOR", "2000", "1", "x"))
    new = table(("JPN", "2000", "2", ""), ("KOR", "2000", "1", ""))
    found = summarise(changes("milex", old, new, KEY)).to_dict("records")
    assert found == [
        {"table": "milex", "iso3": "JPN", "added": 0, "revised": 1, "dropped": 0},
        {"table": "milex", "iso3": "KOR", "added": 0, "revised": 0, "dropped": 1},
    ]


def test_a_table_without_allies_is_compared_too():
    old = pd.DataFrame({"date": ["2017-07-04"], "missile": ["a"]})
    found = changes("launches", old, old.assign(missile="b"), ["date"])
    assert found["iso3"].tolist() == ["(none)"]
