"""From the names of states in tables made for print to the codes of the listed allies."""

from __future__ import annotations

import re

import pandas as pd

# as the tables of NATO and of the European Defence Agency spell them, in small letters
SPELLINGS = {
    "czech republic": "CZE",
    "slovak republic": "SVK",
    "the netherlands": "NLD",
    "türkiye": "TUR",
}
FOOTNOTES = re.compile(r"\([a-z]\)|[*¹²³⁴⁵⁶⁷⁸⁹]")


def codes_by_label(allies: pd.DataFrame) -> dict[str, str]:
    """Return the code of each listed ally by every name it goes by, in small letters."""
    names = dict(zip(allies["name"].str.casefold(), allies["iso3"], strict=True))
    listed = set(allies["iso3"])
    return names | {name: iso3 for name, iso3 in SPELLINGS.items() if iso3 in listed}


def plain_label(cell: object) -> str:
    """Return a label in small letters, without footnote marks and outer blanks."""
    return " ".join(FOOTNOTES.sub("", str(cell)).split()).casefold()
