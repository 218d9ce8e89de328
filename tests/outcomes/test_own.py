import pandas as pd
from underbalance.outcomes.listed import all_outcomes
from underbalance.outcomes.own import by_year, durations
from underbalance.own.definitions import read_own
from underbalance.own.schemas import outcome

YEARS = pd.DataFrame(
    {
        "iso3": ["JPN", "JPN", "KOR", "BEL"],
        "year": [1995, 2015, 2018, 2010],
        "is_ally": [True, True, False, True],
    }
).astype({"year": "Int64"})


def cases(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["case", "iso3", "start", "end"], dtype="str")


def test_a_case_lasts_the_calendar_years_from_start_to_end():
    table, ledger = durations(cases(("a", "JPN", "1995-12-31", "1997-01-01")), YEARS, "x", 2020)
    assert table[["year", "years_to_end", "ended", "is_ally"]].to_numpy().tolist() == [
        [1995, 2, True, True]
    ]
    assert ledger.empty


def test_an_open_case_is_censored_in_the_last_covered_year():
    table, ledger = durations(cases(("b", "JPN", "2015", "")), YEARS, "x", 2020)
    assert table[["years_to_end", "ended"]].to_numpy().tolist() == [[5, False]]
    assert ledger.empty


def test_a_case_that_ends_after_the_last_covered_year_is_censored_and_in_the_ledger():
    table, ledger = durations(cases(("c", "KOR", "2018", "2023-01")), YEARS, "x", 2020)
    assert table[["years_to_end", "ended"]].to_numpy().tolist() == [[2, False]]
    assert ledger[["table", "key", "rule", "old"]].to_numpy().tolist() == [
        ["outcome.x", "c", "censored_at_end_of_coverage", "2023-01"]
    ]


def test_the_year_of_the_start_says_whether_a_case_is_of_an_ally():
    table, _ = durations(
        cases(("a", "KOR", "2018", "2019"), ("b", "KOR", "2016", "")), YEARS, "x", 2020
    )
    assert table["is_ally"].tolist() == [False, False]


def test_a_measure_by_year_keeps_its_rows():
    given = pd.DataFrame({"iso3": ["JPN", "KOR"], "year": [1995, 2018], "shift": [0.5, 1.0]})
    table, ledger = by_year(given.astype({"year": "Int64"}), YEARS, "x")
    assert table["is_ally"].tolist() == [True, False]
    assert table["shift"].tolist() == [0.5, 1.0]
    assert ledger.empty


def test_without_own_outcomes_the_outcomes_are_those_of_the_design(project):
    from underbalance.outcomes.catalogue import OUTCOMES

    assert all_outcomes() == OUTCOMES
    assert read_own().outcomes == {}


def test_rows_of_an_ally_that_is_not_of_the_run_are_left_aside(own_project):
    from underbalance.outcomes.catalogue import Inputs

    rows = pd.DataFrame({"iso3": ["EGY", "JPN"], "year": [2000, 1995], "shift": [1.0, 2.0]})
    given = Inputs({"equipment": rows}, {"country_years": YEARS}, pd.DataFrame())
    table, _ = all_outcomes()["equipment"].build(given)
    assert table["iso3"].tolist() == ["JPN"]


def test_made_tables_hold_to_their_schema(own_project):
    from underbalance.outcomes.catalogue import Inputs
    from underbalance.registry import read_sources
    from underbalance.stages import read_facts
    from underbalance.tables import check_frame

    own = read_own()
    for name, entry in own.outcomes.items():
        facts = read_facts([str(own.file(name))])
        given = Inputs(facts, {"country_years": YEARS}, read_sources())
        table, _ = all_outcomes()[name].build(given)
        assert len(check_frame(table, outcome(entry), name)) == len(facts[name]) > 0
