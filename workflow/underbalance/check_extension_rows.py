"""Rows of an extension that are not of its ally."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.extensions import folder, has_rows, raw_files, with_in_force
from underbalance.registry import RAW_FOLDER, read_commented
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import FOLLOWS, ally_column
from underbalance.tables import read_table

RIVALRIES = "rivalries"


def foreign_faults(iso3: str, name: str, rows: pd.DataFrame, path: Path) -> list[Fault]:
    """Return the faults of rows that are not of the ally of an extension.

    Capabilities may be those of the ally's rivals as well; notes on deals are of the ally whose
    deals they are.

    Parameters
    ----------
    iso3, name : the ally and the facts table.
    rows, path : of the extension's table.
    """
    if name in FOLLOWS:
        return _following_faults(iso3, *FOLLOWS[name], rows, path)
    column = ally_column(name)
    if not column:
        return []
    allowed = {iso3}
    if column == "state":
        allowed |= {*_rivals(iso3)}
    return [foreign_fault(path, iso3, code) for code in sorted(set(rows[column]) - allowed)]


def foreign_fault(path: Path, iso3: str, found: str) -> Fault:
    """Return the fault of a row that is of another state."""
    rule = "an extension must have rows of its ally only"
    mend = f"move the rows to data/raw/extensions/{found}/, or correct the code"
    return Fault(path.as_posix(), f"ally {found}", rule, found, iso3, mend)


def _following_faults(
    iso3: str, table: str, key: str, rows: pd.DataFrame, path: Path
) -> list[Fault]:
    """Return rows whose number is none that the ally has in the table that they follow."""
    with with_in_force([iso3]):
        files = raw_files(table)
    try:
        followed = [read_table(file, FACTS[table](), comments=True) for file in files]
    except FaultsError:
        return []  # told with that table
    own = {number for part in followed for number in part.loc[part["iso3"] == iso3, key]}
    rule = f"a row must follow one of the ally in {table}"
    allowed, mend = f"a {key} of {iso3} in {table}", "correct the number, or add the row there"
    return [
        Fault(path.as_posix(), f"{key} {number}", rule, str(number), allowed, mend)
        for number in sorted(set(rows[key]) - own)
    ]


def _rivals(iso3: str) -> list[str]:
    shipped = read_commented(RAW_FOLDER / f"{RIVALRIES}.csv")
    known = list(shipped.loc[shipped["iso3"] == iso3, "rival"])
    path = folder(iso3) / f"{RIVALRIES}.csv"
    if not (path.is_file() and has_rows(path)):
        return known
    try:
        rows = read_table(path, FACTS[RIVALRIES](), comments=True)
    except FaultsError:
        return known
    return [*known, *rows["rival"]]
