"""The parts of a node in words, for every form but JSON."""

from __future__ import annotations

from collections.abc import Mapping

from underbalance.explain.tree import Cell, Node, RawRow

MISSING = "missing"


def headline(node: Node) -> str:
    """Return name, value and unit of a node."""
    unit = f" {node.unit}" if node.unit and isinstance(node.value, (int, float)) else ""
    return f"{node.name} = {shown(node.value)}{unit}"


def details(node: Node) -> list[tuple[str, str]]:
    """Return what there is to say about a node beside its parts and rows: heading and text."""
    said = {
        "what": name_in_words(node),
        "formula": formula(node),
        "place": listed(node.place),
        "rule": node.note,
    }
    return [(heading, text) for heading, text in said.items() if text]


def name_in_words(node: Node) -> str:
    """Return the label of a node, empty where it is its name."""
    return "" if node.label == node.name else node.label


def said_below(node: Node) -> list[tuple[str, str]]:
    """Return what stands below name and label on a page: heading and text."""
    return [(heading, text) for heading, text in details(node) if heading != "what"]


def row_cells(row: RawRow) -> tuple[str, list[str], str, str, str]:
    """Return table, key (a text for each column of it), values, source and flag of a raw row."""
    pairs = [listed({name: value}) for name, value in row.key.items()]
    return row.table, [pair for pair in pairs if pair], row_values(row), row.source, row.flag


def formula(node: Node) -> str:
    """Return the operation with its numbers; nothing for a value that is missing or a row."""
    if node.operation in (MISSING, "value of the row"):
        return ""
    numbers = listed(node.parameters)
    return f"{node.operation}; {numbers}" if numbers else node.operation


def row_key(row: RawRow) -> str:
    """Return table and key of a raw row."""
    return f"{row.table} ({listed(row.key)})"


def listed(cells: Mapping[str, Cell]) -> str:
    """Return names and values in one line; what is missing is left out."""
    return ", ".join(
        f"{name} {shown(value)}" for name, value in cells.items() if value not in (None, "")
    )


def row_values(row: RawRow) -> str:
    """Return the values of a raw row in one line, the missing ones too if there is no other."""
    told = listed(row.values)
    return told or ", ".join(f"{name} {MISSING}" for name in row.values)


def shown(value: Cell) -> str:
    """Return a cell as text: numbers with up to 12 significant digits."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
