import pandas as pd
from underbalance.registry import is_covered, read_codebook, read_shipped_sources, read_sources


def test_without_own_tables_codebook_and_registry_are_those_shipped(project):
    shipped = pd.read_csv("config/codebook.csv", dtype="str", keep_default_na=False)
    pd.testing.assert_frame_equal(read_codebook(), shipped, check_dtype=False)
    assert list(read_sources()["table"]) == list(read_shipped_sources()["table"])


def test_every_own_table_is_a_source_with_its_citation(own_project):
    rows = read_sources().set_index("table").loc[["votes", "equipment", "ratified"]]
    assert list(rows["source"]) == ["votes", "equipment", "ratified"]
    assert list(rows["authors"]) == ["Someone", "NATO", "Someone"]
    assert list(rows["unit"]) == ["year", "year", "spell"]
    assert rows["citation_key"].is_unique
    assert list(rows.loc["votes", ["first_year", "last_year"]]) == [1990, 2020]


def test_own_sources_are_not_among_those_that_a_refresh_writes(own_project):
    assert not set(read_shipped_sources()["table"]) & {"votes", "equipment", "ratified"}


def test_coverage_of_an_own_table_is_as_its_entry_states_it(own_project):
    keys = pd.DataFrame({"iso3": ["JPN", "JPN", "TWN"], "year": [1989, 1990, 2000]})
    covered = is_covered(read_sources(), "votes", keys["iso3"], keys["year"])
    assert covered.tolist() == [False, True, False]


def test_every_own_column_has_a_row_of_the_codebook(own_project):
    book = read_codebook()
    turnout = book[(book["table"] == "ally_year") & (book["name"] == "turnout")].iloc[0]
    assert (turnout["label"], turnout["unit"], turnout["source"]) == (
        "Turnout",
        "percent",
        "votes",
    )
    assert (turnout["first_year"], turnout["last_year"]) == ("2000", "2020")
    assert turnout["formula"] == "official"
    outcome = book[book["table"] == "outcome.ratified"]
    assert list(outcome["name"]) == [
        "iso3",
        "year",
        "is_ally",
        "case",
        "years_to_end",
        "ended",
        "field",
    ]
    assert not book.isna().any(axis=None)
