import pandas as pd
from underbalance.clean.parliaments import parliaments_by_year

SOURCES = pd.DataFrame(
    {
        "table": ["manifesto_positions", "party_governments"],
        "source": ["manifesto_project", "vparty"],
        "first_year": 1980,
        "last_year": [2022, 2019],
        "allies_outside": ["THA", ""],
        "years_by_ally": "",
        "years_outside": "",
    }
)


def by_year(dates, years, known=(), closed=(), iso3="JPN", misdated=()):
    """The two sources have the same elections; ``known`` are further ones of PPEG."""
    base = pd.DataFrame({"iso3": iso3, "date": dates})
    value = pd.Series(range(1, len(base) + 1), dtype="float64")
    parliaments = {
        "manifesto_positions": base.assign(military_sd=value, special_relations_sd=value / 10),
        "party_governments": base.assign(government_seat_share=value / 100, left_right_sd=value),
    }
    rows = [("ppeg", date) for date in (*dates, *known)]
    rows += [("democratic_electoral_systems", date) for date in misdated]
    elections = pd.DataFrame(rows, columns=["source", "date"], dtype="str").assign(iso3=iso3)
    institutions = pd.DataFrame(
        [(iso3, year, year in closed) for year in range(1985, 2024)],
        columns=["iso3", "year", "legislature_closed"],
    ).astype({"legislature_closed": "boolean"})
    keys = pd.DataFrame({"iso3": iso3, "year": years})
    return parliaments_by_year(keys, parliaments, elections, institutions, SOURCES, 5)


def military(*given, **others) -> list[float | None]:
    values = by_year(*given, **others)[0]["military_dispersion"]
    return [None if pd.isna(value) else value for value in values]


def test_last_election_before_31_december_counts_with_its_own_names():
    table, ledger = by_year(["2012-05-06", "2012-06-17"], [2011, 2012, 2013])
    assert table["military_dispersion"].tolist()[1:] == [2, 2]
    assert table.loc[0].drop(["iso3", "year"]).isna().all()
    assert table.loc[1].tolist() == ["JPN", 2012, 2, 0.2, 0.02, 2]
    assert ledger.empty


def test_each_source_ends_with_its_own_coverage():
    table, _ = by_year(["2018-01-01"], [2019, 2020])
    assert table["elected_government_share"].notna().tolist() == [True, False]
    assert table["military_dispersion"].notna().tolist() == [True, True]
    outside, _ = by_year(["2018-01-01"], [2018], iso3="THA")
    assert outside["military_dispersion"].isna().all()
    assert outside["elected_government_share"].tolist() == [0.01]


def test_election_that_the_source_lacks_ends_the_one_before():
    # the Manifesto release ends with Italy 2018; the election of 25 September 2022 is in PPEG
    assert military(["2018-03-04"], [2021, 2022], known=["2022-09-25"]) == [1, None]


def test_another_date_of_the_same_election_does_not_end_it():
    # Turkey 1987: 29 November, in V-Party 29 October
    assert military(["1987-10-29"], [1987], known=["1987-11-29"]) == [1]


def test_source_that_is_not_used_for_an_ally_does_not_end_its_elections():
    # Democratic Electoral Systems has Denmark's election of 18 June 2015 on 26 October
    assert military(["2015-06-18"], [2015], misdated=["2015-10-26"]) == [1]


def test_election_is_carried_for_one_term_at_most():
    assert military(["2001-06-24"], [2006, 2007]) == [1, None]


def test_closed_legislature_has_no_positions():
    assert military(["2011-07-03"], [2013, 2014], closed=[2014]) == [1, None]


def test_every_removed_value_is_noted_once_with_its_election():
    _, ledger = by_year(["2011-07-03"], [2017], known=["2014-01-01"], closed=[2014])
    assert sorted(ledger["key"]) == [
        "JPN 2017 elected_government_share",
        "JPN 2017 left_right_dispersion",
        "JPN 2017 military_dispersion",
        "JPN 2017 special_relations_dispersion",
    ]
    assert set(ledger["rule"]) == {"election_too_old"}
    assert ledger["reason"].str.contains("2011-07-03").all()
