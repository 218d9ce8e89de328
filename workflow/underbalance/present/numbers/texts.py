"""How numbers are printed: one rule for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from underbalance.present.formats.tex_text import SIGNS
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import Value, Wanted
from underbalance.present.wording import decimal, equals_p, p_text, whole

SMALL: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# good in mathematics too
TEX: Final = {sign: re.sub(r"^\$(.*)\$$", r"\\ensuremath{\1}", tex) for sign, tex in SIGNS.items()}


def text_of(value: Value, wanted: Wanted, allies: Mapping[str, str]) -> str:
    """Return a number as it is printed, with a true minus sign.

    Parameters
    ----------
    allies : their names by iso3 code.
    """
    if value is None:
        return wanted.missing
    return allies[str(value)] if wanted.kind == "ally" else KINDS[wanted.kind](value)


def tex_of(text: str) -> str:
    """Return a text for LaTeX, in prose or in mathematics."""
    if text.startswith("p "):
        return rf"\ensuremath{{{text}}}"
    return "".join(TEX.get(letter, letter) for letter in text)


def _places(places: int) -> Callable[[Any], str]:
    return partial(decimal, places=places)


def _count_word(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else whole(number)


KINDS: Final[dict[str, Callable[[Any], str]]] = {
    "coefficient": _places(3),
    "ratio": _places(2),
    "percent": _places(1),
    "duration": _places(2),
    "effect": _places(2),
    "index": _places(2),
    "allies": _places(1),
    "p": p_text,
    "p with its name": equals_p,
    "count": whole,
    "count in words": _count_word,
    "year": str,
    "level": lambda number: f"{number:g}",
    "share": lambda share: f"{100 * share:g}",
    "median": lambda median: decimal(median, 2).rstrip("0").rstrip("."),
    "word": str,
    "macro name": lambda name: macro(str(name)),
    "spaced word": lambda word: str(word).replace("_", " "),
}
