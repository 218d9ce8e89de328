"""Which rows of a user's file are of the ally: by its code, its name, its number, or as said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.errors import Fault

SHOWN: Final = 8
WORD: Final = re.compile(r"\w{3,}")


def codes_of(cells: pd.Series, codes: Mapping[str, str]) -> pd.Series:
    """Return the code that each cell stands for, whatever its capitals, accents and blanks.

    Parameters
    ----------
    codes : by what a file may call a state; cells that are none of it are missing.
    """
    known = {plain(called): code for called, code in codes.items()}
    return cells.map(lambda cell: known.get(plain(cell), pd.NA))


def plain(text: str) -> str:
    """Return a name in small letters, without accents and superfluous blanks."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def nearest_names(names: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return names of a file, those first that are likeliest another name of the ally.

    A word that both have says more than letters: *Korea, Rep.* and *South Korea*.
    """
    ours = [plain(name) for name in names]

    def likeness(other: str) -> tuple[bool, float]:
        theirs = plain(other)
        words = {*WORD.findall(theirs)}
        shared = any(words.intersection(WORD.findall(name)) for name in ours)
        return shared, max(SequenceMatcher(None, name, theirs).ratio() for name in ours)

    return sorted(others, key=lambda other: (*(-part for part in likeness(other)), other))


def absent_fault(path: Path, column: str, names: Collection[str], others: list[str]) -> Fault:
    """Return the fault of a file without a row of the ally, with its names that are nearest."""
    near = nearest_names(names, others)
    more = f", … ({len(near) - SHOWN} more)" if len(near) > SHOWN else ""
    say = f'--called "{near[0]}", if that is the ally; else' if near else ""
    return Fault(
        str(path),
        f"column {column}",
        "the file must have rows of the ally",
        ", ".join(near[:SHOWN]) + more or "no row",
        f"{' or '.join(names)}, or what --called says",
        f"{say} --called NAME, as the file calls the ally, or --column {column}=…, "
        "the column that names the state".strip(),
    )


def called_faults(path: Path, cells: pd.Series, called: Iterable[str]) -> list[Fault]:
    """Return a fault for each name that the user says the file has, and that it does not have."""
    there = set(cells.map(plain))
    absent = [name for name in called if plain(name) not in there]
    others = sorted(set(cells))
    return [
        Fault(
            str(path),
            f"--called {name}",
            "the file must have rows of this name",
            ", ".join(nearest_names([name], others)[:SHOWN]) or "no row",
            "a name as the file writes it",
            "correct the name",
        )
        for name in absent
    ]
