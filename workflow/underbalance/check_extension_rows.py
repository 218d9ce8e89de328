"""Rows of an extension that are not of its ally."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.extensions import folder, has_rows, raw_files, with_in_force
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table

DEALS, NOTES, RIVALRIES = "deals", "deal_notes", "rivalries"


def foreign_faults(iso3: str, name: str, rows: pd.DataFrame, path: Path) -> list[Fault]:
    """Return the faults of rows that are not of the ally of an extension.

    Capabilities may be those of the ally's rivals as well. A table without allies has rows
    that speak of all of them; notes on deals are of the ally whose deals they are.

    Parameters
    ----------
    iso3, name : the ally and the facts table.
    rows, path : of the extension's table.
    """
    if name == NOTES:
        return _notes_faults(iso3, rows, path)
    column = next((c for c in ("iso3", "state") if c in rows), None)
    if column is None:
        return [_common_fault(path)]
    allowed = {iso3}
    if column == "state":
        allowed |= {*_rivals(iso3)}
    return [foreign_fault(path, iso3, code) for code in sorted(set(rows[column]) - allowed)]


def foreign_fault(path: Path, iso3: str, found: str) -> Fault:
    """Return the fault of a row that is of another state."""
    rule = "an extension must have rows of its ally only"
    mend = f"move the rows to data/raw/extensions/{found}/, or correct the code"
    return Fault(path.as_posix(), f"ally {found}", rule, found, iso3, mend)


def _notes_faults(iso3: str, rows: pd.DataFrame, path: Path) -> list[Fault]:
    with with_in_force([iso3]):
        files = raw_files(DEALS)
    try:
        deals = [read_table(file, FACTS[DEALS](), comments=True) for file in files]
    except FaultsError:
        return []  # told with that table
    own = {deal for table in deals for deal in table.loc[table["iso3"] == iso3, "deal_id"]}
    rule = "a note must be on a deal of the ally"
    allowed, mend = f"a deal_id of {iso3} in {DEALS}", "correct the number, or add the deal"
    return [
        Fault(path.as_posix(), f"deal {deal}", rule, str(deal), allowed, mend)
        for deal in sorted(set(rows["deal_id"]) - own)
    ]


def _common_fault(path: Path) -> Fault:
    rule = "the rows of this table are of all allies, and an extension adds to its own only"
    mend = "remove the file; newer releases for all are taken by `underbalance refresh`"
    return Fault(path.as_posix(), "file", rule, path.name, "no such file", mend)


def _rivals(iso3: str) -> list[str]:
    path = folder(iso3) / f"{RIVALRIES}.csv"
    if not (path.is_file() and has_rows(path)):
        return []
    try:
        rows = read_table(path, FACTS[RIVALRIES](), comments=True)
    except FaultsError:
        return []
    return list(rows["rival"])
