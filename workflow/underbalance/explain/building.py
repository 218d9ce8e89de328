"""Nodes whose value is what their operation gives, and nodes that say why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from underbalance.explain.facts import Facts
from underbalance.explain.operations import recomputed
from underbalance.explain.rows import Row
from underbalance.explain.tree import Cell, Node, RawRow


def computed(
    name: str,
    label: str,
    operation: str,
    *,
    unit: str = "",
    parameters: Mapping[str, Cell] | None = None,
    parts: Sequence[Node] = (),
    rows: Sequence[RawRow] = (),
    note: str = "",
) -> Node:
    """Return a node with the value that its operation gives."""
    stated = dict(parameters or {})
    node = Node(name, label, None, operation, unit, stated, tuple(parts), tuple(rows), note)
    return replace(node, value=recomputed(node))


def of_variable(
    facts: Facts,
    variable: str,
    iso3: str,
    year: int,
    operation: str,
    *,
    parameters: Mapping[str, Cell] | None = None,
    parts: Sequence[Node] = (),
    rows: Sequence[RawRow] = (),
    note: str = "",
) -> Node:
    """Return the node of a variable of ally_year, with its coded value.

    That the operation gives the same is for tests to show.
    """
    return Node(
        variable,
        facts.label(variable),
        coded_value(facts, variable, iso3, year),
        operation,
        facts.unit(variable),
        dict(parameters or {}),
        tuple(parts),
        tuple(rows),
        note or facts.formula(variable),
    )


def missing_variable(facts: Facts, variable: str, note: str, rows: Sequence[RawRow] = ()) -> Node:
    """Return the node of a variable of ally_year without a value, which says why."""
    label, unit = facts.label(variable), facts.unit(variable)
    return Node(variable, label, None, "missing", unit, rows=tuple(rows), note=note)


def value_of_row(
    facts: Facts,
    table: str,
    rows: Sequence[Row],
    column: str,
    *,
    key: Sequence[str],
    label: str,
    why_missing: Callable[[], str],
    name: str = "",
    unit: str = "",
    note: str = "",
    flag: str = "",
) -> Node:
    """Return one cell of a facts table; a missing node where there is no row.

    Parameters
    ----------
    rows : the row, or none.
    why_missing : makes the note where there is no row.
    name : of the node; default: the column.
    """
    if not rows:
        return Node(name or column, label, None, "missing", unit, note=why_missing())
    shown = facts.rows(table, rows, key, [column], flag)
    return computed(name or column, label, "value of the row", unit=unit, rows=shown, note=note)


def coded_value(facts: Facts, variable: str, iso3: str, year: int) -> Cell:
    """Return the value in ally_year; empty text is a missing value."""
    value = facts.value(variable, iso3, year)
    return None if value == "" else value


def in_ally_year(facts: Facts, iso3: str, year: int) -> bool:
    """Say whether the ally is a row of ally_year in the year: it existed as a state."""
    return facts.value("year", iso3, year) is not None


def rows_of_year(facts: Facts, table: str, iso3: str, year: int) -> list[Row]:
    """Return the rows of an ally-year in a facts table, none where the ally did not exist."""
    return facts.of_year(table, iso3, year) if in_ally_year(facts, iso3, year) else []


def reason(facts: Facts, table: str, iso3: str, year: int, key: str = "") -> str:
    """Say in words why a facts table has no value for an ally-year.

    Parameters
    ----------
    key : the key under which the ledger tells of a value that was taken out, if any.
    """
    if not in_ally_year(facts, iso3, year):
        return "no ally-year: not an independent state, or outside the years of the table"
    if not facts.covers(table, iso3, year):
        return f"outside coverage: {table} does not cover {iso3} in {year}"
    return facts.told(key) or f"missing in {table}, which covers {iso3} in {year}"
