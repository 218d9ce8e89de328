"""Rows of two tables that have the same key, but differ in other cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from underbalance.errors import Fault


@dataclass(frozen=True)
class Contradiction:
    """The first cell in which two rows of one key differ.

    Parameters
    ----------
    where : the key, in words.
    column : of the cell.
    found, other : what the one table has, and the other.
    """

    where: str
    column: str
    found: str
    other: str


def contradictions(
    rows: pd.DataFrame, others: pd.DataFrame, key: Sequence[str]
) -> list[Contradiction]:
    """Return the rows that another table contradicts; the same row does no harm.

    Parameters
    ----------
    rows, others : with the same columns, each key once.
    key : columns that tell rows apart.
    """
    both = rows.merge(
        others, on=list(key), how="inner", suffixes=("", "_other"), validate="one_to_one"
    )
    values = [column for column in rows if column not in key]
    found = []
    for row in both.to_dict("records"):
        differing = [c for c in values if not _same(row[c], row[f"{c}_other"])]
        if differing:
            cells = row[differing[0]], row[f"{differing[0]}_other"]
            where = " ".join(str(row[name]) for name in key)
            found.append(Contradiction(where, str(differing[0]), *map(str, cells)))
    return found


def contradiction_faults(
    found: Iterable[Contradiction], file: str, other: str, mend: str
) -> list[Fault]:
    """Return a fault for each contradiction.

    Parameters
    ----------
    file : of the rows.
    other : the table that contradicts them, in words.
    mend : what to do.
    """
    return [
        Fault(
            file,
            f"row {one.where}",
            f"a row must not contradict {other}",
            f"{one.column} {one.found}",
            f"{one.other}, as there",
            mend,
        )
        for one in found
    ]


def _same(one: object, other: object) -> bool:
    if pd.isna(one) or pd.isna(other):  # type: ignore[call-overload]
        return bool(pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]
    return bool(one == other)
