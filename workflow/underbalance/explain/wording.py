"""The parts of a node in words, for every form but JSON.

A number is written with as many significant digits as the form has room for; a whole number
never loses a digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from underbalance.explain.tree import Cell, Node, RawRow

MISSING = "missing"
# significant digits: of an answer in full, of one that is read as text, and of a page
FULL, TEXT, PAGE = 12, 4, 3
LEAST = "min_components"


class Told(NamedTuple):
    """A text of a page, and the same with all digits; that is empty where the text has them."""

    text: str
    full: str = ""


def on_page(write: Callable[[int], str]) -> Told:
    """Return what a page says; ``write`` returns a text with so many significant digits."""
    text, full = write(PAGE), write(FULL)
    return Told(text, "" if full == text else full)


def title(name: str, year: int | str) -> str:
    """Return the heading of an answer on an ally, by its name, in a year."""
    return f"{name} {year}: what it is coded as, and why"


def headline(node: Node, digits: int = TEXT) -> tuple[str, str]:
    """Return label and name of a node in one text, and its value with the unit."""
    label, name = label_and_name(node)
    return f"{label} ({name})" if name else label, value_and_unit(node, digits)


def label_and_name(node: Node) -> tuple[str, str]:
    """Return label and name of a node; the name is empty where there is no other label."""
    return node.label, "" if node.label == node.name else node.name


def value_and_unit(node: Node, digits: int) -> str:
    """Return the value of a node with its unit."""
    unit = f" {node.unit}" if node.unit and isinstance(node.value, (int, float)) else ""
    return f"{shown(node.value, digits)}{unit}"


def details(node: Node, digits: int = TEXT) -> list[tuple[str, str]]:
    """Return what there is to say about a node beside its parts and rows: heading and text."""
    said = {
        "formula": formula(node, digits),
        "place": listed(node.place, digits),
        "rule": node.note,
    }
    return [(heading, text) for heading, text in said.items() if text]


def details_on_page(node: Node) -> list[tuple[str, Told]]:
    """Return :func:`details` for a page."""
    full = dict(details(node, FULL))
    return [
        (heading, Told(text, "" if full[heading] == text else full[heading]))
        for heading, text in details(node, PAGE)
    ]


def formula(node: Node, digits: int = TEXT) -> str:
    """Return the operation with its numbers; nothing for a value that is missing or a row."""
    if node.operation in (MISSING, "value of the row"):
        return ""
    others = {name: value for name, value in node.parameters.items() if name != LEAST}
    said = [node.operation, _least(node), listed(others, digits)]
    return "; ".join(text for text in said if text)


def row_key(row: RawRow) -> str:
    """Return table and key of a raw row."""
    return f"{row.table} ({', '.join(key_columns(row))})"


def key_columns(row: RawRow) -> list[str]:
    """Return the columns of the key of a raw row, each with its value, in full."""
    pairs = [listed({name: value}, FULL) for name, value in row.key.items()]
    return [pair for pair in pairs if pair]


def row_values(row: RawRow, digits: int = TEXT) -> str:
    """Return the values of a raw row in one line, the missing ones too if there is no other."""
    told = listed(row.values, digits)
    return told or ", ".join(f"{name} {MISSING}" for name in row.values)


def listed(cells: Mapping[str, Cell], digits: int) -> str:
    """Return names and values in one line; what is missing is left out."""
    return ", ".join(
        f"{name}{':' if isinstance(value, bool) else ''} {shown(value, digits)}"
        for name, value in cells.items()
        if value not in (None, "")
    )


def shown(value: Cell, digits: int = FULL) -> str:
    """Return a cell as text: numbers with so many significant digits."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _number(value, digits) if isinstance(value, float) else str(value)


def _number(value: float, digits: int) -> str:
    """Return a number without powers of ten; digits before the point are all shown."""
    if abs(value) >= 10**digits:
        return f"{value:.0f}"
    # + 0 turns -0 into 0
    return f"{Decimal(f'{value + 0.0:.{digits}g}'):f}"


def _least(node: Node) -> str:
    """Say how many parts must be known; nothing where the operation asks for none."""
    least = node.parameters.get(LEAST)
    return f"at least {shown(least)} of {len(node.parts)} parts" if least is not None else ""
