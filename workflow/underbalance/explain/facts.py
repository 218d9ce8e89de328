"""What an explanation is made from: the tables of a project, and what describes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.coding.describe import with_codings
from underbalance.coding.recipes import Recipe, Scale, recipe
from underbalance.config import (
    CODINGS_FILE,
    CONFIG_FILE,
    GROUPS_FILE,
    Coding,
    Config,
    read_codings,
    read_config,
    read_groups,
)
from underbalance.explain.coded import Coded, demand_coding
from underbalance.explain.raw_rows import LINE, PLACE, ties
from underbalance.explain.read_once import ALLY_YEAR, Tables
from underbalance.explain.reading import demand
from underbalance.explain.reference import Reference
from underbalance.explain.register import Register
from underbalance.explain.rows import Row
from underbalance.explain.tree import Cell, RawRow
from underbalance.extensions import ALLIES, extension_of, file_of
from underbalance.registry import (
    ALLIES_FILE,
    CODEBOOK_FILE,
    SOURCES_FILE,
    read_allies,
    read_codebook,
    read_sources,
)
from underbalance.samples import reference_rows, resolve_reference


@dataclass(frozen=True)
class Facts(Tables):
    """The tables of a project, with its lists, settings and codings.

    Parameters
    ----------
    root : the project's folder.
    """

    _recipes: dict[str, Recipe] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def codebook(self) -> pd.DataFrame:
        """The rows of the codebook that describe ally_year, indexed by name."""
        book = with_codings(read_codebook(self.root / CODEBOOK_FILE), self.codings)
        return book[book["table"] == ALLY_YEAR].set_index("name")

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The registry."""
        return read_sources(self.root / SOURCES_FILE, self.root)

    @cached_property
    def ties(self) -> frozenset[tuple[str, str, str]]:
        """Ally, commitment and start of what makes an ally only because an extension says so."""
        return ties(self.root)

    @cached_property
    def register(self) -> Register:
        """The registry, to ask for one table at a time."""
        return Register(self.sources, self.ally_year[["iso3", "year"]])

    @cached_property
    def allies(self) -> pd.DataFrame:
        """The listed allies."""
        demand(self.root / ALLIES_FILE, "questions are asked in the folder of the project")
        return read_allies(self.root / ALLIES_FILE, self.root)

    @cached_property
    def codings(self) -> dict[str, Coding]:
        """The codings of config/codings.yaml."""
        return read_codings(self.root / CODINGS_FILE)

    @cached_property
    def config(self) -> Config:
        """The settings of config/config.yaml."""
        return read_config(self.root / CONFIG_FILE)

    def ally_name(self, iso3: str) -> str:
        """Return the name of an ally."""
        return str(self.allies.set_index("iso3").at[iso3, "name"])

    def list_of(self, iso3: str) -> str:
        """Return the file that lists an ally: config/allies.csv, or that of its extension."""
        extension = str(self.allies.set_index("iso3").at[iso3, "extension"])
        return (file_of(extension, ALLIES) if extension else ALLIES_FILE).as_posix()

    def recipe(self, coding: str) -> Recipe:
        """Return how a coding is made of its components, with the numbers of its reference rows.

        Raises
        ------
        FaultsError : if the results are without the coding or one of its components.
        """
        if coding not in self._recipes:
            self._recipes[coding] = self._recipe(coding)
        return self._recipes[coding]

    @cached_property
    def reference(self) -> Reference:
        """The reference sample of config/config.yaml."""
        return Reference(self.ally_year)

    @property
    def quantiles(self) -> tuple[float, ...]:
        """Quantiles of the reference sample above which an index is high, the primary first."""
        return self.config.typology.quantiles

    def value(self, variable: str, iso3: str, year: int) -> Cell:
        """Return the coded value of an ally-year, None where it is missing or there is no row."""
        return self._coded.value(variable, iso3, year)

    def scaled(self, scale: Scale, iso3: str, year: int) -> Cell:
        """Return the value of a variable on the scale of an index."""
        return self._coded.scaled(scale, iso3, year)

    def label(self, variable: str) -> str:
        """Return the label of a variable of ally_year."""
        return self._described(variable, "label") or variable

    def unit(self, variable: str) -> str:
        """Return the unit of a variable of ally_year."""
        return self._described(variable, "unit")

    def formula(self, variable: str) -> str:
        """Return the rule of a variable of ally_year, as the codebook has it."""
        return self._described(variable, "formula")

    def tables_behind(self, variable: str) -> list[str]:
        """Return the facts tables behind a variable of ally_year, as the codebook names them."""
        return [name for name in self._described(variable, "source").split(";") if name]

    def source(self, table: str, name: str = "") -> str:
        """Return author, year and version behind a facts table.

        Parameters
        ----------
        table : name in config/sources.csv.
        name : one source of a table that has several, as in its column ``source``.
        """
        return self.register.source(table, name)

    def covers(self, table: str, iso3: str, year: int, source: str | None = None) -> bool:
        """Say whether a facts table (or one source of it) covers an ally in a year."""
        return self.register.covers(table, iso3, year, source)

    def independent_since(self, iso3: str) -> str:
        """Return the day since when an ally is independent, empty where it always was."""
        return self._independent_since.get(iso3, "")

    def told(self, key: str) -> str:
        """Return the reason that the ledger tells under a key first, empty where it has none."""
        return self._ledger.get(key, "")

    def rows(
        self,
        table: str,
        rows: Sequence[Row],
        key: Sequence[str],
        values: Sequence[str],
        flag: str = "",
    ) -> tuple[RawRow, ...]:
        """Return rows of a facts table as raw rows; a column ``source`` says whose they are.

        Parameters
        ----------
        rows : of :meth:`of` or :meth:`of_year`.
        key, values : names of columns.
        flag : the same for all rows.
        """
        return tuple(self._raw(table, row, key, values, flag) for row in rows)

    def _recipe(self, name: str) -> Recipe:
        coding, table = self.codings[name], self.ally_year
        demand_coding(table, name, coding)
        if coding.reference is None:
            return recipe(table, name, coding, table["in_reference"])
        groups = read_groups(self.root / GROUPS_FILE)
        rows = resolve_reference(coding.reference, groups, self.allies)
        return recipe(table, name, coding, reference_rows(table, rows))

    def _raw(
        self,
        table: str,
        row: Row,
        key: Sequence[str],
        values: Sequence[str],
        flag: str,
    ) -> RawRow:
        named = str(row.get("source", ""))
        if place := row.get(PLACE):
            source = self.register.source_of_extension(table, named, extension_of(Path(place)))
            cells = {name: row[name] for name in key}, {name: row[name] for name in values}
            where = f"{place}, line {row[LINE]:.0f}"
            return RawRow(table, *cells, source, f"{where}; {flag}" if flag else where)
        source = self.source(table, named if (table, named) in self.register.cited else "")
        cells = {name: row[name] for name in key}, {name: row[name] for name in values}
        return RawRow(table, *cells, source, flag)

    def _described(self, variable: str, column: str) -> str:
        return str(self._descriptions.get(variable, {}).get(column, ""))

    @cached_property
    def _descriptions(self) -> dict[Any, Any]:
        return self.codebook.to_dict("index")

    @cached_property
    def _coded(self) -> Coded:
        return Coded(self.ally_year)

    @cached_property
    def _independent_since(self) -> dict[str, str]:
        return dict(zip(self.allies["iso3"], self.allies["independent_since"], strict=True))

    @cached_property
    def _ledger(self) -> dict[str, str]:
        reasons: dict[str, str] = {}
        ledger = self.processed("ledger")
        for key, reason in zip(ledger["key"], ledger["reason"], strict=True):
            reasons.setdefault(key, reason)
        return reasons
