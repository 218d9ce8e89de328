"""What the shipped tables have of an ally already, and what there is beside them."""

from __future__ import annotations

from collections.abc import Collection
from io import StringIO

import pandas as pd

from underbalance.contradictions import Contradiction, contradictions
from underbalance.refresh import read_text
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import FOLLOWS, OF_RIVALS_TOO, ally_column
from underbalance.tables import INTEGER


def shipped_rows(table: str, iso3: str, rivals: Collection[str] = ()) -> pd.DataFrame:
    """Return the rows of an ally in a shipped table, every cell as text.

    Parameters
    ----------
    rivals : states whose rows are returned as well.
    """
    rows = read_text(RAW_FOLDER / f"{table}.csv")
    if table in FOLLOWS:
        leader, number = FOLLOWS[table]
        rows = rows[rows[number].isin(shipped_rows(leader, iso3)[number])]
    elif column := ally_column(table):
        rows = rows[rows[column].isin([iso3, *rivals])]
    return rows.reset_index(drop=True)


def beside_shipped(
    table: str, rows: pd.DataFrame, iso3: str
) -> tuple[pd.DataFrame, list[Contradiction]]:
    """Return the rows whose key the shipped table does not have, and where others contradict it.

    Rows that the shipped table has just so are in neither.
    """
    rivals = set(rows[ally_column(table)]) if table in OF_RIVALS_TOO else ()
    shipped = shipped_rows(table, iso3, rivals)
    key = list(FACTS[table]().unique or [])
    text = as_text(rows)
    known = pd.MultiIndex.from_frame(text[key]).isin(pd.MultiIndex.from_frame(shipped[key]))
    found = contradictions(text[list(shipped.columns)], shipped, key)
    return rows[~known].reset_index(drop=True), found


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every cell as its file has it."""
    logical = [c for c in rows.columns if pd.api.types.is_bool_dtype(rows[c].dtype)]
    whole = rows.assign(**{c: rows[c].astype(INTEGER) for c in logical})
    return pd.read_csv(
        StringIO(whole.to_csv(index=False, lineterminator="\n")), dtype="str", keep_default_na=False
    )
