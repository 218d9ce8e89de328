from pathlib import Path

import pytest
from underbalance.config import read_codings
from underbalance.errors import Fault
from underbalance.own.definitions import read_own
from underbalance.own.faults import own_faults, own_notes
from underbalance.registry import read_allies

VARIABLES = "config/variables.yaml"
OUTCOMES = "config/outcomes.yaml"
ELECTIONS = "data/raw/extensions/variables/votes.csv"
EQUIPMENT = "data/raw/extensions/outcomes/equipment.csv"
RATIFIED = "data/raw/extensions/outcomes/ratified.csv"


def edit(file: str, old: str, new: str) -> None:
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults() -> list[Fault]:
    return own_faults(read_own(), read_codings(), read_allies())


def test_tables_as_their_entries_describe_them_have_no_fault(own_project):
    assert faults() == []
    assert own_notes(read_own()) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (VARIABLES, "turnout:", "debt:", "that of another column"),
        (VARIABLES, "turnout:", "political:", "that of another column"),
        (VARIABLES, "turnout:", "spell:", "that of another column"),
        (VARIABLES, "turnout:", "z_turnout:", "made from others"),
        (VARIABLES, "turnout:", "turnout_lag1:", "made from others"),
        (VARIABLES, "turnout:", f"{'t' * 33}:", "fit into Stata"),
        (VARIABLES, "turnout:", "export:", "a word of Stata"),
        (OUTCOMES, "shift", "class", "a word of Stata"),
        (VARIABLES, "votes:", "milex:", "a name of its own"),
        (OUTCOMES, "equipment:", "effort:", "a name of its own"),
        (OUTCOMES, "equipment:", "lapse:", "a name of its own"),
        (OUTCOMES, "shift", "turnout", "there once"),
        (VARIABLES, "[TWN]", "[XXX]", "must be listed"),
        (VARIABLES, "[TWN]", "[JPN]", "must not be among the allies_outside"),
        (ELECTIONS, "JPN,1996,1,", "JPN,1996,1,70.0", "years that the entry of its column"),
        (ELECTIONS, "62.5", "162.5", "at most 100"),
        (ELECTIONS, "KOR,2001,0,", "KOR,2000,0,", "must be unique"),
        (ELECTIONS, "KOR,2001", "KOR,2031", "coverage of the table"),
        (ELECTIONS, "KOR,2001", "XYZ,2001", "listed ally"),
        (ELECTIONS, "turnout", "turn_out", "every declared column"),
        (EQUIPMENT, "BEL,2011,0.2", "BEL,2011,", "must not be empty"),
        (EQUIPMENT, "BEL,2010,1.5\nBEL,2011,0.2\n", "", "must have rows"),
        (RATIFIED, "1997", "1994", "end must not be before start"),
        (RATIFIED, "b,JPN", "a,JPN", "must be unique"),
        (RATIFIED, "2015,,", "1985,,", "in the years that the table covers"),
        (RATIFIED, "2018-02", "2018-13", "in the years that the table covers"),
        (RATIFIED, "a,JPN,1995-06-01", ",JPN,1995-06-01", "must not be empty"),
    ],
)
def test_what_is_wrong_with_an_own_table_is_told(own_project, file, old, new, told):
    edit(file, old, new)
    found = faults()
    assert any(told in fault.rule for fault in found), found
    assert all(fault.file and fault.where and fault.allowed and fault.mend for fault in found)


def test_a_line_is_counted_with_the_comments_before_it(own_project):
    edit(ELECTIONS, "62.5", "162.5")
    assert faults()[0].where == "line 4 (JPN 2000)"


def test_a_table_that_is_described_but_not_there_is_told(own_project):
    Path(EQUIPMENT).unlink()
    (fault,) = faults()
    assert fault.file == EQUIPMENT
    assert fault.value == "ratified.csv in data/raw/extensions/outcomes"


def test_a_table_that_is_there_but_not_described_is_noted(own_project):
    other = Path(ELECTIONS).with_name("other.csv")
    other.write_text("iso3,year\n", encoding="utf-8")
    (note,) = own_notes(read_own())
    assert note == f"{other.as_posix()} is not used: config/variables.yaml has no entry other"


def test_rows_of_an_ally_that_an_extension_lists_wait_for_a_run_with_it(own_project):
    Path("data/raw/extensions/EGY").mkdir()
    edit(EQUIPMENT, "BEL,2011", "EGY,2011")
    assert faults() == []
