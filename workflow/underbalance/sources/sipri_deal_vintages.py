"""SIPRI's trade register through time → facts tables ``deal_vintages`` and ``deal_matches``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pandas as pd

from underbalance.schemas.facts.deal_histories import LOST
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_arms_transfers import FIRST_ORDER_YEAR
from underbalance.sources.sipri_deal_matching import link
from underbalance.sources.sipri_deliveries import NEWER, OLDER, with_sipri_ids
from underbalance.sources.sipri_vintages import (
    FIRST_VINTAGE,
    LAST_VINTAGE,
    LAST_YEARS,
    VINTAGES,
    is_open,
    is_shipped,
    read_vintage,
)

OPEN_IN = VINTAGES[:-1]
# releases with deal ids that were downloaded from the same update as a vintage
SAME_UPDATE = {"2024-03": (OLDER,), "2025-03": (OLDER, NEWER)}
KEPT = [
    "vintage",
    "vintage_deal",
    "year",
    "case",
    "iso3",
    "order_year",
    "order_year_uncertain",
    "designation",
    "description",
    "condition",
    "number_ordered",
    "number_delivered",
    "selected_not_ordered",
]

Vintages = Mapping[str, pd.DataFrame]
Links = Mapping[tuple[str, str], pd.DataFrame]


def parse_deal_vintages(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the deals that were open in an older vintage, and what became of each.

    One row per vintage and deal of a listed ally, ordered from 1990, of which nothing or
    not all was delivered. ``fate_<vintage>`` is in each later vintage: delivered, partly
    (delivered, or something of an unknown number), undelivered, or not found again, by the
    codes of :data:`underbalance.schemas.facts.deal_histories.LOST`;
    ``rule_<vintage>`` the rule by which the deal was found there, from the vintage before.
    ``case`` names the first of the three vintages in which the deal was open, and its row
    there; ``deal_id`` is its row in the table ``deals``.
    """
    vintages, links = link_vintages(folder, allies)
    parts = [_open_deals(vintage, folder, allies, vintages, links) for vintage in OPEN_IN]
    table = _with_cases(pd.concat(parts, ignore_index=True))
    newest = vintages[LAST_VINTAGE]
    shipped = newest.loc[is_shipped(newest, allies, FIRST_ORDER_YEAR), "row"]
    last = table[f"row_{LAST_VINTAGE}"]
    table = table.assign(deal_id=last.where(last.isin(shipped)))
    later = [f"{what}_{vintage}" for vintage in VINTAGES[1:] for what in ("fate", "rule")]
    table = table.fillna(dict.fromkeys(later, "")).rename(columns={"buyer": "iso3"})
    table = table.astype(dict.fromkeys(["number_ordered", "number_delivered", "deal_id"], "Int64"))
    table = table[[*KEPT, *later, "successor_possible", "deal_id"]]
    table.columns = table.columns.str.replace("-", "_")
    return table.sort_values(["vintage", "vintage_deal"], ignore_index=True)


def _open_deals(
    vintage: str, folder: Path, allies: pd.DataFrame, vintages: Vintages, links: Links
) -> pd.DataFrame:
    """Return the open deals of a vintage with their rows, rules and fates in the later ones."""
    deals = vintages[vintage]
    deals = deals[is_open(deals) & is_shipped(deals, allies, FIRST_ORDER_YEAR)]
    return (
        _follow(vintage, deals, vintages, links)
        .assign(
            vintage=vintage,
            year=LAST_YEARS[vintage],
            selected_not_ordered=_selected_not_ordered(folder, vintage, deals["row"]),
        )
        .rename(columns={"row": "vintage_deal"})
    )


def _with_cases(table: pd.DataFrame) -> pd.DataFrame:
    """Name for every row the first vintage in which the deal was open, and its row there."""
    case_of: dict[tuple[str, int], str] = {}
    cases = []
    # the rows come vintage by vintage, the oldest first
    for row in table.to_dict("records"):
        own = (row["vintage"], row["vintage_deal"])
        case = case_of.setdefault(own, f"{own[0]}/{own[1]}")
        later = {v: row[f"row_{v}"] for v in VINTAGES[1:] if pd.notna(row[f"row_{v}"])}
        case_of.update({(v, int(at)): case for v, at in later.items()})
        cases.append(case)
    return table.assign(case=cases)


