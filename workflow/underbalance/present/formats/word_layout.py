"""How wide the columns of a table are on a page of Word, and whether the page lies sideways."""

from __future__ import annotations

from typing import Final

from underbalance.present.formats.letters import is_words, longest_word, text_width
from underbalance.present.table import AnyTable, Table, WideTable

PAPER: Final = (595.3, 841.9)  # A4, in points
MARGIN: Final = 56.7
TYPE: Final = 8.0  # of cells and notes
PADDING: Final = 8.0  # of a column


def layout(table: AnyTable) -> tuple[bool, list[float]]:
    """Return whether the page lies sideways, and the widths of the columns in points."""
    upright, sideways = (side - 2 * MARGIN for side in PAPER)
    if isinstance(table, WideTable):
        return True, [sideways * share for share in table.widths]
    needed = [_needed(table, place) for place in range(1, len(table.header))]
    for width in (upright, sideways):
        if width - sum(needed) >= min(table.label_width * width, _longest_label(table)):
            return width == sideways, _widths(table, needed, width)
    least = [longest_word(" ".join(_labels(table)), TYPE) + PADDING, *needed]
    return True, [sideways * share / sum(least) for share in least]


def _widths(table: Table, needed: list[float], width: float) -> list[float]:
    """Return widths that give the labels what they can use, and share out what is left."""
    label = min(_longest_label(table), width - sum(needed))
    spare = (width - label - sum(needed)) / max(len(needed), 1)
    return [label, *(column + spare for column in needed)]


def _needed(table: Table, place: int) -> float:
    cells = [row[place] for part in table.parts for row in part if len(row) > 1]
    widths = [longest_word(c, TYPE) if is_words(c) else text_width(c, TYPE) for c in cells]
    return max([longest_word(table.header[place], TYPE), *widths]) + PADDING


def _longest_label(table: Table) -> float:
    return max(text_width(label, TYPE) for label in _labels(table)) + PADDING


def _labels(table: Table) -> list[str]:
    rows = [table.header, *(row for part in table.parts for row in part if len(row) > 1)]
    return [row[0] for row in rows]
