"""Typed definitions of a user's own variables and outcomes.

Both lists may be absent or hold comments only: then the project is as it was shipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from underbalance.config import Year
from underbalance.strict import NAME, Strict, parse_named, wrong, years_in_order
from underbalance.yaml_files import read_yaml

VARIABLES_FILE = Path("config/variables.yaml")
OUTCOMES_FILE = Path("config/outcomes.yaml")
VARIABLES_FOLDER = Path("data/raw/extensions/variables")
OUTCOMES_FOLDER = Path("data/raw/extensions/outcomes")

# the columns of every table of cases, and those that its rows at risk have besides
CASE, START, END = "case", "start", "end"
DURATION, ENDED, CLOCK, COHORT = "years_to_end", "ended", "years_since_start", "cohort"
RESERVED = (
    *("iso3", "year", "is_ally", CASE, START, END, DURATION, ENDED, CLOCK, COHORT),
    *("spell", "stop", "entry", "period"),
)

Words = Annotated[str, Field(min_length=1)]
Published = Annotated[str, BeforeValidator(lambda year: str(year) if type(year) is int else year)]


class Source(Strict):
    """Where a table comes from, as references and notes name it."""

    # as in config/sources.csv: `Last, First and Last, First`, or one office
    authors: Words
    title: Words
    published: Published
    publisher: str = ""
    version: Words = "no version stated"
    upstream: Words = "not stated"
    licence: Words = "not stated"


class Column(Strict):
    """One column of a table."""

    label: Words
    unit: Words
    type: Literal["number", "yes_no", "text"] = "number"
    construct_: str = Field(default="", alias="construct")
    note: str = ""
    # lowest and highest possible value
    low: float | None = None
    high: float | None = None
    # where other than those of the table
    first_year: Year | None = None
    last_year: Year | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Column:
        if self.type != "number" and (self.low is not None or self.high is not None):
            raise ValueError("low and high belong to numbers only")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low must be below high")
        return self


class OwnTable(Strict):
    """A table of the user: where it comes from, which years and allies it covers, its columns."""

    source: Source
    first_year: Year
    last_year: Year
    allies_outside: tuple[Annotated[str, Field(pattern="^[A-Z]{3}$")], ...] = ()
    columns: dict[str, Column] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_order(self) -> OwnTable:
        return years_in_order(self, self.first_year, self.last_year)


class OwnVariables(OwnTable):
    """An entry of config/variables.yaml: a yearly table whose columns go into ally_year."""

    columns: dict[str, Column] = Field(min_length=1)

    @model_validator(mode="after")
    def _numbers(self) -> OwnVariables:
        _named_well(self.columns)
        _within_table(self, self.columns)
        for name, column in self.columns.items():
            if column.type == "text":
                raise wrong(
                    "a yearly variable must be a number or a yes/no",
                    found="text",
                    allowed="number, yes_no",
                    mend="code the text as numbers, or leave the column out of the table",
                    key=f"columns.{name}.type",
                )
        return self


class OwnOutcome(OwnTable):
    """An entry of config/outcomes.yaml: a measure by ally-year, or cases from start to end."""

    kind: Literal["ally_year", "duration"]
    label: Words
    concept: Literal["slow", "inconsistent", "failing"]
    # of the kind ally_year: which of the columns is modelled
    measure: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> OwnOutcome:
        _named_well(self.columns)
        _within_table(self, self.columns)
        usable = [name for name, column in self.columns.items() if column.type != "text"]
        if self.kind == "duration" and self.measure:
            raise wrong(
                "a duration is measured in years from start to end",
                found=self.measure,
                allowed="no measure",
                mend="take the key out",
                key="measure",
            )
        if self.kind == "ally_year" and self.measure not in usable:
            raise wrong(
                "the measure must be a number or a yes/no among the columns",
                found=self.measure or "nothing",
                allowed=", ".join(usable) or "a column of its own",
                mend="name the column that models explain",
                key="measure",
            )
        return self


Table = TypeVar("Table", bound=OwnTable)


@dataclass(frozen=True)
class Own:
    """A user's own tables by name."""

    variables: Mapping[str, OwnVariables] = field(default_factory=dict)
    outcomes: Mapping[str, OwnOutcome] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, OwnTable]:
        """All of them."""
        return {**self.variables, **self.outcomes}

    def columns(self) -> dict[str, Column]:
        """Return the columns that ally_year has besides the shipped ones."""
        tables = [table.columns for table in self.variables.values()]
        return {name: column for columns in tables for name, column in columns.items()}

    def file(self, name: str) -> Path:
        """Return the path of a table."""
        folder = VARIABLES_FOLDER if name in self.variables else OUTCOMES_FOLDER
        return folder / f"{name}.csv"


def read_own(root: Path = Path()) -> Own:
    """Read config/variables.yaml and config/outcomes.yaml of a project's folder.

    Raises
    ------
    FaultsError : every fault of the first of the two that has any.
    """
    variables = _read(root / VARIABLES_FILE, OwnVariables)
    return Own(variables, _read(root / OUTCOMES_FILE, OwnOutcome))


def lists_in_use(root: Path = Path()) -> list[Path]:
    """Return those of the two lists that have an entry."""
    own = read_own(root)
    used = {VARIABLES_FILE: own.variables, OUTCOMES_FILE: own.outcomes}
    return [path for path, entries in used.items() if entries]


def _read(path: Path, model: type[Table]) -> dict[str, Table]:
    if not path.is_file():
        return {}
    state = path.stat()
    # asked for with every schema: parsed once, and again when the file was changed
    return _parsed(path.absolute(), state.st_mtime_ns, state.st_size, str(path), model)


@cache
def _parsed(
    path: Path, changed: int, size: int, shown_as: str, model: type[Table]
) -> dict[str, Table]:
    content: dict[str, Any] = read_yaml(path, may_be_empty=True)
    return parse_named(content, model, shown_as)


def _named_well(columns: Mapping[str, Column]) -> None:
    for name in columns:
        if not NAME.fullmatch(name):
            raise wrong(
                "a name must be fit for files, columns and labels",
                found=repr(name),
                allowed="lower-case letters, digits and _, beginning with a letter",
                mend="choose such a name; the label can be any text",
                key=f"columns.{name}",
            )


def _within_table(table: OwnTable, columns: Mapping[str, Column]) -> None:
    """Refuse columns that are known in years that their table does not cover."""
    for name, column in columns.items():
        first, last = years_of(table, column)
        if not table.first_year <= first <= last <= table.last_year:
            raise wrong(
                "the years of a column must lie within those of its table",
                found=f"{first} to {last}",
                allowed=f"years from {table.first_year} to {table.last_year}, in order",
                mend="correct the years of the column or of the table",
                key=f"columns.{name}",
            )


def years_of(table: OwnTable, column: Column) -> tuple[int, int]:
    """Return the first and the last year in which a column can be known."""
    return column.first_year or table.first_year, column.last_year or table.last_year
