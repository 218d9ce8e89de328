"""The operations of a node, each applied to what the node prints.

Every operation takes a node and uses nothing but the printed values of its parts, its rows and
its parameters; a test demands that the result is the coded value.
"""

from __future__ import annotations

from collections.abc import Callable

from underbalance.explain.arithmetic import ARITHMETIC
from underbalance.explain.choosing import CHOOSING
from underbalance.explain.passages import PASSAGES
from underbalance.explain.scaling import SCALING
from underbalance.explain.tree import Cell, Node

# relative to the value where that is larger than one
TOLERANCE = 1e-12


def recomputed(node: Node) -> Cell:
    """Return the value of a node from its parts, rows and parameters.

    Raises
    ------
    KeyError : for an operation that is not known.
    """
    return OPERATIONS[node.operation](node)


def that_do_not_add_up(node: Node) -> list[Node]:
    """Return the nodes of a tree whose value is not what their operation gives."""
    below = [wrong for part in node.parts for wrong in that_do_not_add_up(part)]
    return below if _same(recomputed(node), node.value) else [node, *below]


def _same(one: Cell, other: Cell) -> bool:
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(one - other) <= TOLERANCE * max(1, abs(one))


def _numbers(node: Node) -> list[float]:
    """Return the values of the parts that are known."""
    return [float(part.value) for part in node.parts if part.value is not None]


def _value_of_the_row(node: Node) -> Cell:
    (row,) = node.rows
    (value,) = row.values.values()
    return value


def _mean_of_parts(node: Node) -> Cell:
    known = _numbers(node)
    return sum(known) / len(known) if len(known) >= _least(node) else None


def _sum_of_parts(node: Node) -> Cell:
    known = _numbers(node)
    return sum(known) if len(known) >= _least(node) else None


def _least(node: Node) -> float:
    """Return how many parts must be known."""
    return float(node.parameters.get("min_components") or 1)


OPERATIONS: dict[str, Callable[[Node], Cell]] = {
    "missing": lambda node: None,
    "value of the row": _value_of_the_row,
    "mean of the parts": _mean_of_parts,
    "sum of the parts": _sum_of_parts,
    **ARITHMETIC,
    **CHOOSING,
    **PASSAGES,
    **SCALING,
}
