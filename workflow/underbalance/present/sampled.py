"""Tables that say of which sample they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from underbalance.present.table import AnyTable, Table

# tables that are of all listed allies or of the reference sample, whichever run they are made in
OF_ALL: Final = ("measurement", "reliability", "sources")
NOTHING: Final = "nothing in this sample"


def of_sample(table: AnyTable, label: str) -> AnyTable:
    """Return the table with the sample among its notes, unless it is named there.

    A table without rows has one that says so.

    Parameters
    ----------
    label : of the sample (:class:`underbalance.samples.Sample`).
    """
    if isinstance(table, Table) and not table.body:
        table = replace(table, body=((NOTHING,),))
    if table.name in OF_ALL or any(label in note for note in table.notes):
        return table
    return replace(table, notes=(*table.notes, f"Sample: {label}."))
