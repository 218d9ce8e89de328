"""Cells in which two generations of a table differ."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

CHANGE_COLUMNS = ["table", "iso3", "key", "column", "change", "old", "new"]
KINDS = ("added", "revised", "dropped")
NO_ALLY = "(none)"


def changes(name: str, old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return every cell that was added, revised or dropped.

    Parameters
    ----------
    name : of the table.
    old, new : its two generations, every cell as text; empty is missing.
    key : columns that name a row.

    Returns
    -------
    A frame of :data:`CHANGE_COLUMNS`, sorted. ``key`` joins the key's cells by a space.
    A cell is added when it was empty or its row was not there, dropped when it is so now,
    and revised when both have a value and these differ. ``iso3`` is ``(none)`` for
    tables without allies.
    """
    before, after = _cells(old, key), _cells(new, key)
    both = pd.concat([before.rename("old"), after.rename("new")], axis=1).fillna("")
    both = both[both["old"] != both["new"]].reset_index()
    change = pd.Series("revised", index=both.index).mask(both["old"] == "", "added")
    both = both.assign(table=name, change=change.mask(both["new"] == "", "dropped"))
    return both[CHANGE_COLUMNS].sort_values(CHANGE_COLUMNS, ignore_index=True)


def summarise(found: pd.DataFrame) -> pd.DataFrame:
    """Return the number of cells by table, ally and kind of change.

    Columns: table, iso3, added, revised, dropped.
    """
    counts = found.groupby(["table", "iso3", "change"]).size().unstack("change", fill_value=0)
    return counts.reindex(columns=KINDS, fill_value=0).rename_axis(columns=None).reset_index()


def _cells(table: pd.DataFrame, key: Sequence[str]) -> pd.Series:
    """Return the filled cells outside of the key, by ally, key and column."""
    rest = [column for column in table.columns if column not in key]
    ally = table["iso3"] if "iso3" in table else pd.Series(NO_ALLY, index=table.index)
    named = table.assign(_ally=ally, _key=table[list(key)].agg(" ".join, axis=1))
    # rows that share a key in both generations are told apart by their order
    named["_key"] += named.groupby("_key").cumcount().map(lambda n: f" #{n + 1}" if n else "")
    # that a row is there counts as a cell, for tables in which the key says it all
    named["row"] = "present"
    long = named.melt(["_ally", "_key"], ["row", *rest], var_name="column", value_name="cell")
    long = long[long["cell"] != ""].rename(columns={"_ally": "iso3", "_key": "key"})
    return long.set_index(["iso3", "key", "column"])["cell"]
