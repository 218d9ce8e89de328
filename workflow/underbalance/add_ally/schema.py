"""The schema of a facts table for the rows of an ally that need not be listed yet."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from underbalance.schemas.facts import FACTS

# columns that name the ally a row is of, by order of preference
ALLY_COLUMNS: Final = ("iso3", "state")


def schema_of(table: str, iso3: str) -> pa.DataFrameSchema:
    """Return the schema of a facts table, held to rows of one ally."""
    schema = FACTS[table]()
    column = ally_column(table)
    if not column:
        return schema
    only = pa.Check.isin([iso3], error=f"must be the ally that is added|{iso3}|correct the code")
    return schema.update_column(column, checks=only)


def ally_column(table: str) -> str:
    """Return the column of a facts table that names the ally, empty when none does."""
    columns = FACTS[table]().columns
    return next((name for name in ALLY_COLUMNS if name in columns), "")
