"""What there is to say about a table: title, file, key and columns.

Nothing is typed here for a single table: the title is the first paragraph of the schema's
docstring, key and columns are the schema's, and what a column means is in the codebook.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import pandera.pandas as pa

from underbalance.coding.describe import with_codings
from underbalance.config import Coding
from underbalance.errors import Fault, raise_if_any
from underbalance.own.definitions import Own
from underbalance.places import in_run
from underbalance.registry import CODEBOOK_FILE, RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.listed import all_processed
from underbalance.schemas.processed import ally_year

RAW = "raw."
OUTCOME = "outcome."
# a step on the way, whose columns are all in ally_year
UNDESCRIBED = ("country_years",)


@dataclass(frozen=True)
class Described:
    """One table.

    Parameters
    ----------
    name : as the codebook calls it: ``raw.milex``, ``outcome.effort``, ``ally_year``.
    file : the path from the project's folder.
    title : what the table holds, in words.
    schema : columns, types, rules and key.
    variables : one row of the codebook per column, in the order of the columns.
    """

    name: str
    file: str
    title: str
    schema: pa.DataFrameSchema
    variables: pd.DataFrame

    @property
    def key(self) -> list[str]:
        """The columns that tell rows apart."""
        return list(self.schema.unique or [])


def facts_tables(codebook: pd.DataFrame) -> dict[str, Described]:
    """Return the facts tables by their names in the registry.

    Raises
    ------
    FaultsError : for every column that the codebook does not describe.
    """
    files = {name: f"{RAW_FOLDER.as_posix()}/{name}.csv" for name in FACTS}
    made = {name: (RAW + name, files[name], schema) for name, schema in FACTS.items()}
    return _described(made, codebook)


def processed_tables(codebook: pd.DataFrame, codings: Mapping[str, Coding]) -> dict[str, Described]:
    """Return ally_year, the other processed tables and the outcome tables by name.

    Raises
    ------
    FaultsError : for every column that the codebook does not describe.
    """
    schemas = {name: schema for name, schema in all_processed().items() if name not in UNDESCRIBED}
    schemas = {"ally_year": partial(ally_year, codings), **schemas}
    codebook = with_codings(codebook, codings)
    made = {name: (name, processed_file(name), schema) for name, schema in schemas.items()}
    return _described(made, codebook)


def without_own(tables: Mapping[str, Described], own: Own) -> dict[str, Described]:
    """Return tables without a user's own outcomes, and without the own columns of ally_year."""
    columns = list(own.columns())
    outcomes = {f"{OUTCOME}{name}" for name in own.outcomes}
    return {
        name: _without(table, [c for c in columns if c in table.schema.columns])
        for name, table in tables.items()
        if name not in outcomes
    }


def _without(table: Described, columns: list[str]) -> Described:
    rows = table.variables[~table.variables["name"].isin(columns)]
    return replace(table, schema=table.schema.remove_columns(columns), variables=rows)


def processed_file(name: str) -> str:
    """Return the path of a processed table."""
    if name.startswith(OUTCOME):
        return in_run(f"data/processed/outcomes/{name.removeprefix(OUTCOME)}.csv")
    return in_run(f"data/processed/{name}.csv")


def title_of(schema: Callable[..., pa.DataFrameSchema]) -> str:
    """Return the first paragraph of a schema's docstring as a title, without a full stop."""
    documented = schema.func if isinstance(schema, partial) else schema
    paragraph = " ".join((inspect.getdoc(documented) or "").partition("\n\n")[0].split())
    words = paragraph.removeprefix("Return the schema of ").removesuffix(".")
    return words[:1].upper() + words[1:]


def _described(
    made: Mapping[str, tuple[str, str, Callable[[], pa.DataFrameSchema]]], codebook: pd.DataFrame
) -> dict[str, Described]:
    schemas = {key: make() for key, (_, _, make) in made.items()}
    raise_if_any(
        [
            _undescribed(made[key][0], column)
            for key, schema in schemas.items()
            for column in schema.columns
            if column not in set(codebook.loc[codebook["table"] == made[key][0], "name"])
        ]
    )
    return {
        key: Described(
            name, file, title_of(make), schemas[key], _variables(name, schemas[key], codebook)
        )
        for key, (name, file, make) in made.items()
    }


def _variables(name: str, schema: pa.DataFrameSchema, codebook: pd.DataFrame) -> pd.DataFrame:
    rows = codebook[codebook["table"] == name].set_index("name", drop=False)
    return rows.loc[list(schema.columns)]


def _undescribed(table: str, column: str) -> Fault:
    return Fault(
        CODEBOOK_FILE.as_posix(),
        f"table {table}, variable {column}",
        "every column must be described",
        "no row",
        "one row with table, name, label and unit",
        f"add a line that begins with {table},{column},",
    )
