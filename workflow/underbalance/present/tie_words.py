"""Ties of an ally to the USA in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from underbalance.clean.ally_years import DEFENCE_COMMITMENTS
from underbalance.extensions import raw_files
from underbalance.registry import read_commented

COMMITMENTS: Final = {
    "NATO": "NATO",
    "ANZUS": "ANZUS",
    "bilateral_defence_treaty": "defence treaty",
    "collective_defence_pledge": "collective defence pledge",
    "MNNA": "major non-NATO ally",
    "MNNA_equivalent": "treated as major non-NATO ally",
}


@dataclass(frozen=True)
class Counting:
    """What makes years count, in words.

    Parameters
    ----------
    name : ``commitment``, or what counts in its place.
    full : the same with its kind, ``defence commitment``.
    """

    name: str
    full: str

    @property
    def of_usa(self) -> str:
        """The short name with whose it is: ``commitment of the USA``."""
        return _of_usa(self.name)

    @property
    def full_of_usa(self) -> str:
        """The full name with whose it is: ``defence commitment of the USA``."""
        return _of_usa(self.full)


COMMITMENT: Final = Counting("commitment", "defence commitment")
# in runs with extensions: of all allies together
ANY_TIE: Final = Counting("commitment or other tie", "defence commitment or other tie")
# ties that are no commitment to defend
OTHERS: Final = {
    "MNNA": "designation as major non-NATO ally",
    "MNNA_equivalent": "treatment as major non-NATO ally",
    "partner": "partnership",
}


def counting_of_ally(
    rows: Collection[Mapping[Any, Any]], ties: Collection[tuple[str, str, str]], iso3: str
) -> Counting:
    """Return what makes the years of an ally count: commitments, and the ties of its extension.

    Parameters
    ----------
    rows : of the ally in the facts table ``alliance``, those of extensions in force too.
    ties : ally, commitment and start of the ties of extensions in force.
    """
    own = {kind for code, kind, _ in ties if code == iso3} - {*DEFENCE_COMMITMENTS}
    if not own:
        return COMMITMENT
    others = " or ".join(OTHERS[kind] for kind in sorted(own))
    if not any(row["commitment"] in DEFENCE_COMMITMENTS for row in rows):
        return Counting(others, others)
    return Counting(f"{COMMITMENT.name} or {others}", f"{COMMITMENT.full} or {others}")


def counting_of_run() -> Counting:
    """Return what makes years count in a run, of all allies together."""
    own = [read_commented(path)["commitment"] for path in raw_files("alliance")[1:]]
    kinds = set(pd.concat(own)) if own else set()
    return ANY_TIE if kinds - {*DEFENCE_COMMITMENTS} else COMMITMENT


def tie_words(row: Mapping[Any, Any]) -> str:
    """Return a tie with its years: ``NATO since 1999``.

    Parameters
    ----------
    row : of the facts table ``alliance``: commitment, start and end.
    """
    tie = COMMITMENTS.get(row["commitment"], row["commitment"])
    start, end = str(row["start"])[:4], str(row["end"] or "")[:4]
    return f"{tie} {start} to {end}" if end else f"{tie} since {start}"


def _of_usa(name: str) -> str:
    return f"{name} {'with' if name.endswith(OTHERS['partner']) else 'of'} the USA"
