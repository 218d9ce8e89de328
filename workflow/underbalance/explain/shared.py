"""Explanations of many years as one set of data, in which what is said twice stands once.

Years share most of what explains them: sources, rules, rows, and whole branches such as the
election in force. Every text, row and node is therefore numbered, and a node names its own by
these numbers. A page shows them as :mod:`underbalance.explain.page` does, word for word.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import TypeAlias, TypeVar

from underbalance.explain.page import HEADINGS
from underbalance.explain.tree import Node, RawRow
from underbalance.explain.wording import (
    Told,
    details_on_page,
    key_columns,
    label_and_name,
    on_page,
    row_values,
    value_and_unit,
)

T = TypeVar("T", bound=Hashable)
Numbers: TypeAlias = tuple[int, ...]
# label, name, value, then in turn heading and text of what is said; rows; parts
NodeOfNumbers: TypeAlias = tuple[Numbers, Numbers, Numbers]
# table, values, source, flag; columns of the key
RowOfNumbers: TypeAlias = tuple[Numbers, Numbers]


def shared(years: Mapping[int, Sequence[Node]]) -> dict[str, object]:
    """Return the trees of several years, ready for JSON.

    Returns
    -------
    ``headings`` of a table of rows; ``texts``, each a text or, where it is shortened, a pair of
    it and the same with all digits; ``rows``, ``nodes`` (see the types of this module), with
    numbers of texts, rows and nodes; ``years``: the numbers of the outermost nodes of each. A
    node stands after its parts.
    """
    pool = _Pool()
    numbered = {str(year): [pool.node(node) for node in nodes] for year, nodes in years.items()}
    return {
        "headings": list(HEADINGS),
        "texts": [list(told) if told.full else told.text for told in pool.texts],
        "rows": list(pool.rows),
        "nodes": list(pool.nodes),
        "years": numbered,
    }


class _Pool:
    """What was said already, and its numbers."""

    def __init__(self) -> None:
        self.texts: dict[Told, int] = {}
        self.rows: dict[RowOfNumbers, int] = {}
        self.nodes: dict[NodeOfNumbers, int] = {}

    def node(self, node: Node) -> int:
        """Return the number of a node, after numbering its parts."""
        label, name = label_and_name(node)
        words = [Told(label), Told(name), on_page(partial(value_and_unit, node))]
        for heading, told in details_on_page(node):
            words += [Told(heading), told]
        rows = tuple(self._row(row) for row in node.rows)
        parts = tuple(self.node(part) for part in node.parts)
        return _number(self.nodes, (self._texts(words), rows, parts))

    def _row(self, row: RawRow) -> int:
        cells = [Told(row.table), on_page(partial(row_values, row)), Told(row.source)]
        key = [Told(pair) for pair in key_columns(row)]
        return _number(self.rows, (self._texts([*cells, Told(row.flag)]), self._texts(key)))

    def _texts(self, texts: Sequence[Told]) -> Numbers:
        return tuple(_number(self.texts, text) for text in texts)


def _number(known: dict[T, int], item: T) -> int:
    return known.setdefault(item, len(known))
