"""Reading a user's own CSV file as spreadsheets write it: delimiter, byte order mark, commas."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import text_without_comments, without_comments
from underbalance.table_faults import shape_faults

DELIMITERS: Final = (",", ";", "\t")
NAMES: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
# 12,5 and 0,1234 can only be decimals; 1,234 may be either; 1,234,567 and 1,234.5 are thousands
COMMA: Final = re.compile(r"[+-]?\d+,\d+")
EITHER: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
# 2.322 is two thousand where commas are decimals, which files with semicolons tell
POINTED: Final = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")


def read_spreadsheet(path: Path) -> tuple[pd.DataFrame, list[int]]:
    """Return the cells of a file as text, and the line of the file that each row stands in.

    Rows without any cell, as spreadsheets leave behind, are left out; lines that begin with
    ``#`` are comments.

    Raises
    ------
    FaultsError : for a file that is no table in UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultsError([_no_table(path, f"not UTF-8: {error.reason}")]) from None
    if "\0" in text:
        raise FaultsError([_no_table(path, "a binary file")])
    numbered = without_comments(text.splitlines())
    cells, lines = _cells(path, [line for _, line in numbered])
    if not cells:
        raise FaultsError([_no_table(path, "an empty file")])
    kept = [k for k, row in enumerate(cells) if k == 0 or any(row)]
    header, *rows = [cells[k] for k in kept]
    raise_if_any(shape_faults(header, rows, str(path)))
    raise_if_any(_header_faults(header, path))
    places = [numbered[lines[k] - 1][0] for k in kept[1:]]
    return pd.DataFrame(rows, columns=header, dtype="str"), places


def with_decimal_points(cells: pd.Series, name: str, path: Path) -> tuple[pd.Series, list[Fault]]:
    """Return numbers with decimal points where the file writes decimal commas.

    Returns
    -------
    The cells, and the fault of a column in which a comma or a point may be a decimal or a
    separator of thousands.
    """
    commas = cells[cells.str.contains(",", regex=False)]
    if commas.empty:
        pointed = cells[cells.str.contains(".", regex=False)]
        thousands = [cell for cell in pointed if POINTED.fullmatch(cell)]
        if thousands and len(thousands) == len(pointed) and _delimiter(_header_of(path)) == ";":
            return cells, [_doubtful(name, thousands[0], path, "point")]
        return cells, []
    decimal = commas.map(lambda cell: COMMA.fullmatch(cell) is not None)
    certain = commas.map(lambda cell: EITHER.fullmatch(cell) is None)
    points = cells.str.contains(".", regex=False).any()
    if not decimal.all() or not certain.any() or points:
        found = commas[~decimal].iloc[0] if not decimal.all() else commas.iloc[0]
        return cells, [_doubtful(name, found, path)]
    return cells.str.replace(",", ".", regex=False), []


def _cells(path: Path, lines: list[str]) -> tuple[list[list[str]], list[int]]:
    delimiter = _delimiter(lines[0] if lines else "")
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        rows = [([cell.strip() for cell in row], reader.line_num) for row in reader]
    except csv.Error as error:
        raise FaultsError([_no_table(path, str(error))]) from None
    return [row for row, _ in rows], [number for _, number in rows]


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=lambda one: len(next(csv.reader([header], delimiter=one), [])))


def _header_of(path: Path) -> str:
    return text_without_comments(path).partition("\n")[0]


def _header_faults(header: list[str], path: Path) -> list[Fault]:
    wrong = [name for name in dict.fromkeys(header) if header.count(name) > 1 or not name]
    return [
        Fault(
            str(path),
            f"column {name or '(without a name)'}",
            "every column must have a name of its own",
            f"{header.count(name)} times",
            "once",
            "name the column in the first line, or take it out",
        )
        for name in wrong
    ]


def _no_table(path: Path, found: str) -> Fault:
    return Fault(
        str(path),
        "file",
        "the file must be a table in UTF-8",
        found,
        f"a header line, then lines with as many cells, between {', '.join(NAMES.values())}",
        "save it again from the spreadsheet as CSV UTF-8",
    )


def _doubtful(name: str, found: str, path: Path, mark: str = "comma") -> Fault:
    return Fault(
        str(path),
        f"column {name}",
        f"the {mark} in a number must be a decimal {mark}, in all of the column",
        found,
        "12.5 or 12,5; no separator of thousands",
        "take separators of thousands out, and write decimals with a point",
    )
