"""The workbook of the SIPRI Military Expenditure Database, as SIPRI publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.workbooks import open_workbook

PATTERN = "SIPRI-Milex-data-*.xlsx"
SHEETS = {"share_gdp": r"Share of GDP", "constant_usd": r"Constant \(\d{4}\) US\$"}
COLUMNS = ["series", "iso3", "year", "value", "font_flag", "sipri_notes"]
# of this and of earlier releases
SPELLINGS = {
    "Czech Republic": "Czechia",
    "Korea, South": "South Korea",
    "Macedonia": "North Macedonia",
    "Macedonia, FYR": "North Macedonia",
    "Slovak Republic": "Slovakia",
    "Türkiye": "Turkey",
    "UK": "United Kingdom",
}


def read_workbook(path: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the two sheets as text, in the columns of the reshaped release.

    Columns: series (``share_gdp``, ``constant_usd``), iso3, year, value, font_flag
    (``estimate`` for figures in blue, ``uncertain`` for those in red, else empty) and
    sipri_notes. Cells without a number (``...``, ``xxx``) have no row.

    Raises
    ------
    FaultsError : when the file is no workbook, and for a sheet or header that is not there.
    """
    book = open_workbook(path)
    known = iso3_by_name(allies, SPELLINGS)
    rows: list[tuple[str, ...]] = []
    for series, pattern in SHEETS.items():
        sheet = _sheet(book, pattern, path)
        rows += [
            (series, known[name], *cell) for name, *cell in _cells(sheet, path) if name in known
        ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _sheet(book: Any, pattern: str, path: Path) -> Any:
    found = [name for name in book.sheetnames if re.fullmatch(pattern, name.strip())]
    if len(found) != 1:
        raise FaultsError([_layout_fault(path, f"sheet {pattern}", ", ".join(book.sheetnames))])
    return book[found[0]]


def _cells(sheet: Any, path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield name of the state, year, value, quality and notes of every number."""
    lines = sheet.iter_rows()
    header = next((line for line in lines if _text(line[0]) == "Country"), None)
    if header is None:
        raise FaultsError([_layout_fault(path, f"header of {sheet.title}", "no cell Country")])
    years = {i: _text(cell) for i, cell in enumerate(header) if re.fullmatch(r"\d{4}", _text(cell))}
    notes = next((i for i, cell in enumerate(header) if _text(cell) == "Notes"), None)
    for line in lines:
        marks = _text(line[notes]) if notes is not None else ""
        for place, year in years.items():
            cell = line[place]
            if isinstance(cell.value, int | float):
                yield _text(line[0]), year, repr(cell.value), _quality(cell), marks


def _quality(cell: Any) -> str:
    """Read the colour of a figure: blue is an estimate of SIPRI, red highly uncertain."""
    colour = cell.font.color.rgb if cell.font.color is not None else None
    if not isinstance(colour, str) or len(colour) != 8:
        return ""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (2, 4, 6))
    if blue > max(red, green):
        return "estimate"
    return "uncertain" if red > max(green, blue) else ""


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _layout_fault(path: Path, where: str, found: str) -> Fault:
    return Fault(
        str(path),
        where,
        "the workbook must have the sheets and headers of SIPRI's releases since 2016",
        found,
        "sheets Share of GDP and Constant (year) US$, each with a line that begins with Country",
        "download the workbook again; if SIPRI changed its layout, adapt this parser",
    )
