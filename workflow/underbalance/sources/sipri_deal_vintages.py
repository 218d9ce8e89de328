"""SIPRI's trade register through time → facts tables ``deal_vintages`` and ``deal_matches``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pandas as pd

from underbalance.schemas.facts.deal_histories import LOST
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_arms_transfers import FIRST_ORDER_YEAR
from underbalance.sources.sipri_deal_links import link
from underbalance.sources.sipri_deal_matching import ROWS
from underbalance.sources.sipri_deliveries import NEWER, OLDER, with_sipri_ids
from underbalance.sources.sipri_vintages import (
    FIRST_VINTAGE,
    LAST_VINTAGE,
    LAST_YEARS,
    VINTAGES,
    is_open,
    is_shipped,
    read_other_suppliers,
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
    ``rule_<vintage>`` the rule by which the deal was found there, from the vintage before. A
    deal that one vintage does not have is sought in the newest one itself.
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
        later = {v: row[f"row_{v}"] for v in VINTAGES[1:] if pd.notna(row[f"row_{v}"])}
        rows = [own, *((v, int(at)) for v, at in later.items())]
        case = next((case_of[at] for at in rows if at in case_of), f"{own[0]}/{own[1]}")
        case_of.update(dict.fromkeys(rows, case))
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
    for vintage, later in pairwise(VINTAGES):
        deals = vintages[vintage].merge(links[vintage, later], on="row", validate="one_to_one")
        deals = deals[is_shipped(deals, allies, FIRST_ORDER_YEAR)]
        standing = is_open(deals).map({True: "open", False: "complete"})
        parts.append(deals.assign(vintage=vintage, next_vintage=later, standing=standing))
    key = ["vintage", "next_vintage", "standing", "rule"]
    return pd.concat(parts).groupby(key).size().rename("deals").reset_index()


def link_vintages(folder: Path, allies: pd.DataFrame) -> tuple[Vintages, Links]:
    """Return the vintages, with SIPRI's ids where known, and the links between them.

    Each vintage is linked to the next, and to the newest one: through those between where
    they have the deal, and directly where one of them does not.
    """
    vintages = {vintage: read_vintage(folder, vintage, allies) for vintage in VINTAGES}
    first, last = vintages[FIRST_VINTAGE], vintages[LAST_VINTAGE]
    # the 2018 copy has the ids itself
    vintages[FIRST_VINTAGE] = first.assign(sipri_id=first["row"].astype("float64"))
    vintages[LAST_VINTAGE] = last.assign(sipri_id=float("nan"))
    for vintage, releases in SAME_UPDATE.items():
        vintages[vintage] = with_sipri_ids(vintages[vintage], folder, allies, releases)
    others = read_other_suppliers(folder, allies)
    links = {}
    # from the newest back: a deal without delivery has no id until a later update
    for older, newer in reversed(list(pairwise(VINTAGES))):
        elsewhere = others if newer == LAST_VINTAGE else None
        links[older, newer] = link(vintages[older], vintages[newer], None, elsewhere)
        vintages[older] = _with_later_ids(vintages[older], vintages[newer], links[older, newer])
    vintages[LAST_VINTAGE] = _with_earlier_ids(vintages, links)
    for vintage in OPEN_IN[:-1]:
        chained, newest = _chained(vintage, links), vintages[LAST_VINTAGE]
        links[vintage, LAST_VINTAGE] = link(vintages[vintage], newest, chained, others)
    return vintages, links


def _chained(vintage: str, links: Links) -> pd.DataFrame:
    """Return the pairs of a vintage and the newest one that the vintages between lead to."""
    steps = [links[pair].dropna(subset="next_row")[ROWS] for pair in pairwise(VINTAGES)]
    chain, *others = steps[VINTAGES.index(vintage) :]
    for step in others:
        step = step.rename(columns={"row": "next_row", "next_row": "row_after"})
        chain = chain[["row", "next_row"]].merge(step, on="next_row", validate="one_to_one")
        chain = chain.drop(columns="next_row").rename(columns={"row_after": "next_row"})
    return chain


def _with_earlier_ids(vintages: Vintages, links: Links) -> pd.DataFrame:
    """Return the newest vintage with the ids of the one before."""
    linked = links[OPEN_IN[-1], LAST_VINTAGE].dropna(subset="next_row").set_index("next_row")
    before = vintages[OPEN_IN[-1]].set_index("row")["sipri_id"]
    newest = vintages[LAST_VINTAGE]
    return newest.assign(sipri_id=newest["row"].map(linked["row"].map(before)).astype("float64"))


def _with_later_ids(older: pd.DataFrame, newer: pd.DataFrame, linked: pd.DataFrame) -> pd.DataFrame:
    next_row = older["row"].map(linked.set_index("row")["next_row"])
    later = next_row.map(newer.set_index("row")["sipri_id"]).astype("float64")
    # an id that another row has already is not given a second time
    later = later.mask(later.isin(older["sipri_id"]) | later.duplicated(keep=False))
    return older.assign(sipri_id=older["sipri_id"].fillna(later))


def _follow(vintage: str, deals: pd.DataFrame, vintages: Vintages, links: Links) -> pd.DataFrame:
    """Add the row, fate and rule of each deal in the vintages after its own."""
    rows = deals["row"].astype("Int64")
    at, lost = rows, pd.Series("", index=deals.index, dtype="str")
    successor = pd.Series(False, index=deals.index, dtype="boolean")
    columns: dict[str, pd.Series] = {}
    for older, newer in pairwise(VINTAGES[VINTAGES.index(vintage) :]):
        newest = newer == LAST_VINTAGE
        # a deal that a vintage between does not have may be in the newest one nevertheless
        step = links[vintage if newest else older, newer].set_index("row")
        start = rows if newest else at
        rule = start.map(step["rule"]).astype("object")
        possible = start.map(step["successor_possible"]).astype("boolean")
        at = start.map(step["next_row"]).astype("Int64")
        lost = lost.mask(rule.isin(LOST) & lost.isin(["", "not_found"]), rule)
        successor = successor | possible.fillna(False)
        columns[f"row_{newer}"] = at
        columns[f"rule_{newer}"] = rule.mask(rule.isin(LOST)).fillna("")
        columns[f"fate_{newer}"] = lost.where(at.isna(), at.map(_state(vintages[newer])))
    return deals.assign(**columns, successor_possible=successor.where(at.isna()))


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
