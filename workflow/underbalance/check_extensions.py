"""Extensions held to what they may hold: this ally only, and nothing the shipped tables have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from underbalance.check_extension_lists import ally_faults, source_faults
from underbalance.check_extension_rivals import rival_faults
from underbalance.check_extension_rows import foreign_faults
from underbalance.check_facts import YEARLY, years_outside_faults
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import (
    ALLIES,
    RIVALS,
    SOURCES,
    file_of,
    folder,
    has_table,
    with_in_force,
)
from underbalance.nearest import did_you_mean, nearest
from underbalance.registry import (
    RAW_FOLDER,
    read_sources,
)
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import ally_column, of_one_ally
from underbalance.tables import read_table

ALLIANCE = "alliance"
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
    return [
        *ally_faults(iso3),
        *source_faults(iso3, _tables(iso3)),
        *rival_faults(iso3),
    ]


def _tables(iso3: str) -> list[str]:
    """Return the facts tables of which an extension has rows."""
    return [name for name in of_one_ally() if has_table(iso3, name)]


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
    if not has_table(iso3, ALLIANCE):
        allowed = "a row with commitment (such as NATO, MNNA or partner), start and end"
        mend = f"write since when the ally counts: underbalance add-ally {iso3} --since …"
        rule = "an extension must say which tie makes its years count"
        faults.append(
            Fault(file_of(iso3, ALLIANCE).as_posix(), "file", rule, "no row", allowed, mend)
        )
    return faults


def _table_faults(iso3: str, name: str) -> list[Fault]:
    path, shipped_path = file_of(iso3, name), RAW_FOLDER / f"{name}.csv"
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


def _later_fault(path: Path, column: str, found: object, limit: object) -> Fault:
    rule = f"{column} must not be later than in the shipped table, whose last one is that of all"
    mend = "leave the later rows out, or take the newer release for all: `underbalance refresh`"
    return Fault(path.as_posix(), f"column {column}", rule, str(found), f"{limit} or earlier", mend)
