"""What can be wrong with a user's own variables and outcomes beside their lists' form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from underbalance.config import Coding
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import listed
from underbalance.models.design_rows import ROWS
from underbalance.models.terms import LAG
from underbalance.nearest import did_you_mean
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.own.definitions import (
    OUTCOMES_FILE,
    OUTCOMES_FOLDER,
    RESERVED,
    VARIABLES_FILE,
    VARIABLES_FOLDER,
    Own,
    OwnTable,
    years_of,
)
from underbalance.own.schemas import own_schemas
from underbalance.registry import ALLIES_FILE
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED, made_columns, shipped_country_years
from underbalance.stata_names import LONGEST_NAME, is_word_of_stata, words_of_stata
from underbalance.tables import read_table

TAKEN = {*FACTS, *PROCESSED, *OUTCOMES, *ROWS, "ally_year", "type"}


def own_faults(own: Own, codings: Mapping[str, Coding], allies: pd.DataFrame) -> list[Fault]:
    """Refuse names that are taken, unlisted allies, and tables that are not as described."""
    return [
        *_names_of_tables(own),
        *_names_of_columns(own, codings),
        *_unlisted(own, {*allies["iso3"], *listed()}),
        *(fault for name in own.tables for fault in _table_faults(name, own)),
    ]


def own_notes(own: Own) -> list[str]:
    """Return a note for each table of a user that no list describes, so that it is not used."""
    lists = {VARIABLES_FOLDER: VARIABLES_FILE, OUTCOMES_FOLDER: OUTCOMES_FILE}
    described = {own.file(name) for name in own.tables}
    return [
        f"{path.as_posix()} is not used: {listed.as_posix()} has no entry {path.stem}"
        for folder, listed in lists.items()
        for path in sorted(folder.glob("*.csv"))
        if path not in described
    ]


def _names_of_tables(own: Own) -> Iterator[Fault]:
    for name in own.tables:
        if name in TAKEN:
            rule, allowed = "a table of your own needs a name of its own", "a name not yet in use"
            yield Fault(_list_of(name, own), f"name {name}", rule, name, allowed, "rename it")
    for name in sorted(set(own.variables) & set(own.outcomes)):
        rule = f"a name must stand in one of {VARIABLES_FILE.name} and {OUTCOMES_FILE.name}"
        place = OUTCOMES_FILE.as_posix()
        yield Fault(place, f"name {name}", rule, name, "two different names", "rename one of them")


def _names_of_columns(own: Own, codings: Mapping[str, Coding]) -> Iterator[Fault]:
    shipped = {*shipped_country_years(), *made_columns(codings)}
    seen: dict[str, str] = {}
    for table, entry in own.tables.items():
        for column in entry.columns:
            where = f"key {table}.columns.{column}"
            place = _list_of(table, own)
            if found := _why_not(column, shipped, seen.get(column, "")):
                rule, allowed = found
                yield Fault(place, where, rule, column, allowed, "choose another name")
            seen[column] = table


def _why_not(column: str, shipped: Collection[str], other: str) -> tuple[str, str] | None:
    """Return the rule that a name breaks and what is allowed, if it breaks one."""
    if column in shipped or column in RESERVED:
        return "the name must not be that of another column", "a name not in docs/codebook.md"
    if other:
        return f"the name must be there once; the table {other} has it too", "another name"
    if column.startswith("z_") or column.endswith(("_components", LAG)):
        return (
            "such a name is made from others",
            f"a name that does not begin with z_ or end in _components or {LAG}",
        )
    if len(column) > LONGEST_NAME:
        return "the name must fit into Stata", f"at most {LONGEST_NAME} characters"
    if is_word_of_stata(column):
        rule = "the name must not be a word of Stata's own language"
        return rule, f"any name but {words_of_stata()} and the like"
    return None


def _unlisted(own: Own, allies: Collection[str]) -> Iterator[Fault]:
    for name, entry in own.tables.items():
        for iso3 in entry.allies_outside:
            if iso3 not in allies:
                yield Fault(
                    _list_of(name, own),
                    f"key {name}.allies_outside",
                    "an ally must be listed",
                    iso3,
                    f"a code of {ALLIES_FILE.as_posix()}",
                    did_you_mean(iso3, sorted(allies), "correct the code, or take it out"),
                )


def _table_faults(name: str, own: Own) -> list[Fault]:
    path, entry = own.file(name), own.tables[name]
    if not path.is_file():
        return [_absent(name, path, own)]
    try:
        table = read_table(path, own_schemas()[name](), comments=True)
    except FaultsError as error:
        return list(error.faults)
    if table.empty:
        rule, mend = "the table must have rows", f"fill it, or take the entry {name} out"
        return [Fault(path.as_posix(), "file", rule, "none", "one row or more", mend)]
    return [*_outside_allies(path, table, entry), *_outside_years(path, table, entry)]


def _absent(name: str, path: Path, own: Own) -> Fault:
    folder, listed = path.parent, _list_of(name, own)
    there = ", ".join(sorted(other.name for other in folder.glob("*.csv"))) or "no table"
    return Fault(
        path.as_posix(),
        "file",
        f"the table that {listed} describes as {name} must be there",
        f"{there} in {folder.as_posix()}",
        "a CSV file with the columns of its entry",
        f"write it, or take the entry {name} out of {listed}",
    )


def _outside_allies(path: Path, table: pd.DataFrame, entry: OwnTable) -> Iterator[Fault]:
    for iso3 in sorted(set(table["iso3"]) & set(entry.allies_outside)):
        yield Fault(
            path.as_posix(),
            f"ally {iso3}",
            "an ally with rows must not be among the allies_outside of the table's entry",
            iso3,
            "an ally that the source covers",
            "take the code out of allies_outside, or the rows out of the table",
        )


def _outside_years(path: Path, table: pd.DataFrame, entry: OwnTable) -> Iterator[Fault]:
    if "year" not in table:
        return
    for name, column in entry.columns.items():
        first, last = years_of(entry, column)
        outside = table[name].notna() & ~table["year"].between(first, last)
        for row in table[outside].to_dict("records"):
            yield Fault(
                path.as_posix(),
                f"{row['iso3']} {row['year']}, column {name}",
                "a value must lie in the years that the entry of its column states",
                f"{row[name]} in {row['year']}",
                f"years from {first} to {last}",
                "empty the cell, or correct first_year and last_year of the column",
            )


def _list_of(name: str, own: Own) -> str:
    return (VARIABLES_FILE if name in own.variables else OUTCOMES_FILE).as_posix()
