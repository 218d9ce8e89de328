"""Finding the deals of one SIPRI table again in another: by rules, one to one, never guessed.

SIPRI's rows have no number that lasts: the row of the register changes with every vintage,
and the deal id is in some releases only. A rule pairs two rows when they agree on all its
columns and no third row does; the rules are tried in turn, the strictest first, on the
rows left over. Where ids are known on both sides, the rules find the same pairs
(tests/sources/test_sipri_deal_matching.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# ASSUME: an order of the same goods this many calendar years away may be the same deal;
# of the deals known by their id in two vintages nearly all moved by less
YEARS_APART = 5
ROWS = ["row", "next_row", "rule"]
SAME_DELIVERIES = (
    "buyer",
    "order_year",
    "condition",
    "number_ordered",
    "number_delivered",
    "first_delivery_year",
    "last_delivery_year",
)


@dataclass(frozen=True)
class Rule:
    """One rule of matching.

    Parameters
    ----------
    name : how the tables call it.
    key : columns on which two rows must agree; a missing value agrees with a missing one.
    known : columns of the key that must be known.
    years_apart : how far the order years may lie apart when they are not in the key.
    shared_word : the designations must have a word or number in common.
    """

    name: str
    key: tuple[str, ...]
    known: tuple[str, ...] = ()
    years_apart: int = 0
    shared_word: bool = False


SYSTEM = ("buyer", "designation_key")
RULES = (
    Rule("sipri_id", ("sipri_id",), known=("sipri_id",)),
    Rule("same", (*SAME_DELIVERIES, "designation_key", "description_key", "tiv_per_unit")),
    Rule("value_revised", (*SAME_DELIVERIES, "designation_key", "description_key")),
    Rule(
        "deliveries_revised",
        (*SYSTEM, "description_key", "order_year", "condition", "number_ordered"),
    ),
    Rule("description_revised", (*SYSTEM, "order_year", "condition", "number_ordered")),
    Rule("condition_revised", (*SYSTEM, "order_year", "number_ordered")),
    # before the next rule: of two rows, the one of the same number ordered a year apart is the
    # deal, and not the one of another number ordered in the same year
    Rule(
        "order_year_revised",
        (*SYSTEM, "condition", "number_ordered"),
        known=("number_ordered",),
        years_apart=1,
    ),
    Rule("number_revised", (*SYSTEM, "order_year", "condition")),
    Rule(
        "order_year_revised",
        (*SYSTEM, "condition", "number_ordered"),
        known=("number_ordered",),
        years_apart=YEARS_APART,
    ),
    Rule(
        "designation_revised",
        ("buyer", "description_key", "order_year", "condition", "number_ordered"),
        shared_word=True,
    ),
)


def match(old: pd.DataFrame, new: pd.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """Return the pairs of rows that the rules find, with the columns of :data:`ROWS`.

    ``old`` and ``new`` have the column ``row``, order_year, designation and the keys of the
    rules. Every row is in one pair at most.
    """
    found = [pd.DataFrame({"row": [], "next_row": [], "rule": []}, dtype="object")]
    for rule in rules:
        old = old[~old["row"].isin(found[-1]["row"])]
        new = new[~new["row"].isin(found[-1]["next_row"])]
        found.append(_pairs(old, new, rule))
    return pd.concat(found[1:], ignore_index=True)


def _pairs(old: pd.DataFrame, new: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    key = list(rule.key)
    both = all_pairs(old.dropna(subset=list(rule.known)), new, key)
    if rule.years_apart:
        both = both[(both["order_year"] - both["order_year_next"]).abs() <= rule.years_apart]
    if rule.shared_word:
        named = zip(both["designation"], both["designation_next"], strict=True)
        # an array, because an empty list would pick no columns instead of no rows
        both = both[np.array([bool(_words(a) & _words(b)) for a, b in named], dtype=bool)]
    alone = ~both.duplicated("row", keep=False) & ~both.duplicated("row_next", keep=False)
    return both[alone].rename(columns={"row_next": "next_row"}).assign(rule=rule.name)[ROWS]


def all_pairs(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Return every pair of rows that agree on the key; the columns of ``new`` end in _next."""
    return old.merge(new, on=list(key), suffixes=("", "_next"), validate="many_to_many")


def with_name_keys(old: pd.DataFrame, new: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add designation_key and description_key, in which SIPRI's renamings are undone.

    A name of ``old`` is turned into the one that most deals of that name have in ``new``;
    the deals used are those of equal id, and those that no other deal equals in buyer,
    order year, condition, numbers and years of delivery. Case, spaces and punctuation do
    not count (V2500, V-2500).
    """
    old, new = _plain_keys(old), _plain_keys(new)
    delivered = old.dropna(subset="first_delivery_year")
    ways = [
        _pairs(old, new, Rule("sipri_id", ("sipri_id",), known=("sipri_id",))),
        _pairs(delivered, new, Rule("same_deliveries", SAME_DELIVERIES)),
    ]
    pairs = pd.concat(ways).drop_duplicates(["row", "next_row"])[["row", "next_row"]]
    for name in ("designation_key", "description_key"):
        before = pairs["row"].map(old.set_index("row")[name])
        after = pairs["next_row"].map(new.set_index("row")[name])
        later = renamings(before, after)
        old = old.assign(**{name: renamed(old[name], later)})
    return old, new


def renamings(before: pd.Series, after: pd.Series) -> dict[str, str]:
    """Return what most deals of each older name are called later; names kept are left out."""
    pairs = pd.DataFrame({"before": before, "after": after})
    shares = pairs.groupby("before")["after"].value_counts(normalize=True).rename("share")
    most = shares.reset_index().query("share > 0.5 and before != after")
    return dict(zip(most["before"], most["after"], strict=True))


def renamed(keys: pd.Series, later: Mapping[str, str]) -> pd.Series:
    """Return the keys with the older names turned into the later ones."""
    return pd.Series([later.get(key, key) for key in keys], index=keys.index, dtype="str")


def name_key(names: pd.Series) -> pd.Series:
    """Return names in lower case without spaces and punctuation."""
    return names.str.lower().str.replace(r"[^a-z0-9]+", "", regex=True)


def _plain_keys(deals: pd.DataFrame) -> pd.DataFrame:
    return deals.assign(
        designation_key=name_key(deals["designation"]),
        description_key=name_key(deals["description"]),
    )


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", name.lower()))
