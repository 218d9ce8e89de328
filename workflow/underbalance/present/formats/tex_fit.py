"""How a table of numbers fits on a page: size of the type, width of the labels, or more pages.

Widths and heights are those of LaTeX's article class at ten points, the narrowest page that is
usual; they are estimates from the widths of letters and leave some room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from textwrap import wrap
from typing import Final, Literal

from underbalance.present.formats.letters import USUAL, is_words, longest_word, text_width
from underbalance.present.table import Table

PAGE: Final = (340.0, 520.0)  # points, of 345 and 550
GAP: Final = 6.0  # between columns
CAPTION: Final = (10.0, 12.0)  # type size and line
RULES: Final = 24.0  # rules and the space around caption and notes
GROUP_SPACE: Final = 1.5  # between terms
HEADING_SPACE: Final = 5.0
NUMBERED: Final = re.compile(r"(\(\d+\)) (.+)")

Form = Literal["float", "long", "sideways"]


@dataclass(frozen=True)
class Size:
    """A size of type: its name in LaTeX, points of an em and of a line, stretch of the rows."""

    name: str
    points: float
    line: float
    stretch: float
    notes: str
    notes_points: float
    notes_line: float


# small sizes of Computer Modern are wider than their points
FOOTNOTE: Final = ("footnotesize", 8.5, 9.5)
SCRIPT: Final = ("scriptsize", 8.0, 8.0)
SIZES: Final = (
    Size(*FOOTNOTE, 1.0, *FOOTNOTE),
    Size(*FOOTNOTE, 0.9, *SCRIPT),
    Size(*SCRIPT, 1.0, *SCRIPT),
)


@dataclass(frozen=True)
class Fit:
    """What a table looks like on the page.

    Parameters
    ----------
    form : a float; a table that breaks over pages; that, on pages turned sideways.
    size : of the type.
    labels : share of the width that the row labels take.
    column : points that every other column may take.
    """

    form: Form
    size: Size
    labels: float
    column: float


def fit(table: Table) -> Fit:
    """Return the first form and size that holds a table with its caption and notes."""
    width, height = PAGE
    wide_enough = [found for size in SIZES if (found := _in_width(table, size, width, "float"))]
    for found in wide_enough:
        if _height(table, found) <= height:
            return found
    if wide_enough:
        # notes in small type, so that they take little of the second page
        found = wide_enough[min(1, len(wide_enough) - 1)]
        return Fit("long", found.size, found.labels, found.column)
    turned = [found for size in SIZES if (found := _in_width(table, size, height, "sideways"))]
    return turned[0] if turned else Fit("sideways", SIZES[-1], table.label_width, GAP)


def broken(cell: str, fitted: Fit) -> list[str]:
    """Return the lines of a cell: words that are wider than their column are broken.

    Numbers stay whole; the number of a model stands above its name.
    """
    if numbered := NUMBERED.fullmatch(cell):
        return [numbered[1], *broken(numbered[2], fitted)]
    if not is_words(cell):
        return [cell]
    letters = max(int(fitted.column / (USUAL * fitted.size.points)), 1)
    if text_width(cell, fitted.size.points) <= fitted.column:
        return [cell]
    return wrap(cell, letters, break_long_words=False, break_on_hyphens=False) or [cell]


def label_groups(part: Sequence[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Return rows with those that continue them: these have no label."""
    groups: list[list[tuple[str, ...]]] = []
    for row in part:
        if groups and not row[0]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _in_width(table: Table, size: Size, width: float, form: Form) -> Fit | None:
    """Return the fit with the widest labels for which there is room, None where there is none."""
    columns = len(table.header) - 1
    room = width - GAP * columns
    most = (room - table.label_width * width) / max(columns, 1)
    tried = Fit(form, size, table.label_width, most)
    needed = sum(
        max(_line_width(row[place], tried) for row in _rows(table))
        for place in range(1, columns + 1)
    )
    labels = [row[0] for row in _rows(table)]
    longest = max(text_width(label, size.points) for label in labels)
    words = longest_word(" ".join(labels), size.points)
    asked = table.label_width * width
    if room - needed < max(min(asked - GAP, longest), words):
        return None
    share = min(max(longest + GAP, asked), room - needed)
    return Fit(form, size, round(share / width, 3), most)


def _height(table: Table, fitted: Fit) -> float:
    width, size = PAGE[0], fitted.size
    line = size.line * size.stretch
    groups = [group for part in table.parts for group in label_groups(part)]
    space = GROUP_SPACE * len(groups) + HEADING_SPACE * sum(len(own[0]) == 1 for own in groups)
    rows = (_lines([table.header], fitted) + sum(_lines(own, fitted) for own in groups)) * line
    points, caption_line = CAPTION
    caption = ceil(text_width(f"Table 00: {table.title}", points) / width) * caption_line
    notes = ceil(text_width(" ".join(table.notes), size.notes_points) / width) * size.notes_line
    return rows + space + caption + notes + RULES


def _lines(group: Sequence[tuple[str, ...]], fitted: Fit) -> int:
    """Return how many lines a label and its rows take: it wraps beside them."""
    label = ceil(text_width(group[0][0], fitted.size.points) / (fitted.labels * PAGE[0]))
    rows = sum(max(1, 1, *(len(broken(cell, fitted)) for cell in row[1:])) for row in group)
    return max(label, rows)


def _line_width(cell: str, fitted: Fit) -> float:
    return max(text_width(line, fitted.size.points) for line in broken(cell, fitted))


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    """Give head and rows, without headings."""
    yield table.header
    yield from (row for part in table.parts for row in part if len(row) > 1)
