"""What can be wrong with a table: its shape, its header, a cell, a rule, a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pandera.pandas as pa

from underbalance.errors import Fault

LOGICAL = {"0": False, "1": True, "": pd.NA}

# position of the row in the frame, name of the column
Cell = tuple[int, str]


def shape_faults(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> list[Fault]:
    """Return a fault for every line that pandas would fill up, cut or skip silently."""
    ragged = [
        Fault(
            name,
            f"line {line}",
            "a line must have as many cells as the header",
            f"{len(cells)} cells" if cells else "a blank line",
            f"{len(header)} cells",
            "put a cell that holds a comma in double quotes" if cells else "remove the line",
        )
        for line, cells in enumerate(rows, start=2)
        if len(cells) != len(header)
    ]
    broken = [
        Fault(
            name,
            f"line {line}",
            "a cell must not hold a line break",
            repr(next(cell for cell in cells if "\n" in cell)),
            "one line of the file for each row",
            "remove the line break",
        )
        for line, cells in enumerate(rows, start=2)
        if any("\n" in cell for cell in cells)
    ]
    return ragged + broken


def header_faults(found: list[str], schema: pa.DataFrameSchema, name: str) -> list[Fault]:
    """Return a fault for every column that is missing, not declared, or there twice."""
    wanted = list(schema.columns)
    missing = [
        Fault(
            name,
            f"column {c}",
            "every declared column must be there",
            "not in the header",
            ", ".join(wanted),
            f"add the column {c}, or undo its renaming",
        )
        for c in wanted
        if c not in found
    ]
    extra = [
        Fault(
            name,
            f"column {c}",
            "no column but the declared ones",
            "in the header",
            ", ".join(wanted),
            f"remove the column {c}, or correct its name",
        )
        for c in found
        if c not in wanted
    ]
    twice = [
        Fault(
            name,
            f"column {c}",
            "a column may stand there once",
            f"{found.count(c)} times",
            "once",
            "remove the repetition",
        )
        for c in dict.fromkeys(found)
        if found.count(c) > 1
    ]
    return missing + extra + twice


def typed(
    text: pd.DataFrame, schema: pa.DataFrameSchema, name: str
) -> tuple[pd.DataFrame, dict[Cell, Fault]]:
    """Convert cells of text to the declared types.

    Returns
    -------
    The declared columns that the text has (once), and a fault for each cell that cannot
    be read, which is missing in the frame.
    """
    columns: dict[str, pd.Series] = {}
    faults: dict[Cell, Fault] = {}
    for column in [c for c in schema.columns if list(text.columns).count(c) == 1]:
        convert, allowed = _converter(dtype_of(schema.columns[column]))
        columns[column] = convert(text[column])
        unreadable = (text[column] != "") & columns[column].isna()
        for i in text.index[unreadable]:
            faults[int(i), column] = Fault(
                name,
                _line(text, int(i), schema),
                f"{column} must be readable",
                repr(text.at[i, column]),
                allowed,
                "correct the cell; leave it empty when the value is not known",
            )
    return pd.DataFrame(columns), faults


def rule_faults(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str, *, told: Collection[Cell] = ()
) -> list[Fault]:
    """Return every broken rule and repeated key, but for cells that were told already."""
    return [*_broken_rules(frame, schema, name, told), *_key_faults(frame, schema, name, told)]


def in_lines_of_file(faults: Sequence[Fault], lines: Sequence[int]) -> list[Fault]:
    """Return faults with the numbers that their lines have in a file with comments.

    Parameters
    ----------
    lines : the line in the file of the header and of each row.
    """

    def number_in_file(match: re.Match[str]) -> str:
        return f"line {lines[int(match[1]) - 1]}"

    return [replace(f, where=re.sub(r"^line (\d+)", number_in_file, f.where)) for f in faults]


def dtype_of(declared: pa.Column) -> str:
    """Return the pandas name of a declared type (pandera calls text by its storage)."""
    name = str(declared.dtype)
    return "str" if name.startswith("string") else name


def _converter(dtype: str) -> tuple[Callable[[pd.Series], pd.Series], str]:
    match dtype:
        case "float64":
            return _to_number, "a number with a decimal point and without thousands separators"
        case "Int64":
            return _to_integer, "a whole number"
        case "boolean":
            return lambda cells: cells.map(LOGICAL).astype("boolean"), "0 or 1"
        case _:
            return lambda cells: cells.astype("str"), "text"


def _to_number(cells: pd.Series) -> pd.Series:
    # pandas reads "inf", "nan", "1e3" and "1e400" (as infinite) too; of these only "1e3" is a
    # number here
    plain = cells.where(cells.str.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"))
    numbers = pd.to_numeric(plain, errors="coerce").astype("float64")
    return numbers.where(numbers.abs() < float("inf"))


def _to_integer(cells: pd.Series) -> pd.Series:
    # more digits than a double holds would be changed by the missing cells beside them
    whole = cells.where(cells.str.fullmatch(r"[+-]?\d{1,15}"))
    return pd.to_numeric(whole, errors="coerce").astype("Int64")


def _broken_rules(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str, told: Collection[Cell]
) -> Iterator[Fault]:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            if not _is_repeated(case) and (case["index"], case["column"]) not in told:
                yield _rule_fault(case, frame, schema, name)


def _is_repeated(case: dict[Any, Any]) -> bool:
    """Say whether a failure case is told elsewhere.

    Repeated keys have their own message; a rule on two columns fails once per column of
    the row, and only the column that its text begins with is shown.
    """
    if case["check"] == "multiple_fields_uniqueness":
        return True
    across = case["schema_context"] == "DataFrameSchema"
    return across and not str(case["check"]).startswith(f"{case['column']} ")


def _rule_fault(
    case: dict[Any, Any], frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str
) -> Fault:
    check = str(case["check"])
    column = str(case["column"])
    where = (
        f"column {column}" if pd.isna(case["index"]) else _line(frame, int(case["index"]), schema)
    )
    if check == "not_nullable":
        return Fault(
            name,
            where,
            f"{column} must not be empty",
            "empty",
            "a value",
            "fill the cell from the source, or remove the row",
        )
    rule, _, rest = check.partition("|")
    allowed, _, mend = rest.partition("|")
    return Fault(
        name,
        where,
        rule if column in rule else f"{column}: {rule}",
        str(case["failure_case"]),
        allowed or "see the rule",
        mend or "correct the cell",
    )


def _key_faults(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str, told: Collection[Cell]
) -> list[Fault]:
    key = schema.unique
    if not key:
        return []
    repeated = frame.index[frame.duplicated(key, keep="first")]
    return [
        Fault(
            name,
            _line(frame, int(i), schema),
            f"the key ({', '.join(key)}) must be unique",
            ", ".join(str(frame.at[i, k]) for k in key),
            "one row for each key",
            "remove the repeated row, or correct its key",
        )
        for i in repeated
        if not any((int(i), k) in told for k in key)
    ]


def _line(frame: pd.DataFrame, position: int, schema: pa.DataFrameSchema) -> str:
    named = [k for k in (schema.unique or []) if list(frame.columns).count(k) == 1]
    key = " ".join(str(frame.at[position, k]) for k in named)
    return f"line {position + 2} ({key})" if key else f"line {position + 2}"
