"""Faults in what a user supplies: config, ally list, registry, models, data tables.

Faults are collected, so that a user sees every fault of a file in one message and
mends them in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN_PER_FILE = 25


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, said so that it can be mended.

    Parameters
    ----------
    file : path of the file as the user knows it.
    where : row, key or column, e.g. ``"row 12 (JPN 1998)"``.
    rule : what must hold.
    value : what was found.
    allowed : what would be accepted.
    mend : what to do about it.
    """

    file: str
    where: str
    rule: str
    value: str
    allowed: str
    mend: str

    def __str__(self) -> str:
        return (
            f"  {self.where}: {self.rule}\n"
            f"    found:   {self.value}\n"
            f"    allowed: {self.allowed}\n"
            f"    mend:    {self.mend}"
        )


class FaultsError(Exception):
    """Every fault found, grouped by file in the message."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(format_faults(self.faults))


class EstimationError(Exception):
    """A model that the data cannot carry, with the reason in words."""


class LatexError(Exception):
    """LaTeX is not complete, or cannot set a document; the message says what to do."""


def raise_if_any(faults: Sequence[Fault]) -> None:
    """Raise :class:`FaultsError` when there is at least one fault."""
    if faults:
        raise FaultsError(faults)


def format_faults(faults: Sequence[Fault]) -> str:
    """Return all faults as text, one block per file."""
    files = list(dict.fromkeys(fault.file for fault in faults))
    blocks = [_format_file(file, [f for f in faults if f.file == file]) for file in files]
    count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
    return f"{count} in the input:\n\n" + "\n\n".join(blocks)


def _format_file(file: str, faults: Sequence[Fault]) -> str:
    shown = [str(fault) for fault in faults[:SHOWN_PER_FILE]]
    more = len(faults) - len(shown)
    if more:
        shown.append(f"  … and {more} more faults in this file")
    return "\n".join([file, *shown])
