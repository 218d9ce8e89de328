"""Faults in config/expectations.csv are told before any job runs."""

import re
from pathlib import Path

import pytest
from underbalance.check import check_inputs
from underbalance.errors import Fault, FaultsError

FILE = "config/expectations.csv"


def faults(first_cells: str, line: str) -> list[Fault]:
    """Put a line in the place of the shipped one that begins with some cells."""
    path = Path(FILE)
    text, count = re.subn(rf"^{first_cells}.*", line, path.read_text("utf-8"), flags=re.M)
    assert count == 1
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        check_inputs()
    assert {fault.file for fault in error.value.faults} == {FILE}
    assert all(fault.allowed and fault.mend for fault in error.value.faults)
    return list(error.value.faults)


@pytest.mark.parametrize(
    ("line", "rule", "value"),
    [
        ("XXX,political,1993,high,Label", "unknown ally", "XXX"),
        ("JPN,politics,1993,high,Label", "unknown variable, or one that is no number", "politics"),
        (
            "JPN,leader_ideology,1993,high,Label",
            "unknown variable, or one that is no number",
            "leader_ideology",
        ),
        (
            "JPN,political,1994-1993,high,Label",
            "a span of years must not be reversed",
            "1994-1993",
        ),
        ("JPN,political,1993;1992-1994,high,Label", "a year must be listed once", "1993"),
        (
            "JPN,political,1980;2024-2027,high,Label",
            "years must be in the table ally_year",
            "1980, 2026, 2027",
        ),
        ("JPN,political,1993 1994,high,Label", "must be a list of years", "1993 1994"),
        ("JPN,political,1993,highest,Label", "rule: must be a known code", "highest"),
        ("JPN,political,1993,high,", "label: must not be empty", ""),
        ("jpn,political,1993,high,Label", "iso3: must be an ISO 3166-1 alpha-3 code", "jpn"),
    ],
)
def test_fault_in_an_expectation_is_told(project_copy, line, rule, value):
    told = faults("JPN,political,", line)
    assert [(fault.rule, fault.value) for fault in told] == [(rule, value)]


def test_expectation_is_told_by_its_key(project_copy):
    fault = faults("JPN,political,", "XXX,political,1993,high,Label")[0]
    assert fault.where == "XXX political high"
    assert fault.allowed == "a code of config/allies.csv"
