from pathlib import Path

import pytest
from underbalance.errors import Fault, FaultsError
from underbalance.own.definitions import lists_in_use, read_own

VARIABLES = Path("config/variables.yaml")
OUTCOMES = Path("config/outcomes.yaml")


def faults() -> list[Fault]:
    with pytest.raises(FaultsError) as error:
        read_own()
    return list(error.value.faults)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_lists_hold_no_entry(project):
    assert VARIABLES.is_file()
    assert OUTCOMES.is_file()
    assert read_own().tables == {}
    assert lists_in_use() == []


def test_a_project_without_the_lists_has_no_tables_of_its_own(tmp_path):
    assert read_own(tmp_path).tables == {}


def test_an_entry_is_found_by_its_name_with_its_file(own_project):
    own = read_own()
    assert list(own.tables) == ["votes", "equipment", "ratified"]
    assert list(own.columns()) == ["election_year", "turnout"]
    assert own.file("votes").as_posix() == "data/raw/extensions/variables/votes.csv"
    assert own.file("ratified").is_file()
    assert lists_in_use() == [VARIABLES, OUTCOMES]


def test_a_list_that_was_changed_is_read_again(own_project):
    assert read_own().variables["votes"].last_year == 2020
    edit(VARIABLES, "last_year: 2020", "last_year: 2021")
    assert read_own().variables["votes"].last_year == 2021


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "where"),
    [
        (VARIABLES, "type: yes_no", "type: text", "a number or a yes/no", "election_year"),
        (VARIABLES, "first_year: 2000", "first_year: 1980", "within those of its table", "turnout"),
        (VARIABLES, "first_year: 1990", "first_year: 2030", "the first year", "votes"),
        (VARIABLES, "high: 100", "high: -1", "low must be below high", "turnout"),
        (VARIABLES, "turnout:", "Turn out:", "fit for files", "Turn out"),
        (VARIABLES, "unit: percent", "units: percent", "unknown key", "units"),
        (VARIABLES, "[TWN]", "[Taiwan]", "pattern", "allies_outside"),
        (OUTCOMES, "measure: shift", "measure: shaft", "the measure must be", "equipment.measure"),
        (OUTCOMES, "kind: ally_year", "kind: duration", "from start to end", "equipment.measure"),
        (OUTCOMES, "concept: slow", "concept: sluggish", "must be", "ratified.concept"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(own_project, path, old, new, rule, where):
    edit(path, old, new)
    found = faults()
    assert {fault.file for fault in found} == {str(path)}
    assert any(rule in fault.rule and where in fault.where for fault in found), found
    assert all(fault.allowed and fault.mend for fault in found)
