"""What became of the deals of a SIPRI vintage in a later one: found, or why not.

A deal that no rule finds is lost only when nothing in the later vintage can be the deal or
hold it. SIPRI re-dates, merges, splits and renames rows; each of these makes it ambiguous.
"""

from __future__ import annotations

import re

import pandas as pd

from underbalance.sources.sipri_deal_matching import (
    ROWS,
    RULES,
    YEARS_APART,
    all_pairs,
    match,
    name_key,
    with_name_keys,
)
from underbalance.sources.sipri_vintages import is_open

SHARE_TAKEN_OUT = 0.25
# two open rows of one system and number ordered at most this many years apart
YEARS_APART_OF_DOUBLES = 1
# the letters and number of a type (agm158 of "AGM-158B-2 JASSM"), and proper names (jassm)
TYPE = re.compile(r"[a-z]+-?[0-9]+")
NAME = re.compile(r"[a-z]{4,}")


def link(
    old: pd.DataFrame,
    new: pd.DataFrame,
    known: pd.DataFrame | None = None,
    other_suppliers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say for every deal of a vintage which row of a later vintage it is.

    Parameters
    ----------
    old, new : whole vintages (:func:`underbalance.sources.sipri_vintages.read_vintage`),
        with SIPRI's deal id in ``sipri_id`` where it is known.
    known : pairs of rows found before, with the columns of
        :data:`underbalance.sources.sipri_deal_matching.ROWS`; the rules are tried on the rest.
    other_suppliers : deals of the later vintage that other countries supply; one of them
        makes a deal not found ambiguous, and is never its row.

    Returns
    -------
    One row per deal of ``old``: row, next_row (missing when none was found), rule (the
    name of the rule that found it, or one of
    :data:`underbalance.schemas.facts.deal_histories.LOST`) and successor_possible (missing
    when found: the later vintage has a row for the same buyer and kind of weapon that is no
    deal of the older one).
    """
    old, new = with_name_keys(old, new)
    pairs = pd.DataFrame(columns=ROWS) if known is None else known[ROWS]
    left = old[~old["row"].isin(pairs["row"])], new[~new["row"].isin(pairs["next_row"])]
    pairs = pd.concat([pairs.astype("object"), match(*left, RULES)], ignore_index=True)
    table = old.merge(pairs, on="row", how="left", validate="one_to_one")
    new = new.assign(found=new["row"].isin(table["next_row"]))
    gone = table["next_row"].isna()
    rule = table["rule"].mask(gone, "not_found")
    rule = rule.mask(gone & _is_of_class_taken_out(table), "no_longer_covered")
    rule = rule.mask(gone & table["row"].isin(_ambiguous(table, new)), "ambiguous")
    if other_suppliers is not None:
        moved = _moved_to_another_supplier(table[gone], other_suppliers)
        rule = rule.mask(gone & table["row"].isin(moved), "ambiguous")
    successors = _of_same(table[gone], new[~new["found"]], "description_key")["row"]
    successor_possible = table["row"].isin(successors).astype("boolean").where(gone)
    return pd.DataFrame(
        {
            "row": table["row"],
            "next_row": table["next_row"].astype("Int64"),
            "rule": rule,
            "successor_possible": successor_possible,
        }
    )


def _ambiguous(table: pd.DataFrame, new: pd.DataFrame) -> pd.Series:
    """Return the deals not found that another row may be or hold, or that were there twice."""
    gone = table[table["next_row"].isna()]
    added = new[~new["found"]]
    parts = [
        _held_by_same_system(gone, table, new),
        _near(_of_same_family(gone, added))["row"],
        _moved_to_another_buyer(gone, added),
        gone.loc[gone["row"].isin(_doubles(table)), "row"],
    ]
    rows: pd.Series = pd.concat(parts)
    return rows


def _held_by_same_system(gone: pd.DataFrame, table: pd.DataFrame, new: pd.DataFrame) -> pd.Series:
    """Return the deals not found that another row of the same buyer and system may hold.

    Whatever its order year, that row is no deal of the older vintage, had another number
    there, or has had deliveries that may be those of the deal not found. A row not too far
    in years is enough when it has the number or the order year of the deal, or an unknown
    number: SIPRI splits rows, merges them and takes out doubles.
    """
    found = table.dropna(subset="next_row").astype({"next_row": "int64"}).set_index("next_row")
    before = {name: new["row"].map(found[name]) for name in ("number_ordered", "number_delivered")}
    renumbered = before["number_ordered"].fillna(-1) != new["number_ordered"].fillna(-1)
    rows = new.assign(
        may_hold_more=~new["found"] | renumbered,
        more_delivered=new["number_delivered"] - before["number_delivered"],
    )
    both = _of_same(gone, rows, "designation_key")
    more, number = both["more_delivered"], both["number_ordered"]
    holds = both["may_hold_more"] | ((more > 0) & (number.isna() | (more == number)))
    near = _near(both)
    alike = (
        (near["number_ordered"] == near["number_ordered_next"])
        | near["number_ordered_next"].isna()
        | (near["order_year"] == near["order_year_next"])
    )
    rows_held: pd.Series = pd.concat([both.loc[holds, "row"], near.loc[alike, "row"]])
    return rows_held


def _of_same_family(gone: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Pair deals not found with added rows of the same buyer whose designation is akin.

    SIPRI divides an order over two versions (80 AGM-158B-2 into twice 40 AGM-158B) or
    turns one into another (AH-64E into AH-64D). Words that describe a kind of weapon, such as
    engine, do not make designations akin.
    """
    kinds = set(NAME.findall(" ".join([*gone["description"], *added["description"]]).lower()))
    gone, added = (_by_family(deals, kinds) for deals in (gone, added))
    return _of_same(gone, added, "family")


def _by_family(deals: pd.DataFrame, without: set[str]) -> pd.DataFrame:
    families = deals["designation"].map(lambda name: sorted(family(name) - without))
    return deals.assign(family=families).explode("family").dropna(subset="family")


def family(designation: str) -> set[str]:
    """Return what versions of one system have in common: its type without version, its names."""
    name = designation.lower()
    return {kind.replace("-", "") for kind in TYPE.findall(name)} | set(NAME.findall(name))


def _moved_to_another_buyer(gone: pd.DataFrame, added: pd.DataFrame) -> pd.Series:
    """Return the deals not found of which an added row differs in the buyer only.

    The three F-16C of 2013 for Romania went through Portugal, and are its order later.
    """
    key = ["designation_key", "order_year", "number_ordered"]
    return all_pairs(gone.dropna(subset="number_ordered"), added, key)["row"]


def _moved_to_another_supplier(gone: pd.DataFrame, deals: pd.DataFrame) -> pd.Series:
    """Return the deals not found of the same buyer and system as a deal of another supplier.

    Germany, which builds the missile RAM too, is later the supplier of that of the Netherlands.
    """
    deals = deals.assign(designation_key=name_key(deals["designation"]))
    return _near(_of_same(gone, deals, "designation_key"))["row"]


def _doubles(old: pd.DataFrame) -> pd.Series:
    """Return the open deals that repeat another open row of the vintage.

    ASSUME: of two open rows for the same buyer, system and number ordered in the same or
    neighbouring years the later one is the same request entered twice; it counts once.
    """
    key = ["buyer", "designation_key", "number_ordered"]
    deals = old[is_open(old)].dropna(subset="number_ordered")
    deals = deals.sort_values([*key, "order_year", "row"])
    years_after = deals.groupby(key)["order_year"].diff()
    return deals.loc[years_after <= YEARS_APART_OF_DOUBLES, "row"]


def _is_of_class_taken_out(table: pd.DataFrame) -> pd.Series:
    """Say for each deal whether SIPRI took out delivered deals of the same designation too.

    ASSUME: where a quarter or more of the completely delivered deals of a designation are
    gone, which cannot have been cancelled, SIPRI has changed what it registers (in 2026 the
    smallest drones and half of the vehicle engines), and an open deal gone says nothing.
    """
    complete = table["number_delivered"] >= table["number_ordered"]
    gone = table["next_row"].isna().where(complete).astype("float64")
    share = gone.groupby(name_key(table["designation"])).transform("mean")
    return share >= SHARE_TAKEN_OUT


def _of_same(gone: pd.DataFrame, rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Pair deals not found with rows of the same buyer and name."""
    return all_pairs(gone, rows, ["buyer", name])


def _near(both: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs ordered not too many years apart."""
    return both[(both["order_year"] - both["order_year_next"]).abs() <= YEARS_APART]
