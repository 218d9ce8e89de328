"""The schema of a facts table for the rows of an ally that need not be listed yet."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import ally_column


def schema_of(table: str, iso3: str) -> pa.DataFrameSchema:
    """Return the schema of a facts table, held to rows of one ally."""
    schema = FACTS[table]()
    column = ally_column(table)
    if not column:
        return schema
    only = pa.Check.isin([iso3], error=f"must be the ally that is added|{iso3}|correct the code")
    return schema.update_column(column, checks=only)
