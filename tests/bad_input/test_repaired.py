"""Mistakes that are mended on the way: with an entry in the ledger, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from bad_input.damage import Damage, appended, line_lost, replaced
from underbalance.clean.economy import choose_economy
from underbalance.clean.legal import adjudicate
from underbalance.clean.notices import requests
from underbalance.clean.us_troops import us_troops_by_year
from underbalance.families import read_families
from underbalance.stages import read_facts

Cleaned = tuple[pd.DataFrame, pd.DataFrame]
AEGIS = "AEGIS Combat System Components for Air Warfare Destroyer Program"


def notices(facts: pd.DataFrame) -> Cleaned:
    found, ledger = requests(facts, read_families())
    return found, ledger.frame()


# the step that cleans a table, and the key of its rows
STEPS: dict[str, tuple[Callable[[pd.DataFrame], Cleaned], list[str]]] = {
    "economy": (choose_economy, ["iso3", "year"]),
    "legal_constraints": (adjudicate, ["iso3", "item", "start"]),
    "notifications": (notices, ["notice_id", "family"]),
    "us_troops": (us_troops_by_year, ["iso3", "year"]),
}


@dataclass(frozen=True)
class Repaired:
    """One mistake.

    Parameters
    ----------
    name : what was done, in a few words.
    table : the facts table.
    damage : what makes the faulty file of the sound one.
    entries : key, rule, old and new of each row that the ledger gains.
    cells : key and column of each cell of the cleaned table that has another value, with it.
    """

    name: str
    table: str
    damage: Damage
    entries: set[tuple[str, str, str, str]]
    cells: dict[tuple[str, str], str] = field(default_factory=dict)


FILLED = ("BGR 2005 debt", "filled_from_second_source", "", "28.472")
CASES = [
    Repaired(
        "a value of the first source lost",
        "economy",
        line_lost("BGR,2005,debt,imf_weo,"),
        {FILLED},
    ),
    Repaired(
        "a value of the first source marked as an estimate",
        "economy",
        replaced("BGR,2005,debt,imf_weo,28.472,observed", "BGR,2005,debt,imf_weo,99.9,estimate"),
        {("BGR 2005 debt", "estimate_not_used", "99.9", ""), FILLED},
    ),
    Repaired(
        "the only value marked as an estimate",
        "economy",
        replaced(
            "BGR,2005,inflation,imf_weo,6.038,observed", "BGR,2005,inflation,imf_weo,6.038,estimate"
        ),
        {("BGR 2005 inflation", "estimate_not_used", "6.038", "")},
        {("BGR 2005", "inflation"): ""},
    ),
    Repaired(
        "the September report lost",
        "us_troops",
        line_lost("AUS,2015,9,"),
        {("AUS 2015", "other_report_month", "", "156")},
        {("AUS 2015", "us_troops"): "156"},
    ),
    Repaired(
        "a notice listed again as its correction",
        "notifications",
        appended(f"AUS 09-99,AUS,2009-05-05,09-99,{AEGIS},450.0,1,\n"),
        {("AUS 09-99 aegis", "not_counted_correction", AEGIS, "")},
    ),
    Repaired(
        "services among the systems",
        "notifications",
        appended("AUS 09-98,AUS,2009-05-06,09-98,Follow-On Support for F-16 Aircraft,9.0,0,\n"),
        {("AUS 09-98", "not_counted_services", "Follow-On Support for F-16 Aircraft", "")},
    ),
    Repaired(
        "a value of one coder lost",
        "legal_constraints",
        replaced("NOR,arms_transfer_limits,b,1,", "NOR,arms_transfer_limits,b,,"),
        {
            (
                "NOR arms_transfer_limits 1990-01-01",
                "one_missing",
                "a 1 (medium), b not established (medium)",
                "1.0",
            )
        },
        {
            ("NOR arms_transfer_limits 1990-01-01", "rule"): "one_missing",
            ("NOR arms_transfer_limits 1990-01-01", "flagged"): "True",
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.table}: {case.name}" for case in CASES])
def test_mistake_is_mended_with_an_entry_in_the_ledger_and_nothing_else_changes(
    case: Repaired, light_project: Path
) -> None:
    path = light_project / f"data/raw/{case.table}.csv"
    step, key = STEPS[case.table]
    sound, ledger = step(read_facts([str(path)])[case.table])
    damaged = case.damage(path.read_bytes())
    assert damaged != path.read_bytes(), "nothing was damaged"
    path.unlink()  # it is a link to the shipped file
    path.write_bytes(damaged)
    mended, longer = step(read_facts([str(path)])[case.table])
    assert entries(longer) - entries(ledger) == case.entries
    assert entries(ledger) <= entries(longer)
    assert changed(sound, mended, key) == case.cells


def entries(ledger: pd.DataFrame) -> set[tuple[str, ...]]:
    return set(ledger[["key", "rule", "old", "new"]].itertuples(index=False, name=None))


def changed(
    sound: pd.DataFrame, mended: pd.DataFrame, key: list[str]
) -> dict[tuple[str, str], str]:
    """Return the cells that differ, with what they have now; no row may be lost or added."""
    one, other = (cells_of(frame, key) for frame in (sound, mended))
    assert list(one.index) == list(other.index)
    assert list(one.columns) == list(other.columns)
    differs = one != other
    return {
        (str(row), str(column)): str(other.at[row, column])
        for column in one
        for row in one.index[differs[column]]
    }


def cells_of(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    text = frame.astype("object").map(lambda cell: "" if pd.isna(cell) else str(cell))
    return text.set_index(text[key].agg(" ".join, axis=1)).drop(columns=key).sort_index()
