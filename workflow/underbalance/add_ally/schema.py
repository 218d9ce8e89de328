"""The schema of a facts table for the rows of an ally that need not be listed yet."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.add_ally.rivals import Rivals
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import OF_RIVALS_TOO, ally_column

# columns of states that the ally faces
FACED = ("opponent", "rival")


def schema_of(table: str, iso3: str, rivals: Rivals | None = None) -> pa.DataFrameSchema:
    """Return the schema of a facts table, held to rows of one ally.

    Parameters
    ----------
    rivals : the states that may stand beside it, which need not be listed yet either; default:
        those that are listed, and none for which the table has rows of its own.
    """
    schema = FACTS[table]()
    column = ally_column(table)
    if not column:
        return schema
    allowed, rule = [iso3], "must be the ally that is added"
    if rivals and table in OF_RIVALS_TOO:
        allowed, rule = [iso3, *sorted(rivals.named)], f"{rule}, or a rival of it"
    schema = schema.update_column(column, checks=_one_of(allowed, rule, "correct the code"))
    for faced in FACED if rivals else ():
        if rivals and faced in schema.columns:
            mend = f"correct the code, or add the state to rivals.csv of {iso3}"
            check = _one_of(rivals.known, "must be a listed ally or rival", mend)
            schema = schema.update_column(faced, checks=check)
    return schema


def _one_of(codes: list[str], rule: str, mend: str) -> pa.Check:
    return pa.Check.isin(codes, error=f"{rule}|{', '.join(codes)}|{mend}")
