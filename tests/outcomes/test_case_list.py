"""Which allies are cases, and faults in config/cases.yaml."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from underbalance.config import Cases, Line, read_cases
from underbalance.extensions import with_in_force
from underbalance.families import read_families
from underbalance.outcomes.case_list import case_codes, case_faults, case_order


def raw_folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "missile_defence_events.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_allies_with_enough_events_are_cases(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path, "iso3,programme\nJPN,A\nJPN,B\nKOR,A\n")
    assert case_codes(Cases(min_events=2, systems=()), raw) == ["JPN"]


def test_events_of_an_extension_in_force_make_a_case(extension, tmp_path: Path) -> None:
    path = extension() / "missile_defence_events.csv"
    path.write_text("iso3,programme\n# a comment\nEGY,A\nEGY,B\n", encoding="utf-8")
    raw = raw_folder(tmp_path, "iso3,programme\nJPN,A\nJPN,B\n")
    cases = Cases(min_events=2, systems=())
    with with_in_force([]):
        assert case_codes(cases, raw) == ["JPN"]
    with with_in_force(["EGY"]):
        assert case_codes(cases, raw) == ["EGY", "JPN"]


def test_there_are_no_cases_before_there_is_a_facts_table(tmp_path: Path) -> None:
    assert case_codes(Cases(min_events=1, systems=()), tmp_path) == []


def test_the_seed_comes_first_then_europe_then_the_others() -> None:
    allies = pd.DataFrame(
        {
            "iso3": ["AUS", "DEU", "BEL", "KOR", "JPN", "TWN"],
            "name": ["Australia", "Germany", "Belgium", "South Korea", "Japan", "Taiwan"],
            "region": ["asia_pacific", "europe", "europe", *["asia_pacific"] * 3],
        }
    )
    codes = ["AUS", "BEL", "DEU", "JPN", "KOR"]
    order = case_order(codes, allies, frozenset({"JPN", "KOR"}))
    assert order == ["JPN", "KOR", "BEL", "DEU", "AUS"]


def test_the_shipped_list_has_no_fault() -> None:
    assert case_faults(read_cases(), read_families()) == []


def test_unknown_systems_programmes_and_lines_of_policy_are_told(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path, "iso3,programme\nJPN,A\n")
    cases = Cases(
        min_events=1,
        systems=("patriot", "patriott"),
        lines=(Line(iso3="JPN", line="X", programmes=("A", "B")),),
        policy=(Line(iso3="JPN", line="X"), Line(iso3="KOR", line="A")),
    )
    faults = case_faults(cases, read_families(), raw)
    assert [fault.value for fault in faults] == ["patriott", "B", "A"]
    assert "JPN" in faults[1].where
    assert "KOR" in faults[2].where


def test_more_events_than_any_ally_has_are_no_bound_of_cases(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path, "iso3,programme\nJPN,A\nJPN,A\nKOR,A\n")
    (fault,) = case_faults(
        Cases(min_events=3, systems=(), lines=(), policy=()), read_families(), raw
    )
    assert (fault.where, fault.value) == ("key min_events", "3")
    assert fault.allowed.startswith("1 to 2")
    assert (
        case_faults(Cases(min_events=2, systems=(), lines=(), policy=()), read_families(), raw)
        == []
    )
