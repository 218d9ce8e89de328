"""Names that Stata takes for variables (Stata: help varname).

Others would be renamed when ally_year.dta is written.
"""

from __future__ import annotations

import re
from typing import Final

from pandas.io.stata import StataParser

LONGEST_NAME: Final = 32
STRING_TYPE: Final = re.compile(r"str\d+|strl", re.IGNORECASE)
# an attribute of pandas that its types do not declare
RESERVED: Final[frozenset[str]] = frozenset(StataParser().RESERVED_WORDS)  # type: ignore[attr-defined]


def is_word_of_stata(name: str) -> bool:
    """Say whether a name is a word of Stata's own language, which no variable may have."""
    return name in RESERVED or STRING_TYPE.fullmatch(name) is not None


def words_of_stata() -> str:
    """Return the words that a name of the project could be: those in lower-case letters."""
    return ", ".join([*sorted(word for word in RESERVED if re.fullmatch("[a-z]+", word)), "str1"])
