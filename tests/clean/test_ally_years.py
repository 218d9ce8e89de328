import pandas as pd
import pytest
from underbalance.clean.ally_years import ally_years

COLUMNS = ["iso3", "commitment", "start", "end"]


def listed(*rows: tuple[str, str]) -> pd.DataFrame:
    """Allies from (iso3, independent_since)."""
    allies = pd.DataFrame(rows, columns=["iso3", "independent_since"])
    return allies.assign(name="name", region="europe")


def years(commitments: list[tuple], since: str = "", first: int = 1985, last: int = 1990):
    table = ally_years(
        listed(("AAA", since)), pd.DataFrame(commitments, columns=COLUMNS), first, last
    )
    return table.set_index("year")


def test_every_ally_has_every_year_once_and_in_order():
    pacts = pd.DataFrame([("AAA", "NATO", "1949-04-04", "")], columns=COLUMNS)
    table = ally_years(listed(("BBB", ""), ("AAA", "")), pacts, 1985, 1986)
    assert table[["iso3", "year", "is_ally"]].to_dict("split")["data"] == [
        ["AAA", 1985, True],
        ["AAA", 1986, True],
        ["BBB", 1985, False],
        ["BBB", 1986, False],
    ]


def test_commitment_counts_in_the_years_of_its_first_and_last_day():
    table = years([("AAA", "NATO", "1986-12-31", "1988-01-01")])
    assert table.index[table["is_ally"]].tolist() == [1986, 1987, 1988]


def test_open_commitment_from_before_the_table_counts_throughout():
    assert years([("AAA", "NATO", "1949-04-04", "")])["is_ally"].all()


@pytest.mark.parametrize(
    ("start", "end"), [("1951-09-01", "1984-12-31"), ("1991-01-01", "")], ids=["over", "to come"]
)
def test_commitment_outside_the_years_of_the_table_counts_nowhere(start, end):
    table = years([("AAA", "ANZUS", start, end)])
    assert not table["is_ally"].any()
    assert set(table["commitment"]) == {""}


def test_suspended_and_resumed_commitment_has_a_gap():
    table = years(
        [("AAA", "ANZUS", "1951-09-01", "1986-08-12"), ("AAA", "ANZUS", "1989-01-01", "")]
    )
    assert table["is_ally"].tolist() == [True, True, False, False, True, True]


@pytest.mark.parametrize("designation", ["MNNA", "MNNA_equivalent"])
def test_designation_as_major_ally_is_no_defence_commitment(designation):
    table = years([("AAA", designation, "1987-01-01", "")])
    assert not table["is_ally"].any()
    assert set(table["commitment"]) == {""}


def test_two_commitments_of_a_year_are_both_named():
    table = years([("AAA", "NATO", "1949-04-04", ""), ("AAA", "ANZUS", "1989-01-01", "")])
    assert table.loc[1988, "commitment"] == "NATO"
    assert table.loc[1989, "commitment"] == "NATO+ANZUS"


def test_no_rows_before_the_year_of_independence():
    table = years([("AAA", "NATO", "1985-01-01", "")], since="1987-06-25")
    assert table.index.tolist() == [1987, 1988, 1989, 1990]


def test_no_commitment_at_all_gives_rows_without_one():
    assert years([])["is_ally"].tolist() == [False] * 6
