"""Opening original workbooks: every sheet as a grid of cells, without guessing a header."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from underbalance.errors import Fault, FaultsError

# one row of a sheet; an empty cell is ""
Row = list[Any]
YEAR = re.compile(r"((?:19|20)\d\d)\s*(e?)")


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Return the cells of every sheet of an Excel workbook (xlsx), hidden sheets included.

    Formulas are read as the values they had when the workbook was saved.

    Raises
    ------
    FaultsError : when the file is no workbook.
    """
    try:
        # pandas would read a broken reference (#REF!) like a cell without a value
        book = load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise FaultsError([_unreadable(path, str(error))]) from None
    return {
        sheet.title: [
            ["" if cell is None else cell for cell in row]
            for row in sheet.iter_rows(min_row=1, min_col=1, values_only=True)
        ]
        for sheet in book.worksheets
    }


def year_columns(row: Row) -> dict[int, tuple[int, bool]]:
    """Return the columns of a header row that are headed by a year.

    Returns
    -------
    By position of the column: the year, and whether it is marked "e" (an estimate).
    """
    matches = {i: YEAR.fullmatch(str(cell).strip()) for i, cell in enumerate(row)}
    return {i: (int(m[1]), m[2] == "e") for i, m in matches.items() if m}


def cell_fault(path: Path, where: str, cell: object, allowed: str) -> Fault:
    """Return the fault of a cell that is neither a number nor a known mark."""
    return Fault(
        str(path),
        where,
        "a cell of the table must be a number or a mark for a missing value",
        repr(cell),
        allowed,
        "check the cell in the release; if a newer release has a new mark, adapt the parser",
    )


def is_number(cell: object) -> bool:
    """Say whether a cell holds a number (and not a logical value)."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _unreadable(path: Path, found: str) -> Fault:
    return Fault(
        str(path),
        "file",
        "the release must be an Excel workbook (xlsx)",
        " ".join(found.split()),
        "the workbook as it was published",
        "download the release again",
    )
