"""Extensions held to what they may hold: this ally only, and nothing the shipped tables have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from underbalance.check_extension_lists import ally_faults, source_faults
from underbalance.check_extension_rivals import rival_faults
from underbalance.check_extension_rows import foreign_faults
from underbalance.check_facts import DATED, YEARLY, years_outside_faults
from underbalance.contradictions import contradiction_faults, contradictions
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import (
    ALLIES,
    RIVALS,
    SOURCES,
    file_of,
    folder,
    has_table,
    with_in_force,
    without_comments,
)
from underbalance.nearest import did_you_mean, nearest
from underbalance.registry import (
    RAW_FOLDER,
    read_sources,
)
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import ally_column, of_one_ally
from underbalance.table_faults import in_lines_of_file
from underbalance.tables import read_table

ALLIANCE = "alliance"
KEEP_SHIPPED = "remove the row: an extension adds to the shipped tables, and changes nothing"
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
    found = contradictions(rows, shipped, list(schema.unique or []))
    faults += contradiction_faults(found, path.as_posix(), "the shipped table", KEEP_SHIPPED)
    if name in EDITIONS:
        column = EDITIONS[name]
        if rows[column].max() > shipped[column].max():
            faults.append(_later_fault(path, column, rows[column].max(), shipped[column].max()))
    for column in MEASURED.get(name, ()):
        last, limit = (t.loc[t[column].notna(), "year"].max() for t in (rows, shipped))
        if pd.notna(last) and last > limit:
            faults.append(_later_fault(path, f"year of {column}", last, limit))
    return faults or _years_faults(iso3, name, rows, path)


def _years_faults(iso3: str, name: str, rows: pd.DataFrame, path: Path) -> list[Fault]:
    """Return rows outside the years of their source.

    The years between them and the source's would be years in which nothing happened.
    """
    sources, registry = read_sources(), file_of(iso3, SOURCES)
    if name in YEARLY:
        # no row is of another state now; those of rivals are covered by the line of the ally
        found = rows.assign(**{ally_column(name): iso3})
    elif name in DATED:
        sources = sources[sources["extension"] == iso3]
        years = rows[DATED[name]].astype("str").str[:4]
        found = rows.assign(iso3=iso3, year=years)[rows[DATED[name]].notna()]
        found = found.drop(columns="source", errors="ignore")
    else:
        return []
    faults = years_outside_faults(name, found, path, sources, registry)
    numbers = [number for number, _ in without_comments(path.read_text("utf-8-sig").splitlines())]
    return in_lines_of_file(faults, numbers)


def _later_fault(path: Path, column: str, found: object, limit: object) -> Fault:
    rule = f"{column} must not be later than in the shipped table, whose last one is that of all"
    mend = "leave the later rows out, or take the newer release for all: `underbalance refresh`"
    return Fault(path.as_posix(), f"column {column}", rule, str(found), f"{limit} or earlier", mend)
