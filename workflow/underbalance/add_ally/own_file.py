"""A user's own file of figures, brought into the form of a facts table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from underbalance.add_ally.rivals import Rivals
from underbalance.add_ally.schema import schema_of
from underbalance.add_ally.spreadsheet import read_spreadsheet, with_decimal_points
from underbalance.add_ally.state_names import absent_fault, called_faults, codes_of
from underbalance.add_ally.units import unit_notes
from underbalance.document.rules import allowed_codes, may_be_empty
from underbalance.errors import Fault, raise_if_any
from underbalance.nearest import did_you_mean
from underbalance.schemas.of_ally import OF_RIVALS_TOO, ally_column
from underbalance.table_faults import dtype_of, in_lines_of_file, rule_faults, typed

YEAR: Final = re.compile(r"\d{4}")
YEARS: Final = "years"
# the columns of a long table, in which a column of a wide one becomes a series
SERIES, VALUE = "series", "value"
NUMBERS: Final = ("Int64", "float64")


@dataclass(frozen=True)
class OwnFile:
    """The rows of one table for one ally.

    Parameters
    ----------
    rows : in the schema of the table.
    notes : what was left out or filled in, in words.
    """

    rows: pd.DataFrame
    notes: list[str]


def read_own_file(
    table: str,
    path: Path,
    names: Sequence[str],
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    called: Sequence[str] = (),
    rivals: Rivals | None = None,
) -> OwnFile:
    """Return a file's rows of an ally in the schema of a facts table.

    Parameters
    ----------
    table : the facts table.
    names : the ally as any file may call it: its iso3 code first, name and number.
    columns : column of the table → column of the file, where the two differ. For a table
        with the columns series and value, a series may be given a column of the file. The
        column ``years`` of the file stands for all of its columns named by a year.
    values : column of the table → the same value in every row.
    called : what this file calls the ally, beside these names.
    rivals : the states that may stand beside the ally; default: those that are listed.

    Raises
    ------
    FaultsError : every column that is not there, cell that cannot be read, broken rule and
        repeated key.
    """
    iso3, name = names[:2]
    schema = schema_of(table, iso3, rivals)
    codes = dict.fromkeys((*names, *called), iso3)
    if rivals and table in OF_RIVALS_TOO:
        codes |= rivals.called(name)
    cells, lines = read_spreadsheet(path)
    cells = cells.assign(_line=lines)
    raise_if_any(_map_faults(schema, cells, columns or {}, values or {}, path))
    renamed, notes = _renamed(cells, schema, columns or {}, values or {})
    faults: list[Fault] = []
    if column := ally_column(table):
        renamed, of_others, faults = _of_the_ally(renamed, column, codes, called, path)
        notes += of_others
    notes += _filled(renamed, schema)
    raise_if_any([*faults, *_missing_columns(renamed, schema, path)])
    text = renamed.reset_index(drop=True)
    for column in [c for c in schema.columns if dtype_of(schema.columns[c]) in NUMBERS]:
        text[column], doubtful = with_decimal_points(text[column], column, path)
        faults += doubtful
    raise_if_any(faults)
    rows, unreadable = typed(text[list(schema.columns)], schema, str(path))
    faults = [*unreadable.values(), *rule_faults(rows, schema, str(path), told=set(unreadable))]
    raise_if_any(in_lines_of_file(faults, [1, *text["_line"]]))
    return OwnFile(rows, notes + unit_notes(table, rows, iso3))


def _map_faults(
    schema: pa.DataFrameSchema,
    cells: pd.DataFrame,
    columns: Mapping[str, str],
    values: Mapping[str, str],
    path: Path,
) -> list[Fault]:
    header = [c for c in cells.columns if c != "_line"]
    known = [*schema.columns, *_series(schema)]
    faults = [
        Fault(
            str(path),
            f"{new}={old}",
            "the column must be one of the table",
            new,
            ", ".join(known),
            did_you_mean(new, known, "docs/codebook.md says what the columns are"),
        )
        for new, old in {**columns, **values}.items()
        if new not in known
    ]
    return faults + [
        Fault(
            str(path),
            f"{new}={old}",
            "the column must be one of the file",
            old,
            ", ".join(header),
            did_you_mean(old, header, "correct the name"),
        )
        for new, old in columns.items()
        if old not in header and not (old == YEARS and _year_columns(cells))
    ]


def _renamed(
    cells: pd.DataFrame,
    schema: pa.DataFrameSchema,
    columns: Mapping[str, str],
    values: Mapping[str, str],
) -> tuple[pd.DataFrame, list[str]]:
    """Return the columns of the table that the file has, and what is said of the others."""
    taken = {name: name for name in schema.columns if name in cells} | dict(columns)
    wide = next((new for new, old in taken.items() if old == YEARS and YEARS not in cells), "")
    if wide:
        years = _year_columns(cells)
        kept = [c for c in cells if c not in years]
        cells = cells.melt(id_vars=kept, var_name="year", value_name=wide)
        taken |= {"year": "year", wide: wide}
    unused = [str(c) for c in cells if c not in {*taken.values(), "_line"}]
    series = {new: old for new, old in taken.items() if new not in schema.columns}
    plain = {new: old for new, old in taken.items() if new in schema.columns}
    found = pd.DataFrame({new: cells[old] for new, old in plain.items()}, index=cells.index)
    found = found.assign(_line=cells["_line"])
    if series:
        parts = [found.assign(**{SERIES: new, VALUE: cells[old]}) for new, old in series.items()]
        found = pd.concat(parts, ignore_index=True)
    if series or wide:
        # in a wide table an empty cell is no row
        found = found[found[wide or VALUE] != ""]
    notes = [f"columns of the file that are not used: {', '.join(unused)}"] if unused else []
    return found.assign(**values), notes


def _of_the_ally(
    rows: pd.DataFrame,
    column: str,
    codes: Mapping[str, str],
    called: Sequence[str],
    path: Path,
) -> tuple[pd.DataFrame, list[str], list[Fault]]:
    """Return the ally's rows, what is said of the others, and the fault when there are none.

    Parameters
    ----------
    codes : by what a file may call a state, of the ally first.
    called : what the user says that this file calls the ally.
    """
    iso3 = next(iter(codes.values()))
    if column not in rows:
        note = f"no column {column}: all rows are taken to be of {iso3}"
        return rows.assign(**{column: iso3}), [note], []
    if wrong := called_faults(path, rows[column], called):
        return rows, [], wrong
    found = codes_of(rows[column], codes)
    own = found.notna()
    others = sorted(set(rows.loc[~own, column]))
    if not own.any():
        return rows, [], [absent_fault(path, column, list(codes), others)]
    left_out = f"{(~own).sum()} rows of other states are left out: {', '.join(others[:8])}"
    return rows[own].assign(**{column: found[own]}), [left_out] * bool(others), []


def _filled(rows: pd.DataFrame, schema: pa.DataFrameSchema) -> list[str]:
    """Add, in place, columns that may be empty and that the file does not have."""
    absent = [c for c, column in schema.columns.items() if c not in rows and may_be_empty(column)]
    for column in absent:
        rows[column] = ""
    return [f"columns that the file does not have, left empty: {', '.join(absent)}"] * bool(absent)


def _missing_columns(rows: pd.DataFrame, schema: pa.DataFrameSchema, path: Path) -> list[Fault]:
    return [
        Fault(
            str(path),
            f"column {name}",
            "a column that must not be empty must be there",
            "no such column, and none is mapped to it",
            ", ".join(str(code) for code in allowed_codes(column)) or "a column of the file",
            f'--column {name}="…", or --value {name}=… for the same value in every row',
        )
        for name, column in schema.columns.items()
        if name not in rows
    ]


def _series(schema: pa.DataFrameSchema) -> list[str]:
    if not {SERIES, VALUE} <= set(schema.columns):
        return []
    return [str(code) for code in allowed_codes(schema.columns[SERIES])]


def _year_columns(cells: pd.DataFrame) -> list[str]:
    found = [c for c in cells.columns if YEAR.fullmatch(c)]
    return found if len(found) > 1 else []
