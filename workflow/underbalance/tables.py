"""Reading and writing tables so that a wrong cell is named and nothing is half-written.

CSV conventions of the project: UTF-8, comma, ISO dates kept as text, logical values as
0 and 1, an empty cell for a missing value, floats in the shortest form that reads back
to the same number.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from underbalance.errors import Fault, FaultsError, raise_if_any

INTEGER: Final = "Int64"
LOGICAL = {"0": False, "1": True, "": pd.NA}


def read_table(
    path: Path, schema: pa.DataFrameSchema, *, shown_as: str | None = None
) -> pd.DataFrame:
    """Read a CSV file of the project and hold it to its schema.

    Parameters
    ----------
    path : the file.
    schema : declared columns, types, rules and key.
    shown_as : the name of the file in messages (default: the path).

    Returns
    -------
    One row per line of the file, columns in the order and the types of the schema.

    Raises
    ------
    FaultsError : with every missing or extra column, unparsable cell, broken rule and
        repeated key of the file.
    """
    name = shown_as or str(path)
    text = _read_text(path, name)
    raise_if_any(_header_faults(list(text.columns), schema, name))
    frame, faults = _typed(text, schema, name)
    raise_if_any(faults)
    return check_frame(frame, schema, name)


def check_frame(frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str) -> pd.DataFrame:
    """Hold a frame to its schema; return it with the schema's column order.

    Raises
    ------
    FaultsError : every broken rule, with the line it has in the file ``name``.
    """
    raise_if_any(_header_faults(list(frame.columns), schema, name))
    ordered = frame[list(schema.columns)].reset_index(drop=True)
    ordered = ordered.astype({c: _dtype(d) for c, d in schema.columns.items()})
    faults = list(_rule_faults(ordered, schema, name)) + _key_faults(ordered, schema, name)
    raise_if_any(faults)
    return ordered


def write_table(frame: pd.DataFrame, path: Path, schema: pa.DataFrameSchema | None = None) -> None:
    """Write a frame as CSV, whole or not at all; checked against ``schema`` when given."""
    if schema is not None:
        frame = check_frame(frame, schema, str(path))
    logical = [c for c in frame.columns if pd.api.types.is_bool_dtype(frame[c].dtype)]
    frame = frame.assign(**{c: frame[c].astype(INTEGER) for c in logical})
    with written_whole(path) as part:
        frame.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; rename it to ``path`` when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # the ending stays last: writers such as matplotlib read the format from it
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _read_text(path: Path, name: str) -> pd.DataFrame:
    if not path.is_file():
        raise_if_any(
            [
                Fault(
                    name,
                    "file",
                    "the file must exist",
                    "no such file",
                    "a CSV file",
                    "restore it with `git checkout -- " + name + "`, or correct the path",
                )
            ]
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FaultsError([_unreadable(name, str(error))]) from None
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        raise FaultsError([_unreadable(name, "an empty file")])
    header, *rows = lines
    raise_if_any(_shape_faults(header, rows, name))
    return pd.DataFrame(rows, columns=header, dtype="str")


def _unreadable(name: str, found: str) -> Fault:
    return Fault(
        name,
        "file",
        "the file must be a comma-separated table in UTF-8",
        found,
        "one header line, then lines with as many cells as the header",
        "save it again as CSV UTF-8",
    )


def _shape_faults(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> list[Fault]:
    """Refuse lines that pandas would fill up, cut or skip without a word."""
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


def _header_faults(found: list[str], schema: pa.DataFrameSchema, name: str) -> list[Fault]:
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


def _typed(
    text: pd.DataFrame, schema: pa.DataFrameSchema, name: str
) -> tuple[pd.DataFrame, list[Fault]]:
    columns: dict[str, pd.Series] = {}
    faults: list[Fault] = []
    for column, declared in schema.columns.items():
        convert, allowed = _converter(_dtype(declared))
        columns[column] = convert(text[column])
        unreadable = (text[column] != "") & columns[column].isna()
        faults += [
            Fault(
                name,
                _line(text, int(i), schema),
                f"{column} must be readable",
                repr(text.at[i, column]),
                allowed,
                "correct the cell; leave it empty when the value is not known",
            )
            for i in text.index[unreadable]
        ]
    return pd.DataFrame(columns), faults


def _dtype(declared: pa.Column) -> str:
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
    # pandas reads "inf", "nan" and "1e3" too; of these only the last is a number here
    plain = cells.where(cells.str.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"))
    return pd.to_numeric(plain, errors="coerce").astype("float64")


def _to_integer(cells: pd.Series) -> pd.Series:
    # more digits than a double holds would be changed by the missing cells beside them
    whole = cells.where(cells.str.fullmatch(r"[+-]?\d{1,15}"))
    return pd.to_numeric(whole, errors="coerce").astype(INTEGER)


def _rule_faults(frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str) -> Iterator[Fault]:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            if not _is_repeated(case):
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


def _key_faults(frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str) -> list[Fault]:
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
    ]


def _line(frame: pd.DataFrame, position: int, schema: pa.DataFrameSchema) -> str:
    key = " ".join(str(frame.at[position, k]) for k in (schema.unique or []))
    return f"line {position + 2} ({key})" if key else f"line {position + 2}"
