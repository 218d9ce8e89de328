"""Tables as text cells, which every format writes alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LABEL_WIDTH: Final = 0.23


@dataclass(frozen=True)
class Table:
    """Short cells, most of them numbers.

    Parameters
    ----------
    name : file and label name.
    title : caption.
    header : column heads; the first is that of the row labels.
    body : rows of cells, as long as the header; a row with an empty first cell
        continues the row above, a row of one cell is a heading of those below it.
    summary : rows below the body, set off by a rule: effects, counts.
    notes : sentences below the table.
    label_width : share of the width that the row labels take; they wrap.
    """

    name: str
    title: str
    header: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    summary: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    label_width: float = LABEL_WIDTH

    @property
    def parts(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Groups of rows between which there is a rule."""
        return tuple(part for part in (self.body, self.summary) if part)


@dataclass(frozen=True)
class WideTable:
    """Cells of text that wrap, on a page turned sideways.

    Parameters
    ----------
    name : file and label name.
    title : caption.
    lead : sentences that introduce the table.
    header : column heads.
    widths : shares of the width, one per column, together 1.
    rows : cells, as many as columns; a row of one cell is a heading of those below it.
    notes : sentences below the table.
    summary : further sentences above the table of a page; on paper the headings say the same.
    links : addresses of words that a page makes links of.
    """

    name: str
    title: str
    lead: tuple[str, ...]
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """All rows, as one group."""
        return (self.rows,)


AnyTable = Table | WideTable
