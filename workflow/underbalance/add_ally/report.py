"""What there is for an ally in every facts table, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

SHIPPED: Final = "shipped"
TEMPLATE: Final = "template to fill"
ABSENT: Final = "not there"
NOT_MADE: Final = "could not be made"
NOT_IN_ORIGINALS: Final = "not in the originals"
NO_ROW: Final = "shipped, no row"
EVERYONE: Final = "shipped, for all allies"
COLUMNS: Final = ("table", "where it is", "rows", "years", "needed for")


@dataclass(frozen=True)
class Line:
    """One facts table.

    Parameters
    ----------
    table : its name.
    place : where its rows are from, or that there are none.
    rows : their number.
    years : first and last year, empty when the rows have none.
    needed : what needs the table.
    """

    table: str
    place: str
    rows: int
    years: str
    needed: str

    def cells(self) -> tuple[str, ...]:
        """Return the cells as text."""
        return (self.table, self.place, str(self.rows or ""), self.years, self.needed)


def show(lines: Sequence[Line], console: Console) -> None:
    """Print the lines: as a table on a terminal, else as text between tabs."""
    if not console.is_terminal:
        for cells in [COLUMNS, *(line.cells() for line in lines)]:
            console.file.write("\t".join(cells) + "\n")
        return
    table = Table(*COLUMNS, box=None, pad_edge=False)
    for line in lines:
        table.add_row(*line.cells(), style=None if line.rows else "dim")
    console.print(table)
