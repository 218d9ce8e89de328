"""Tables and pages that say which extensions are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from underbalance.extensions import folder, in_force
from underbalance.present.extension_use import extension_uses
from underbalance.present.table import AnyTable, WideTable
from underbalance.present.tie_words import tie_words
from underbalance.registry import read_allies, read_commented


def of_extensions(table: AnyTable) -> AnyTable:
    """Return the table with a note on each extension in force; without any, as it is."""
    return replace(table, notes=(*table.notes, *extension_notes()))


def with_uses(table: AnyTable) -> AnyTable:
    """Return a table of model results that says which rows of added allies the models use.

    A wide table says so before its rows, another below them.
    """
    said = tuple(use.text for use in extension_uses().values())
    if isinstance(table, WideTable):
        return replace(table, lead=(*table.lead, *said))
    return replace(table, notes=(*table.notes, *said))


def extension_sentences() -> tuple[str, ...]:
    """Return for each extension in force its note, and which of its rows the models use."""
    uses = (use.text for use in extension_uses().values())
    return tuple(f"{note} {use}" for note, use in zip(extension_notes(), uses, strict=True))


def extension_notes() -> tuple[str, ...]:
    """Return a sentence on each extension in force, empty without any.

    Such as ``With Egypt (major non-NATO ally since 1987), from data/raw/extensions/EGY.``
    """
    if not in_force():
        return ()
    allies = read_allies()
    names = dict(zip(allies["iso3"], allies["name"], strict=True))
    return tuple(extension_note(iso3, names[iso3], _ties(iso3)) for iso3 in in_force())


def extension_note(iso3: str, name: str, ties: Sequence[Mapping[Any, Any]]) -> str:
    """Return the sentence on an extension.

    Parameters
    ----------
    name : of the ally.
    ties : the rows of its table ``alliance``: commitment, start and end.
    """
    rows = sorted(ties, key=lambda row: (str(row["start"]), str(row["commitment"])))
    told = "; ".join(tie_words(row) for row in rows)
    return f"With {name} ({told}), from {folder(iso3).as_posix()}."


def _ties(iso3: str) -> list[dict[Any, Any]]:
    return read_commented(folder(iso3) / "alliance.csv").to_dict("records")
