"""Operations of codings: how a variable becomes a component, and components an index."""

from __future__ import annotations

from collections.abc import Callable

from underbalance.coding.cuts import is_above
from underbalance.explain.tree import Cell, Node


def _z_score(node: Node) -> Cell:
    value = _the_part(node)
    if value is None:
        return None
    return _number(node, "sign") * (value - _number(node, "mean")) / _number(node, "sd")


def _rescaled(node: Node) -> Cell:
    value, low, high = _the_part(node), _number(node, "low"), _number(node, "high")
    if value is None:
        return None
    share = (value - low) / (high - low)
    return share if _number(node, "sign") > 0 else 1 - share


def _above_the_cut(node: Node) -> Cell:
    value = _the_part(node)
    if value is None:
        return None
    return float(is_above(_number(node, "sign") * value, _number(node, "cut")))


def _with_its_sign(node: Node) -> Cell:
    value = _the_part(node)
    return None if value is None else _number(node, "sign") * value


def _weighted_sum(node: Node) -> Cell:
    known = [
        _number(node, f"weight of {part.name}") * float(part.value)
        for part in node.parts
        if part.value is not None
    ]
    return sum(known) if len(known) >= _number(node, "min_components") else None


def _number_known(node: Node) -> Cell:
    return sum(part.value is not None for part in node.parts)


def _type_of_high_and_low(node: Node) -> Cell:
    """Return the type of Table 1: political obstacle first, social second."""
    political, social = (part.value for part in node.parts)
    if political is None or social is None:
        return None
    if political:
        return "failing" if social else "inconsistent"
    return "slow" if social else "effective"


def _the_part(node: Node) -> float | None:
    (part,) = node.parts
    return None if part.value is None else float(part.value)


def _number(node: Node, name: str) -> float:
    value = node.parameters[name]
    assert value is not None  # an operation states its numbers
    return float(value)


SCALING: dict[str, Callable[[Node], Cell]] = {
    "sign · (part − mean) / sd": _z_score,
    "(part − low) / (high − low)": _rescaled,
    "1 if sign · part is above the cut": _above_the_cut,
    "sign · part": _with_its_sign,
    "weighted sum of the parts": _weighted_sum,
    "number of known parts": _number_known,
    "type of high and low parts": _type_of_high_and_low,
}
