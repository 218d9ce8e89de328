"""Extensions held to what they may hold: this ally only, and nothing the shipped tables have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from underbalance.add_ally.source_rows import TO_FILL
from underbalance.check_extension_rivals import rival_faults
from underbalance.check_extension_rows import foreign_fault, foreign_faults
from underbalance.check_facts import YEARLY, years_outside_faults
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import ALLIES, RIVALS, SOURCES, folder, has_rows, with_in_force
from underbalance.nearest import did_you_mean, nearest
from underbalance.registry import (
    ALLIES_FILE,
    RAW_FOLDER,
    RIVALS_FILE,
    SOURCES_FILE,
    read_shipped_sources,
    read_sources,
)
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import ally_column, of_one_ally
from underbalance.tables import read_table

ALLIANCE = "alliance"
# tables of orders that are open until the register ends: it must end for all in one year
REGISTERS = ("deals", "system_orders")
# the newest edition of these is taken for all allies at once
EDITIONS = {"milex_releases": "release_year", "nato_editions": "edition"}
# a year is carried forward after the last one that any ally has
MEASURED = {"distances": ("min_km", "contiguity")}


def extension_faults(codes: Iterable[str]) -> list[Fault]:
    """Return every fault of extensions: their lists, their tables, and against the shipped ones.

    Parameters
    ----------
    codes : of extensions, in force or not.
    """
    faults: list[Fault] = []
    for iso3 in codes:
        broken = [*_file_faults(iso3), *list_faults(iso3)]
        faults += broken
        if not any(Path(fault.file).stem in (ALLIES, RIVALS, SOURCES) for fault in broken):
            with with_in_force([iso3]):
                faults += [fault for name in _tables(iso3) for fault in _table_faults(iso3, name)]
    return faults


def list_faults(iso3: str) -> list[Fault]:
    """Return the faults of the lists of allies, sources and rivals of an extension."""
    return [*_ally_faults(iso3), *_source_faults(iso3), *rival_faults(iso3)]


def _tables(iso3: str) -> list[str]:
    """Return the facts tables of which an extension has rows."""
    return [name for name in of_one_ally() if _has(iso3, name)]


def _has(iso3: str, name: str) -> bool:
    path = _path(iso3, name)
    return path.is_file() and has_rows(path)


def _path(iso3: str, name: str) -> Path:
    return folder(iso3) / f"{name}.csv"


def _file_faults(iso3: str) -> list[Fault]:
    known = [ALLIES, SOURCES, RIVALS, *of_one_ally()]
    unknown = [p for p in sorted(folder(iso3).glob("*.csv")) if p.stem not in known]
    faults = [
        Fault(
            path.as_posix(),
            "file",
            "a table of an extension must be a list, or a facts table whose rows are of one ally",
            path.stem,
            nearest(path.stem, known),
            did_you_mean(path.stem, known, "correct the name, or move the file elsewhere"),
        )
        for path in unknown
    ]
    if not _has(iso3, ALLIANCE):
        allowed = "a row with commitment (such as NATO, MNNA or partner), start and end"
        mend = f"write since when the ally counts: underbalance add-ally {iso3} --since …"
        rule = "an extension must say which tie makes its years count"
        faults.append(
            Fault(_path(iso3, ALLIANCE).as_posix(), "file", rule, "no row", allowed, mend)
        )
    return faults


def _ally_faults(iso3: str) -> list[Fault]:
    path, shipped = _path(iso3, ALLIES), read_table(ALLIES_FILE, lists.allies())
    is_listed = iso3 in set(shipped["iso3"])
    if not _has(iso3, ALLIES):
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


def _source_faults(iso3: str) -> list[Fault]:
    path = _path(iso3, SOURCES)
    if not _has(iso3, SOURCES):
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
        for table in _tables(iso3)
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


def _table_faults(iso3: str, name: str) -> list[Fault]:
    path, shipped_path = _path(iso3, name), RAW_FOLDER / f"{name}.csv"
    try:
        schema = FACTS[name]()
        rows = read_table(path, schema, shown_as=path.as_posix(), comments=True)
        shipped = read_table(shipped_path, schema)
    except FaultsError as error:
        return [fault for fault in error.faults if fault.file == path.as_posix()]
    faults = foreign_faults(iso3, name, rows, path)
    faults += _conflicts(rows, shipped, list(schema.unique or []), path)
    if name in EDITIONS:
        column = EDITIONS[name]
        if rows[column].max() > shipped[column].max():
            faults.append(_later_fault(path, column, rows[column].max(), shipped[column].max()))
    for column in MEASURED.get(name, ()):
        last, limit = (t.loc[t[column].notna(), "year"].max() for t in (rows, shipped))
        if pd.notna(last) and last > limit:
            faults.append(_later_fault(path, f"year of {column}", last, limit))
    if name in YEARLY and not faults:
        # no row is of another state now; those of rivals are covered by the line of the ally
        of_ally = rows.assign(**{ally_column(name): iso3})
        faults += years_outside_faults(name, of_ally, path, read_sources())
    return faults


def _conflicts(
    rows: pd.DataFrame, shipped: pd.DataFrame, key: list[str], path: Path
) -> list[Fault]:
    """Return rows whose key the shipped table has with other cells; the same row does no harm."""
    both = rows.merge(
        shipped, on=key, how="inner", suffixes=("", "_shipped"), validate="one_to_one"
    )
    values = [column for column in rows if column not in key]
    faults = []
    for row in both.to_dict("records"):
        differing = [c for c in values if not _same(row[c], row[f"{c}_shipped"])]
        if differing:
            where = " ".join(str(row[k]) for k in key)
            column = differing[0]
            faults.append(
                Fault(
                    path.as_posix(),
                    f"row {where}",
                    "a row must not contradict the shipped table",
                    f"{column} {row[column]}",
                    f"{row[f'{column}_shipped']}, as shipped",
                    "remove the row: an extension adds to the shipped tables, and changes nothing",
                )
            )
    return faults


def _same(one: object, other: object) -> bool:
    if pd.isna(one) or pd.isna(other):  # type: ignore[call-overload]
        return bool(pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]
    return bool(one == other)


def _ally_fault(path: Path, rule: str, found: str, allowed: str, mend: str) -> Fault:
    return Fault(path.as_posix(), "row", rule, found, allowed, mend)


def _later_fault(path: Path, column: str, found: object, limit: object) -> Fault:
    rule = f"{column} must not be later than in the shipped table, whose last one is that of all"
    mend = "leave the later rows out, or take the newer release for all: `underbalance refresh`"
    return Fault(path.as_posix(), f"column {column}", rule, str(found), f"{limit} or earlier", mend)
