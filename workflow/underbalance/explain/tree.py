"""The tree that explains a value: what it is, how it is computed, and from what.

A node states an operation and the parts it is applied to; :func:`recomputed` applies it, so
that what is printed can be checked to add up. The leaves are rows of the facts tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Cell: TypeAlias = float | int | str | bool | None


@dataclass(frozen=True)
class RawRow:
    """One row of a facts table (or a part of it).

    Parameters
    ----------
    table : name in config/sources.csv.
    key : the columns that tell the row apart, with their values.
    values : the columns that are used, with their values.
    source : author and year, as in docs/references.bib, with the version.
    flag : what is to be known about the row (``estimate``, ``mean of two codings`` …), or empty.
    """

    table: str
    key: dict[str, Cell]
    values: dict[str, Cell]
    source: str
    flag: str = ""


@dataclass(frozen=True)
class Node:
    """A value and how it came about.

    Parameters
    ----------
    name : name of the variable, coding or component.
    label, unit : from the codebook.
    value : as coded; None where it is missing.
    operation : key of :data:`underbalance.explain.operations.OPERATIONS`.
    parameters : numbers of the operation (mean, sd, cut, weight …).
    parts : the nodes the operation is applied to.
    rows : the raw rows it is applied to.
    note : the rule in words, or why the value is missing.
    place : where the value lies among those of the reference ally-years (rank, threshold); no
        part of the operation.
    """

    name: str
    label: str
    value: Cell
    operation: str
    unit: str = ""
    parameters: dict[str, Cell] = field(default_factory=dict)
    parts: tuple[Node, ...] = ()
    rows: tuple[RawRow, ...] = ()
    note: str = ""
    place: dict[str, Cell] = field(default_factory=dict)
