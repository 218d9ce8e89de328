"""From the names of states that a source uses to the iso3 codes of the listed allies."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

FOOTNOTES = re.compile(r"\([a-z]\)|[*¹²³⁴⁵⁶⁷⁸⁹]")


def iso3_by_name(allies: pd.DataFrame, spellings: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each listed ally by every name that a source has for it.

    Parameters
    ----------
    allies : the listed allies (:func:`underbalance.registry.read_allies`).
    spellings : the source's names that differ → names of config/allies.csv; those of
        states that are not listed have no entry in the result.
    """
    iso3_of = dict(zip(allies["name"], allies["iso3"], strict=True))
    return iso3_of | {
        theirs: iso3_of[ours] for theirs, ours in spellings.items() if ours in iso3_of
    }


def iso3_by_label(allies: pd.DataFrame, spellings: Mapping[str, str]) -> dict[str, str]:
    """Return the same by labels of tables made for print (:func:`plain_label`)."""
    return {plain_label(name): iso3 for name, iso3 in iso3_by_name(allies, spellings).items()}


def plain_label(cell: object) -> str:
    """Return a label in small letters, without footnote marks and outer blanks."""
    return " ".join(FOOTNOTES.sub("", str(cell)).split()).casefold()
