"""Telling whether two sources mean the same person by differently written names."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from itertools import product

# ASSUME: within one ally and at nearly the same dates, name parts this alike are one person
# (1 = identical). Over the leaders that WhoGov and Archigos date alike, one person scores
# 0.82 or more and two persons 0.72 or less.
ALIKE = 0.8
# shorter parts are alike by chance (Korean In and Yoon), and must be the same
LONG_ENOUGH = 4

# Spellings that romanisations of Thai, Korean, Greek and the Nordic letters exchange.
SOUNDS = (
    ("ph", "p"),
    ("th", "t"),
    ("kh", "k"),
    ("sh", "s"),
    ("g", "k"),
    ("x", "ks"),
    ("c", "k"),
    ("kk", "k"),
    ("w", "v"),
    ("j", "kh"),
    ("oe", "o"),
    ("ae", "a"),
    ("oo", "u"),
    ("ee", "i"),
    ("y", "i"),
)


@cache
def same_person(one: str, other: str) -> bool:
    """Say whether two names may be spellings of one person's name.

    The best match between any run of name parts of one and of the other decides
    (``Chunhawan`` and ``Choonhavan``, ``Massimo Dalema`` and ``D'Alema``), so relatives
    and namesakes pass as well: compare only spells that the dates already bring together.
    """
    return any(_alike(a, b) for a, b in product(_runs(one), _runs(other)))


@cache
def same_whole_name(one: str, other: str) -> bool:
    """Say whether all of one name is found in the other (``Peres``, ``Shimon Peres``).

    Stricter than :func:`same_person`: a shared first name is not enough.
    """
    return any(
        _alike(_runs(a)[-1], run) for a, b in ((one, other), (other, one)) for run in _runs(b)
    )


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LONG_ENOUGH:
        return one == other
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


@cache
def _runs(name: str) -> tuple[str, ...]:
    """Return every run of adjoining name parts, joined and reduced to its sounds.

    The last one is the whole name.
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    parts = [part for part in re.split(r"[^a-z]+", plain.replace("'", "")) if len(part) > 1]
    parts = parts or [name.lower()]
    starts = range(len(parts) - 1, -1, -1)
    return tuple(_sounds("".join(parts[i:j])) for i in starts for j in range(i + 1, len(parts) + 1))


def _sounds(letters: str) -> str:
    for written, spoken in SOUNDS:
        letters = letters.replace(written, spoken)
    return re.sub(r"(.)\1", r"\1", letters)
