"""Opening original workbooks: the first sheet as a table, or every sheet cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import pandas as pd
from python_calamine import CalamineError

from underbalance.errors import Fault, FaultsError
from underbalance.sources.originals import demand_columns, unreadable

if TYPE_CHECKING:
    from openpyxl import Workbook

# one row of a sheet; an empty cell is ""
Row = list[Any]
YEAR = re.compile(r"((?:19|20)\d\d)\s*(e?)")


def read_first_sheet(path: Path, columns: Sequence[str], *, rest: bool = False) -> pd.DataFrame:
    """Read the named columns of the first sheet of a workbook (.xlsx, .xls).

    ``rest`` says to return the columns that are not named, too.

    Raises
    ------
    FaultsError : for every column that the sheet does not have, and when the file is no
        workbook.
    """
    (data,) = _read_tables(path, [0]).values()
    demand_columns([str(column) for column in data.columns], columns, path)
    return data if rest else data[list(columns)].copy()


def read_tables(path: Path) -> dict[str, pd.DataFrame]:
    """Read every sheet of a workbook (.xlsx, .xls) as a table with a header.

    Raises
    ------
    FaultsError : when the file is no workbook.
    """
    return _read_tables(path, None)


def _read_tables(path: Path, sheets: list[int] | None) -> dict[str, pd.DataFrame]:
    try:
        tables = pd.read_excel(path, sheet_name=sheets, engine="calamine")
    except (CalamineError, ValueError) as error:
        raise _no_workbook(path, error) from None
    return {str(sheet): table for sheet, table in tables.items()}


def read_cells(path: Path) -> dict[str, list[Row]]:
    """Return the cells of every sheet of a workbook (.xlsx), hidden sheets included."""
    # pandas would read a broken reference (#REF!) like a cell without a value
    return {
        sheet.title: [
            ["" if cell is None else cell for cell in row]
            for row in sheet.iter_rows(min_row=1, min_col=1, values_only=True)
        ]
        for sheet in open_workbook(path).worksheets
    }


def open_workbook(path: Path) -> Workbook:
    """Open a workbook (.xlsx) with the values that its formulas had when it was saved.

    Raises
    ------
    FaultsError : when the file is no workbook.
    """
    # only needed here, and slow to import
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise _no_workbook(path, error) from None


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


def _no_workbook(path: Path, error: Exception) -> FaultsError:
    return unreadable(path, "an Excel workbook", str(error), "the workbook as it was published")
