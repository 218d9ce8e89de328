"""Cases of an outcome: their columns as nodes, with values, labels and rules of the codebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.explain.tree import Cell, Node, RawRow
from underbalance.registry import CODEBOOK_FILE, read_codebook


@dataclass(frozen=True)
class Case:
    """A row of an outcome table.

    Parameters
    ----------
    outcome : its key in :data:`underbalance.outcomes.catalogue.OUTCOMES`.
    row : its cells by column.
    """

    outcome: str
    row: Row

    @property
    def iso3(self) -> str:
        """The ally."""
        return str(self.row["iso3"])

    @property
    def year(self) -> int:
        """The year the case counts for."""
        return int(self.row["year"])

    def value(self, column: str) -> Cell:
        """Return a coded value; empty text is missing."""
        found: Cell = self.row[column]
        return None if found == "" else found


# (facts, case) → the explained columns, the measure first
CaseExplainer: TypeAlias = Callable[[Facts, Case], list[Node]]


def cases_of(facts: Facts, outcome: str, iso3: str, year: int) -> list[Case]:
    """Return the cases of an outcome that count for an ally-year."""
    rows = facts.made(f"outcomes/{outcome}").of_year(iso3, year)
    return [Case(outcome, row) for row in rows]


def of_column(
    facts: Facts,
    case: Case,
    column: str,
    operation: str,
    *,
    parameters: Mapping[str, Cell] | None = None,
    parts: Sequence[Node] = (),
    rows: Sequence[RawRow] = (),
    note: str = "",
) -> Node:
    """Return the node of a column of an outcome table, with its coded value."""
    described = described_columns(facts, case.outcome)
    label, unit, rule = described[column]
    return Node(
        column,
        label,
        case.value(column),
        operation,
        unit,
        dict(parameters or {}),
        tuple(parts),
        tuple(rows),
        note or rule,
    )


def described_columns(facts: Facts, outcome: str) -> dict[str, tuple[str, str, str]]:
    """Return label, unit and formula of the columns of an outcome table."""
    return _codebook(facts.root / CODEBOOK_FILE)[f"outcome.{outcome}"]


def end_of_register(facts: Facts, table: str) -> Node:
    """Return the last year of a facts table, as the registry states it."""
    year = facts.register.last_year(table)
    row = RawRow(
        table, {"stated in": "config/sources.csv"}, {"last_year": year}, facts.source(table)
    )
    return Node("last_year", f"Last year of {table}", year, "value of the row", "year", rows=(row,))


@cache
def _codebook(path: Path) -> dict[str, dict[str, tuple[str, str, str]]]:
    tables: dict[str, dict[str, tuple[str, str, str]]] = {}
    for row in read_codebook(path).to_dict("records"):
        described = (row["label"], row["unit"], row["formula"])
        tables.setdefault(row["table"], {})[row["name"]] = described
    return tables
