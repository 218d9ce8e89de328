"""Hand-coded tables that somebody has broken: what the check before a run says, and where."""

import re
from pathlib import Path

import pytest
from underbalance.check import check_inputs
from underbalance.errors import Fault, FaultsError
from underbalance.registry import ALLIES_FILE

LEGAL = "data/raw/legal_constraints.csv"
EVENTS = "data/raw/missile_defence_events.csv"
CLAIMS = "data/raw/seed_claims.csv"

CEILING = "JPN,defence_spending_ceiling,b,1,1997-06-03,1998-12-17,"


def edit(file: str | Path, old: str, new: str) -> int:
    """Replace a text that stands in one line only; return the number of the line."""
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    (line,) = [n for n, found in enumerate(text.split("\n"), 1) if old in found]
    path.write_text(text.replace(old, new), encoding="utf-8")
    return line


def message() -> str:
    """The text that a user sees."""
    with pytest.raises(FaultsError) as error:
        check_inputs()
    return str(error.value)


def fault() -> Fault:
    with pytest.raises(FaultsError) as error:
        check_inputs()
    (only,) = error.value.faults
    return only


# --- periods of constant value -----------------------------------------------------------


def test_overlap_of_two_periods_is_told_with_file_line_value_and_mend(project_copy):
    line = edit(LEGAL, CEILING, CEILING.replace("1997-06-03", "1997-06-01"))
    assert message() == (
        f"1 fault in the input:\n\n{LEGAL}\n"
        f"  line {line} (JPN defence_spending_ceiling b 1997-06-01): start must not lie in a period"
        " before it: the two overlap\n"
        "    found:   1997-06-01\n"
        "    allowed: periods of one coder, iso3, item that follow one another day by day\n"
        "    mend:    begin this period later, or end the one before it earlier"
    )


def test_gap_between_two_periods_is_told_as_a_gap_and_not_as_an_overlap(project_copy):
    line = edit(LEGAL, CEILING, CEILING.replace("1997-06-03", "1997-06-04"))
    assert message() == (
        f"1 fault in the input:\n\n{LEGAL}\n"
        f"  line {line} (JPN defence_spending_ceiling b 1997-06-04): start must be the day after"
        " the period before it: there is a gap between the two\n"
        "    found:   1997-06-04\n"
        "    allowed: periods of one coder, iso3, item that follow one another day by day\n"
        "    mend:    begin this period earlier, end the one before it later,"
        " or add the period in between"
    )


def test_period_that_was_taken_out_leaves_a_gap_at_the_next_one(project_copy):
    path = Path(LEGAL)
    kept, taken = [], []
    for row in path.read_text(encoding="utf-8").split("\n"):
        (taken if CEILING in row else kept).append(row)
    path.write_text("\n".join(kept), encoding="utf-8")
    assert len(taken) == 1
    found = fault()
    assert (found.value, "there is a gap" in found.rule) == ("1998-12-18", True)


def test_reversed_period_is_told(project_copy):
    edit(LEGAL, CEILING, CEILING.replace("1998-12-17", "1997-06-02"))
    rules = re.findall(r"(?:start|end) must .*", message())
    assert rules[0] == "end must not be before start"


# --- events and claims -------------------------------------------------------------------


def test_event_before_its_ally_was_independent_is_told(project_copy):
    # Czechia is independent since 1 January 1993
    line = edit(EVENTS, "CZE,2007-01-20,day,", "CZE,1992-12-31,day,")
    found = fault()
    assert found.file == EVENTS
    assert found.where.startswith(f"line {line} (CZE 1992-12-31 ")
    assert found.rule == "date must not be before the ally was independent"
    assert found.value == "1992-12-31"
    assert "independent_since in config/allies.csv" in found.allowed
    assert "correct date or iso3" in found.mend


def test_event_known_by_the_year_of_independence_only_is_sound(project_copy):
    # Croatia is independent since 25 June 1991
    edit(EVENTS, "CZE,2007-01-20,day,", "HRV,1991,year,")
    (note,) = check_inputs()
    assert note.startswith(f"{EVENTS} is sound")


def test_claim_of_a_time_before_its_ally_existed_is_told(project_copy):
    line = edit(CLAIMS, "JPN01,JPN,1993-09-01,", "JPN01,CZE,1992-09-01,")
    found = fault()
    assert (found.file, found.where) == (CLAIMS, f"line {line} (JPN01)")
    assert found.rule == "period_start must not be before the ally was independent"
    assert found.value == "1992-09-01"


def test_claim_that_ends_before_it_begins_is_told(project_copy):
    edit(CLAIMS, "JPN01,JPN,1993-09-01,1998-12-24,", "JPN01,JPN,1998-12-24,1993-09-01,")
    found = fault()
    assert (found.rule, found.value) == ("period_end must not be before period_start", "1993-09-01")
    assert found.allowed == "period_end ≥ period_start"


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("period_start", "JPN01,JPN,1993-09-01,", "JPN01,JPN,1982-12-31,"),
        (
            "period_end",
            "JPN01,JPN,1993-09-01,1998-12-24,",
            "JPN01,JPN,1993-09-01,2026-01-01,",
        ),
    ],
)
def test_claim_outside_the_years_of_the_coded_events_is_told(project_copy, column, old, new):
    edit(CLAIMS, old, new)
    found = fault()
    assert found.rule == f"{column} must lie in the years of the table missile_defence_events"
    assert found.allowed == "a day in 1983 to 2025"


# --- the list of allies ------------------------------------------------------------------


def test_shipped_tables_are_held_to_a_day_of_independence_that_was_changed(project_copy):
    edit(
        ALLIES_FILE,
        "KOR,South Korea,asia_pacific,732,732,",
        "KOR,South Korea,asia_pacific,732,732,1999-06-01",
    )
    said = message()
    for file, column in ((EVENTS, "date"), (CLAIMS, "period_start")):
        assert f"\n{file}\n" in said
        assert f": {column} must not be before the ally was independent\n" in said
    assert "or correct independent_since in config/allies.csv" in said


def test_ally_that_was_taken_from_the_list_is_told_once_for_each_table(project_copy):
    path = Path(ALLIES_FILE)
    rows = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(row for row in rows if not row.startswith("PHL,")), encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        check_inputs()
    told = [found.where for found in error.value.faults if found.file == LEGAL]
    assert told == ["ally PHL"]
