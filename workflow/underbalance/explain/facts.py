"""What an explanation is made from: facts tables, steps on the way and ally_year, read lazily.

The tables were checked before the results were made; here they are only read, each once and
without its schema, so that an answer takes seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.coding.describe import with_codings
from underbalance.coding.recipes import Recipe, recipe
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
from underbalance.errors import Fault, FaultsError
from underbalance.explain.reading import demand, read_plain, short_names
from underbalance.explain.tree import Cell, RawRow
from underbalance.registry import (
    ALLIES_FILE,
    CODEBOOK_FILE,
    RAW_FOLDER,
    SOURCES_FILE,
    is_covered,
    read_allies,
    read_codebook,
    read_sources,
)
from underbalance.samples import reference_rows, resolve_reference

PROCESSED_FOLDER = Path("data/processed")
ALLY_YEAR = "ally_year"
ALLY_COLUMNS = ("iso3", "state")


@dataclass(frozen=True)
class Facts:
    """The tables of a project, each read when it is first asked for.

    Parameters
    ----------
    root : the project's folder.
    """

    root: Path = Path()
    _frames: dict[Path, Any] = field(default_factory=dict, repr=False, compare=False)
    _of_ally: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)
    _covered: dict[Any, bool] = field(default_factory=dict, repr=False, compare=False)
    _recipes: dict[str, Recipe] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> pd.DataFrame:
        """Return a facts table: numbers as numbers, text and dates as text, empty where missing.

        Codes 0/1 are numbers; a whole number with missing cells is a float.
        """
        return self._read(RAW_FOLDER / f"{name}.csv")

    def processed(self, name: str) -> pd.DataFrame:
        """Return a table of data/processed, such as ``leader_spells`` or ``outcomes/effort``."""
        return self._read(PROCESSED_FOLDER / f"{name}.csv")

    def of(self, table: str, iso3: str) -> pd.DataFrame:
        """Return the rows of an ally in a facts table."""
        if (table, iso3) not in self._of_ally:
            frame = self.table(table)
            column = next(name for name in ALLY_COLUMNS if name in frame)
            self._of_ally[table, iso3] = frame[frame[column] == iso3]
        rows: pd.DataFrame = self._of_ally[table, iso3]
        return rows

    def first_and_last_year(self) -> tuple[int, int]:
        """Return the years that ally_year begins and ends with."""
        return int(self.ally_year["year"].min()), int(self.ally_year["year"].max())

    @cached_property
    def ally_year(self) -> pd.DataFrame:
        """The coded table, a row per ally and year."""
        path = self.root / PROCESSED_FOLDER / f"{ALLY_YEAR}.parquet"
        demand(path, "it is a result, and results are made by `make`")
        return pd.read_parquet(path)

    @cached_property
    def codebook(self) -> pd.DataFrame:
        """The rows of the codebook that describe ally_year, indexed by name."""
        book = with_codings(read_codebook(self.root / CODEBOOK_FILE), self.codings)
        return book[book["table"] == ALLY_YEAR].set_index("name")

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The registry."""
        return read_sources(self.root / SOURCES_FILE)

    @cached_property
    def allies(self) -> pd.DataFrame:
        """The listed allies."""
        demand(self.root / ALLIES_FILE, "questions are asked in the folder of the project")
        return read_allies(self.root / ALLIES_FILE)

    @cached_property
    def codings(self) -> dict[str, Coding]:
        """The codings of config/codings.yaml."""
        return read_codings(self.root / CODINGS_FILE)

    @cached_property
    def config(self) -> Config:
        """The settings of config/config.yaml."""
        return read_config(self.root / CONFIG_FILE)

    def recipe(self, coding: str) -> Recipe:
        """Return how a coding is made of its components, with the numbers of its reference rows.

        Raises
        ------
        FaultsError : if the results are without the coding or one of its components.
        """
        if coding not in self._recipes:
            self._recipes[coding] = self._read_recipe(coding)
        return self._recipes[coding]

    def reference_values(self, variable: str) -> pd.Series:
        """Return the known values of a variable in the reference sample of config/config.yaml."""
        rows = self.ally_year["in_reference"].astype(bool)
        return self.ally_year.loc[rows, variable].astype("float64").dropna()

    @property
    def quantiles(self) -> tuple[float, ...]:
        """Quantiles of the reference sample above which an index is high, the primary first."""
        return self.config.typology.quantiles

    def has_processed(self, name: str) -> bool:
        """Say whether a table of data/processed was made."""
        return (self.root / PROCESSED_FOLDER / f"{name}.csv").is_file()

    def value(self, variable: str, iso3: str, year: int) -> Cell:
        """Return the coded value of an ally-year, None where it is missing or there is no row."""
        found = self._row_numbers.get((iso3, year))
        return None if found is None else cell(self.ally_year[variable].iloc[found])

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
        return self._cited[table, name]

    def covers(self, table: str, iso3: str, year: int, source: str | None = None) -> bool:
        """Say whether a facts table (or one source of it) covers an ally in a year."""
        asked = (table, iso3, year, source)
        if asked not in self._covered:
            one = pd.DataFrame({"iso3": [iso3], "year": [year]})
            covered = is_covered(self.sources, table, one["iso3"], one["year"], source)
            self._covered[asked] = bool(covered.iloc[0])
        return self._covered[asked]

    def rows(
        self,
        table: str,
        frame: pd.DataFrame,
        key: Sequence[str],
        values: Sequence[str],
        flag: str = "",
    ) -> tuple[RawRow, ...]:
        """Return rows of a facts table as raw rows; a column ``source`` says whose they are.

        Parameters
        ----------
        frame : the rows, of :meth:`table` or :meth:`of`.
        key, values : names of columns.
        flag : the same for all rows.
        """
        return tuple(self._raw(table, row, key, values, flag) for row in frame.to_dict("records"))

    def _read_recipe(self, name: str) -> Recipe:
        coding, table = self.codings[name], self.ally_year
        needed = [name, *(part.variable for part in coding.components)]
        absent = [column for column in needed if column not in table]
        if absent:
            fault = Fault(
                (PROCESSED_FOLDER / f"{ALLY_YEAR}.parquet").as_posix(),
                f"coding {name}",
                "the results must be made with the codings of config/codings.yaml",
                f"no column {', '.join(absent)}",
                "the columns of all codings",
                "run `make`; then ask again",
            )
            raise FaultsError([fault])
        if coding.reference is None:
            return recipe(table, name, coding, table["in_reference"])
        groups = read_groups(self.root / GROUPS_FILE)
        rows = resolve_reference(coding.reference, groups, self.allies)
        return recipe(table, name, coding, reference_rows(table, rows))

    def _raw(
        self,
        table: str,
        row: Mapping[Any, Any],
        key: Sequence[str],
        values: Sequence[str],
        flag: str,
    ) -> RawRow:
        named = str(row.get("source", ""))
        source = self.source(table, named if (table, named) in self._cited else "")
        return RawRow(
            table,
            {name: cell(row[name]) for name in key},
            {name: cell(row[name]) for name in values},
            source,
            flag,
        )

    def _read(self, path: Path) -> pd.DataFrame:
        if path not in self._frames:
            demand(self.root / path, "data/raw comes with the project, the rest is made by `make`")
            self._frames[path] = read_plain(self.root / path)
        frame: pd.DataFrame = self._frames[path]
        return frame

    def _described(self, variable: str, column: str) -> str:
        book = self.codebook
        return str(book.at[variable, column]) if variable in book.index else ""

    @cached_property
    def _row_numbers(self) -> dict[tuple[str, int], int]:
        keys = zip(self.ally_year["iso3"], self.ally_year["year"], strict=True)
        return {(str(iso3), int(year)): number for number, (iso3, year) in enumerate(keys)}

    @cached_property
    def _cited(self) -> dict[tuple[str, str], str]:
        """Author, year and version by table and source, and by table alone for all its sources."""
        cited: dict[tuple[str, str], str] = {}
        for row in self.sources.to_dict("records"):
            text = f"{short_names(row['authors'])} {row['published']}, {row['version']}"
            cited[row["table"], row["source"]] = text
            before = cited.get((row["table"], ""))
            cited[row["table"], ""] = f"{before}; {text}" if before else text
        return cited


def cell(value: object) -> Cell:
    """Return a cell of a frame as plain Python, None where it is missing."""
    if value is None or value is pd.NA or value != value:
        return None
    plain = value.item() if hasattr(value, "item") else value
    assert isinstance(plain, (float, int, str, bool))  # all that the tables hold
    return plain
