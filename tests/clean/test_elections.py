import pandas as pd
from underbalance.clean.elections import enpp_by_year

SOURCES = pd.DataFrame(
    {
        "table": "elections",
        "source": ["ppeg", "democratic_electoral_systems"],
        "first_year": 1980,
        "last_year": [2024, 2016],
        "allies_outside": "",
        "years_by_ally": "",
        "years_outside": "",
    }
)


def election(date: str, enpp: float, source: str = "ppeg", iso3: str = "JPN") -> tuple:
    return iso3, date, source, enpp


def enpp(
    elections: list[tuple],
    years: list[int],
    valid_years: int = 5,
    closed: tuple[int, ...] = (),
    iso3: str = "JPN",
):
    table = pd.DataFrame(elections, columns=["iso3", "date", "source", "enpp"])
    institutions = pd.DataFrame(
        [(iso3, year, year in closed) for year in range(1985, 2010)],
        columns=["iso3", "year", "legislature_closed"],
    ).astype({"legislature_closed": "boolean"})
    ally_years = pd.DataFrame({"iso3": iso3, "year": years})
    found, ledger = enpp_by_year(ally_years, table, institutions, SOURCES, valid_years)
    values = [None if pd.isna(value) else value for value in found["enpp"]]
    return values, found["election_date"].tolist(), ledger


def test_election_in_force_on_31_december_counts():
    values, dates, _ = enpp(
        [election("1990-02-18", 2.6), election("1993-07-18", 4.2), election("1993-12-31", 5.0)],
        [1989, 1990, 1992, 1993, 1994],
    )
    assert values == [None, 2.6, 2.6, 5.0, 5.0]
    assert dates == ["", "1990-02-18", "1990-02-18", "1993-12-31", "1993-12-31"]


def test_election_older_than_a_term_is_removed_and_noted():
    values, dates, ledger = enpp([election("1990-02-18", 2.6)], [1995, 1996], valid_years=5)
    assert values == [2.6, None]
    assert dates == ["1990-02-18", ""]
    assert ledger[["key", "rule", "old"]].to_dict("split")["data"] == [
        ["JPN 1996 enpp", "election_too_old", "2.6"]
    ]


def test_closed_legislature_has_no_parties_until_the_next_election():
    values, _, ledger = enpp(
        [election("1990-02-18", 2.6), election("1994-02-18", 3.1)],
        [1991, 1992, 1993, 1994],
        closed=(1992,),
    )
    assert values == [2.6, None, None, 3.1]
    assert ledger["rule"].tolist() == ["legislature_closed", "legislature_closed"]


def test_legislature_closed_before_an_election_of_the_same_year_counts_again():
    values, _, _ = enpp([election("1992-09-13", 6.0)], [1992, 1993], closed=(1992,))
    assert values == [6.0, 6.0]


def test_source_counts_only_in_the_years_it_covers():
    des = "democratic_electoral_systems"
    values, _, _ = enpp([election("2015-05-01", 3.0, des)], [2016, 2017], valid_years=5)
    assert values == [3.0, None]


def test_one_source_is_used_throughout_an_ally_even_before_its_first_election():
    des = "democratic_electoral_systems"
    values, _, ledger = enpp(
        [election("1988-01-01", 9.0, des), election("1990-02-18", 2.6)], [1989, 1990]
    )
    assert values == [None, 2.6]
    assert ledger[["key", "rule", "old"]].to_dict("split")["data"] == [
        ["JPN 1988-01-01", "second_source_not_used", "9.0"]
    ]


def test_second_source_serves_an_ally_that_the_first_does_not_cover():
    des = "democratic_electoral_systems"
    values, _, ledger = enpp(
        [election("1990-02-18", 2.6), election("1989-12-02", 4.0, des, "TWN")], [1990], iso3="TWN"
    )
    assert values == [4.0]
    assert ledger.empty


def test_ally_without_an_election_has_empty_cells_in_every_year():
    values, dates, _ = enpp([election("1990-02-18", 2.6)], [1991, 1990], iso3="KOR")
    assert values == [None, None]
    assert dates == ["", ""]
