"""Names of macros: LaTeX allows letters only."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
SAID: Final = {"1000": "Thousand"}


def macro(*parts: str) -> str:
    """Return a camelCase name of letters only: ``h2, holm_p`` → ``hTwoHolmP``."""
    words = [word for part in parts for word in re.findall(r"[A-Za-z]+|[0-9]+", part)]
    capital = "".join(_word(word) for word in words)
    return capital[:1].lower() + capital[1:]


def _word(word: str) -> str:
    if word.isdigit():
        return SAID.get(word) or "".join(DIGITS[int(digit)] for digit in word)
    # ISO codes and abbreviations become words, camelCase parts stay as they are
    return word[:1].upper() + (word[1:].lower() if word.isupper() else word[1:])
