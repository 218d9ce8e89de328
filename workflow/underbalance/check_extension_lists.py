"""The lists of allies and sources of an extension, in themselves and against the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from underbalance.add_ally.source_rows import TO_FILL
from underbalance.check_extension_rows import foreign_fault
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import ALLIES, SOURCES, file_of, has_table
from underbalance.nearest import did_you_mean, nearest
from underbalance.registry import (
    ALLIES_FILE,
    RIVALS_FILE,
    SOURCES_FILE,
    read_shipped_sources,
)
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table

# tables of orders that are open until the register ends: it must end for all in one year
REGISTERS = ("deals", "system_orders")


def ally_faults(iso3: str) -> list[Fault]:
    """Return the faults of the list of allies of an extension, in itself and against others."""
    path, shipped = file_of(iso3, ALLIES), read_table(ALLIES_FILE, lists.allies())
    is_listed = iso3 in set(shipped["iso3"])
    if not has_table(iso3, ALLIES):
        if is_listed:
            return []
        mend = f"underbalance add-ally {iso3} …"
        return [_ally_fault(path, "an ally that is not listed needs a row", "no row", iso3, mend)]
    if is_listed:
        rule = f"an ally that {ALLIES_FILE.as_posix()} lists must not be listed again"
        return [_ally_fault(path, rule, iso3, "no file", "remove the file")]
    try:
        rows = read_table(path, lists.allies(), shown_as=path.as_posix(), comments=True)
    except FaultsError as error:
        return list(error.faults)
    others = [code for code in rows["iso3"] if code != iso3]
    faults = [foreign_fault(path, iso3, code) for code in others]
    states = read_table(RIVALS_FILE, lists.rivals())
    own = states.set_index("iso3")["cow_code"].get(iso3)
    faults += [
        _ally_fault(
            path,
            f"cow_code must be the one of {RIVALS_FILE.as_posix()}",
            str(value),
            str(own),
            "correct the code",
        )
        for value in rows["cow_code"]
        if own is not None and value != own
    ]
    listed = pd.concat([shipped, states[states["iso3"] != iso3]])
    for column in ("cow_code", "gw_code"):
        taken = listed.dropna(subset=column).set_index(column)["iso3"]
        faults += [
            _ally_fault(
                path,
                f"{column} must be the ally's own",
                f"{value}, the code of {taken[value]}",
                "a code that no listed state has",
                "correct the code",
            )
            for value in rows[column]
            if value in taken.index
        ]
    return faults


def source_faults(iso3: str, tables: Sequence[str]) -> list[Fault]:
    """Return the faults of the list of sources of an extension.

    Parameters
    ----------
    tables : of which the extension has rows.
    """
    path = file_of(iso3, SOURCES)
    if not has_table(iso3, SOURCES):
        missing = "an extension must say where its rows come from"
        return [
            Fault(
                path.as_posix(),
                "file",
                missing,
                "no row",
                f"a row for each table, as in {SOURCES_FILE.as_posix()}",
                "add the rows",
            )
        ]
    try:
        rows = read_table(path, lists.sources(), shown_as=path.as_posix(), comments=True)
    except FaultsError as error:
        return list(error.faults)
    named = set(rows["table"])
    faults = [
        Fault(
            path.as_posix(),
            f"table {table}",
            "every table of an extension needs a row, for what does not say its years is not used",
            "no row",
            "source, first_year, last_year and the like",
            "add the row",
        )
        for table in tables
        if table not in named
    ]
    faults += [
        Fault(
            path.as_posix(),
            f"table {table}",
            "a row must be of a facts table",
            table,
            nearest(table, FACTS),
            did_you_mean(table, FACTS, "correct the name"),
        )
        for table in sorted(named - set(FACTS))
    ]
    faults += [
        Fault(
            path.as_posix(),
            f"table {row['table']}, column {column}",
            "a coding must be cited",
            row[column],
            "the coders' names and the year",
            "write them in place of it",
        )
        for row in rows.to_dict("records")
        for column, blank in TO_FILL.items()
        if row[column] == blank
    ]
    ends = read_shipped_sources().groupby("table")["last_year"].max()
    own = rows.groupby("table")["last_year"].max()
    return faults + [
        Fault(
            path.as_posix(),
            f"table {table}",
            "a register of orders must end as the shipped one, for open orders wait until then",
            str(own[table]),
            str(ends[table]),
            "take the register of that year",
        )
        for table in REGISTERS
        if table in own.index and own[table] != ends[table]
    ]


def _ally_fault(path: Path, rule: str, found: str, allowed: str, mend: str) -> Fault:
    return Fault(path.as_posix(), "row", rule, found, allowed, mend)
