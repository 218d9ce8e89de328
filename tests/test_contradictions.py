import pandas as pd
from underbalance.contradictions import contradiction_faults, contradictions

KEY = ["state", "year"]
ROWS = pd.DataFrame({"state": ["IRN", "SYR"], "year": [2000, 2000], "cinc": [0.1, None]})


def test_same_rows_do_not_contradict_each_other_nor_do_missing_cells():
    assert contradictions(ROWS, ROWS, KEY) == []


def test_row_of_the_same_key_is_told_with_the_first_cell_that_differs():
    others = ROWS.assign(cinc=[0.1, 0.2])
    (fault,) = contradiction_faults(contradictions(ROWS, others, KEY), "own.csv", "other.csv", "-")
    assert (fault.file, fault.where) == ("own.csv", "row SYR 2000")
    assert fault.rule == "a row must not contradict other.csv"
    assert (fault.value, fault.allowed) == ("cinc nan", "0.2, as there")


def test_rows_of_other_keys_are_let_be():
    assert contradictions(ROWS, ROWS.assign(year=2001, cinc=9.0), KEY) == []
