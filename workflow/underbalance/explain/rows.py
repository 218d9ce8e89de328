"""Rows of tables as plain Python: an answer looks up a few rows of many, again and again.

Filtering whole frames anew for each takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from underbalance.explain.tree import Cell

# cells by column: plain numbers and text, None where a number is missing
Row: TypeAlias = dict[str, Any]
ALLY_COLUMNS = ("iso3", "state")


class Index:
    """The rows of a table, by ally and by ally-year; each index is made when first asked for.

    Parameters
    ----------
    frame : the table.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._last_years: dict[str, int] = {}

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, in the table's order."""
        columns = [_cells(self._frame[name]) for name in self._frame]
        names = [str(name) for name in self._frame]
        return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]

    def of(self, iso3: str) -> list[Row]:
        """Return the rows of an ally (or of another state)."""
        return self._by_ally.get(iso3, [])

    def of_year(self, iso3: str, year: int) -> list[Row]:
        """Return the rows of an ally-year."""
        return self._by_year.get((iso3, year), [])

    def last_year_with(self, column: str) -> int:
        """Return the last year in which a column is known, of whatever ally."""
        if column not in self._last_years:
            known = [row["year"] for row in self.rows if row[column] is not None]
            self._last_years[column] = max(known)
        return self._last_years[column]

    @cached_property
    def _by_ally(self) -> dict[str, list[Row]]:
        column = next((name for name in ALLY_COLUMNS if name in self._frame), ALLY_COLUMNS[0])
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row[column], []).append(row)
        return found

    @cached_property
    def _by_year(self) -> dict[tuple[str, int], list[Row]]:
        found: dict[tuple[str, int], list[Row]] = {}
        for iso3, rows in self._by_ally.items():
            for row in rows:
                found.setdefault((iso3, row["year"]), []).append(row)
        return found


def only(rows: Sequence[Row], **cells: object) -> list[Row]:
    """Return the rows with these cells; a missing cell is equal to nothing."""
    kept = list(rows)
    for column, value in cells.items():
        kept = [row for row in kept if row[column] == value is not None]
    return kept


def _cells(column: pd.Series) -> list[Cell]:
    values: list[Cell] = column.tolist()
    return [cell(value) for value in values] if column.isna().any() else values


def cell(value: object) -> Cell:
    """Return a cell of a frame as plain Python, None where it is missing."""
    if value is None or value is pd.NA or value != value:
        return None
    plain = value.item() if hasattr(value, "item") else value
    assert isinstance(plain, (float, int, str, bool))  # all that the tables hold
    return plain
