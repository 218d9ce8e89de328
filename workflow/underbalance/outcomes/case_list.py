"""Which allies are cases, in which order, and faults in config/cases.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from underbalance.config import CASES_FILE, Cases
from underbalance.errors import Fault
from underbalance.extensions import raw_files
from underbalance.families import FAMILIES_FILE
from underbalance.registry import RAW_FOLDER, read_commented

EVENTS = "missile_defence_events"
FIRST_REGION = "europe"


def case_codes(cases: Cases, raw: Path = RAW_FOLDER) -> list[str]:
    """Return the allies with enough events to be cases; none while there is no facts table."""
    counts = _events(raw)["iso3"].value_counts()
    return sorted(counts[counts >= cases.min_events].index)


def case_order(codes: Iterable[str], allies: pd.DataFrame, seed: frozenset[str]) -> list[str]:
    """Return the cases in their order: those of the seed study, Europe, the others; by name."""
    listed = allies[allies["iso3"].isin(list(codes))]
    rank = listed["region"].ne(FIRST_REGION).astype(int) + 1
    rank = rank.where(~listed["iso3"].isin(seed), 0)
    return list(listed.assign(rank=rank).sort_values(["rank", "name"])["iso3"])


def case_faults(cases: Cases, families: pd.DataFrame, raw: Path = RAW_FOLDER) -> list[Fault]:
    """Return systems that are no family, and lines and programmes that no event has."""
    events = _events(raw)
    unknown = [name for name in cases.systems if name not in set(families["family"])]
    faults = [_system_fault(name) for name in unknown]
    if events.empty:
        return faults
    most = int(events["iso3"].value_counts().max())
    if cases.min_events > most:
        faults.append(_least_fault(cases.min_events, most))
    return faults + line_faults(events, cases)


def line_faults(events: pd.DataFrame, cases: Cases) -> list[Fault]:
    """Return programmes of lines, and lines of policy, that no event of the ally has."""
    known = {str(iso3): set(own) for iso3, own in events.groupby("iso3")["programme"]}
    lines = {(line.iso3, line.line) for line in cases.lines}
    named = [(line, name) for line in cases.lines for name in line.programmes]
    named += [(line, line.line) for line in cases.policy if (line.iso3, line.line) not in lines]
    return [
        Fault(
            CASES_FILE.as_posix(),
            f"line {line.line!r} of {line.iso3}",
            "a programme must occur in the events of the ally",
            name,
            "; ".join(sorted(known.get(line.iso3, {"an ally that has events"}))),
            f"write it as in {(RAW_FOLDER / f'{EVENTS}.csv').as_posix()}",
        )
        for line, name in named
        if name not in known.get(line.iso3, set())
    ]


def _least_fault(least: int, most: int) -> Fault:
    return Fault(
        CASES_FILE.as_posix(),
        "key min_events",
        "at least one ally must have so many events",
        str(least),
        f"1 to {most}, the events of the ally with most",
        "choose a lower number",
    )


def _system_fault(name: str) -> Fault:
    return Fault(
        CASES_FILE.as_posix(),
        "key systems",
        "a system must be a listed family",
        name,
        f"a family of {FAMILIES_FILE.as_posix()}",
        "correct the name, or add the family",
    )


def _events(raw: Path) -> pd.DataFrame:
    """Read ally and programme of the events, also those of extensions in force.

    Nothing of a table that is not there or faulty.
    """
    columns = ["iso3", "programme"]
    paths = [raw / f"{EVENTS}.csv", *raw_files(EVENTS)[1:]]
    tables = [read_commented(path) for path in paths if path.is_file()]
    found = [cells[columns] for cells in tables if set(columns) <= set(cells.columns)]
    return pd.concat([pd.DataFrame(columns=columns, dtype="str"), *found], ignore_index=True)
