"""Ties of an ally to the USA in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

COMMITMENTS: Final = {
    "NATO": "NATO",
    "ANZUS": "ANZUS",
    "bilateral_defence_treaty": "defence treaty",
    "collective_defence_pledge": "collective defence pledge",
    "MNNA": "major non-NATO ally",
    "MNNA_equivalent": "treated as major non-NATO ally",
}


def tie_words(row: Mapping[Any, Any]) -> str:
    """Return a tie with its years: ``NATO since 1999``.

    Parameters
    ----------
    row : of the facts table ``alliance``: commitment, start and end.
    """
    tie = COMMITMENTS.get(row["commitment"], row["commitment"])
    start, end = str(row["start"])[:4], str(row["end"] or "")[:4]
    return f"{tie} {start} to {end}" if end else f"{tie} since {start}"