def parse_deal_matches(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Count by which rule the deals of a vintage were found in the next one, or not.

    Columns: vintage, next_vintage, standing (``open``, or ``complete`` when all was
    delivered), rule, deals. All US deals of listed allies ordered from 1990. A complete
    deal cannot be cancelled any more: the share of those not found again is the rate at
    which SIPRI takes out or merges rows for other reasons.
    """
    vintages, links = link_vintages(folder, allies)
    parts = []
    for (vintage, later), linked in links.items():
        deals = vintages[vintage].merge(linked, on="row", validate="one_to_one")
        deals = deals[is_shipped(deals, allies, FIRST_ORDER_YEAR)]
        standing = is_open(deals).map({True: "open", False: "complete"})
        parts.append(deals.assign(vintage=vintage, next_vintage=later, standing=standing))
    key = ["vintage", "next_vintage", "standing", "rule"]
    return pd.concat(parts).groupby(key).size().rename("deals").reset_index()


def link_vintages(folder: Path, allies: pd.DataFrame) -> tuple[Vintages, Links]:
    """Return the vintages, with SIPRI's ids where known, and the links of each to the next."""
    vintages = {vintage: read_vintage(folder, vintage, allies) for vintage in VINTAGES}
    first, last = vintages[FIRST_VINTAGE], vintages[LAST_VINTAGE]
    # the 2018 copy has the ids itself
    vintages[FIRST_VINTAGE] = first.assign(sipri_id=first["row"].astype("float64"))
    vintages[LAST_VINTAGE] = last.assign(sipri_id=float("nan"))
    for vintage, releases in SAME_UPDATE.items():
        vintages[vintage] = with_sipri_ids(vintages[vintage], folder, allies, releases)
    links = {}
    # from the newest back: a deal without delivery has no id until a later update
    for older, newer in reversed(list(pairwise(VINTAGES))):
        links[older, newer] = link(vintages[older], vintages[newer])
        vintages[older] = _with_later_ids(vintages[older], vintages[newer], links[older, newer])
    return vintages, links


def _with_later_ids(older: pd.DataFrame, newer: pd.DataFrame, linked: pd.DataFrame) -> pd.DataFrame:
    next_row = older["row"].map(linked.set_index("row")["next_row"])
    later = next_row.map(newer.set_index("row")["sipri_id"]).astype("float64")
    # an id that another row has already is not given a second time
    later = later.mask(later.isin(older["sipri_id"]) | later.duplicated(keep=False))
    return older.assign(sipri_id=older["sipri_id"].fillna(later))


def _follow(vintage: str, deals: pd.DataFrame, vintages: Vintages, links: Links) -> pd.DataFrame:
    """Add the row, fate and rule of each deal in the vintages after its own."""
    at, lost = deals["row"].astype("Int64"), pd.Series("", index=deals.index, dtype="str")
    successor = pd.Series(pd.NA, index=deals.index, dtype="boolean")
    columns: dict[str, pd.Series] = {}
    for older, newer in pairwise(VINTAGES[VINTAGES.index(vintage) :]):
        step = links[older, newer].set_index("row")
        rule = at.map(step["rule"]).astype("object")
        successor = successor.fillna(at.map(step["successor_possible"]).astype("boolean"))
        at = at.map(step["next_row"]).astype("Int64")
        lost = lost.mask(rule.isin(LOST), rule)
        columns[f"row_{newer}"] = at
        columns[f"rule_{newer}"] = rule.mask(rule.isin(LOST)).fillna("")
        columns[f"fate_{newer}"] = lost.mask(lost == "", at.map(_state(vintages[newer])))
    return deals.assign(**columns, successor_possible=successor)


def _state(deals: pd.DataFrame) -> pd.Series:
    state = pd.Series("partly", index=deals.index)
    state = state.mask(deals["number_delivered"] == 0, "undelivered")
    state = state.mask(deals["number_delivered"] >= deals["number_ordered"], "delivered")
    return state.set_axis(deals["row"])


def _selected_not_ordered(folder: Path, vintage: str, rows: pd.Series) -> pd.Series:
    """Return the register's mark; missing in the vintage of 2018, whose comments are not kept."""
    if vintage == FIRST_VINTAGE:
        return pd.Series(pd.NA, index=rows.index, dtype="boolean")
    path = find_original(folder, f"us_to_allies_comment_facts_{vintage}.csv")
    notes = read_original(path, ["deal_row", "selected_not_ordered"], text=True)
    marked = notes.loc[notes["selected_not_ordered"] == "1", "deal_row"].astype("int64")
    return rows.isin(marked).astype("boolean")
