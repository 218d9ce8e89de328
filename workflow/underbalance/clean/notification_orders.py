"""US notices matched to the orders that followed them in the register of arms transfers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import pandas as pd

from underbalance.clean.notices import requests
from underbalance.families import family_of
from underbalance.ledger import Ledger
from underbalance.schemas.limits import ORDER_WINDOW_YEARS

Row = dict[Hashable, Any]

# Offers to one competition, of which at most one could be taken up: those of South Korea are
# named in SOURCE.yaml.
# ASSUME: so are two of a kind that one ally was offered on one day
COMPETITIONS = {
    "CZE 19-17": "CZE 2019 helicopter",
    "CZE 19-34": "CZE 2019 helicopter",
    "KOR 12-26": "KOR 2012 attack helicopter",
    "KOR 12-32": "KOR 2012 attack helicopter",
    "KOR 13-10": "KOR 2013 fighter",
    "KOR 13-11": "KOR 2013 fighter",
    "FIN 20-66": "FIN 2020 fighter",
    "FIN 20-67": "FIN 2020 fighter",
    "PHL 20-04": "PHL 2020 attack helicopter",
    "PHL 20-05": "PHL 2020 attack helicopter",
}
ORDER_COLUMNS = [
    "deal_id",
    "order_year",
    "order_year_uncertain",
    "years_to_order",
    "match_rule",
    "ambiguous",
]
COLUMNS = [
    "notice_id",
    "family",
    "iso3",
    "year",
    "notice_date",
    "cost_usd_m",
    "families_in_notice",
    "competing",
    *ORDER_COLUMNS,
]


def notification_orders(
    notifications: pd.DataFrame, deals: pd.DataFrame, families: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the requests of allies with the orders that followed, and the ledger.

    A notice permits a sale; the order is looked for among the deals of the same ally and
    family. It fits when its year is that of the notice or one of the five after it, or the
    year before it if the register doubts the order year. Notices are taken in the order of
    their dates, and each takes the earliest fitting deal that no earlier notice has taken.

    Parameters
    ----------
    notifications : facts table.
    deals : clean deals (:func:`underbalance.clean.deals.clean_deals`); those selected but
        not ordered are no orders.
    families : :func:`underbalance.families.read_families`.

    Returns
    -------
    One row per notice and family. years_to_order is in calendar years, 0 also for the
    doubtful year before. match_rule: ``one_to_one`` (no other year and no other notice
    fits), ``first_of_several_orders`` (orders of several years fit this notice alone),
    ``several_notices`` (another notice fits the deal too), ``shared_order`` (every fitting
    deal is taken by an earlier notice; the earliest stands for both), ``no_order``. All
    but the first and the last are ``ambiguous``, and so is a doubtful year before.
    ``competing`` marks offers to one competition, of which one row is kept.
    """
    asked, ledger = requests(notifications, families)
    orders = deals[~deals["selected_not_ordered"].astype(bool)]
    orders = orders.assign(family=family_of(orders["designation"], families))
    by_pair = {
        pair: deals_of_pair.to_dict("records")
        for pair, deals_of_pair in orders[orders["family"] != ""].groupby(["iso3", "family"])
    }
    matched = [
        row
        for pair, notices in asked.groupby(["iso3", "family"])
        for row in _match(notices, by_pair.get(pair, []))
    ]
    table = pd.DataFrame(matched, columns=[*asked.columns, *ORDER_COLUMNS])
    table = _one_of_each_competition(table, ledger)
    table = table.astype({"deal_id": "Int64", "order_year": "Int64", "years_to_order": "Int64"})
    return table[COLUMNS].sort_values(["notice_id", "family"], ignore_index=True), ledger.frame()


def _match(notices: pd.DataFrame, orders: Sequence[Row]) -> Iterator[Row]:
    """Yield the notices of one ally and family, each with the order it takes."""
    notices = notices.sort_values(["notice_date", "notice_id"])
    taken: set[int] = set()
    for notice in notices.to_dict("records"):
        year = notice["year"]
        fitting = sorted((o for o in orders if _fits(o, year)), key=lambda o: _rank(o, year))
        free = [order for order in fitting if order["deal_id"] not in taken]
        if not fitting:
            yield notice | _outcome(None, year, "no_order")
            continue
        chosen = (free or fitting)[0]
        if not free:
            rule = "shared_order"
        elif sum(_fits(chosen, other) for other in notices["year"]) > 1:
            rule = "several_notices"
        else:
            several = len({order["order_year"] for order in fitting}) > 1
            rule = "first_of_several_orders" if several else "one_to_one"
        taken.add(chosen["deal_id"])
        yield notice | _outcome(chosen, year, rule)


def _fits(order: Row, year: int) -> bool:
    after: int = order["order_year"] - year
    return 0 <= after <= ORDER_WINDOW_YEARS or (after == -1 and bool(order["order_year_uncertain"]))


def _rank(order: Row, year: int) -> tuple[bool, int, bool, int]:
    """Return what sorts the deals that fit a notice, the best first."""
    doubtful = bool(order["order_year_uncertain"])
    return order["order_year"] < year, order["order_year"], doubtful, order["deal_id"]


def _outcome(order: Row | None, year: int, rule: str) -> Row:
    if order is None:
        unknown: Row = dict.fromkeys(ORDER_COLUMNS)
        return unknown | {"match_rule": rule, "ambiguous": False}
    return {
        "deal_id": order["deal_id"],
        "order_year": order["order_year"],
        "order_year_uncertain": order["order_year_uncertain"],
        "years_to_order": max(0, order["order_year"] - year),
        "match_rule": rule,
        "ambiguous": rule != "one_to_one" or order["order_year"] < year,
    }


def _one_of_each_competition(table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Keep of competing offers the one that was ordered, or the first when none was.

    An offer that lost to another American one is no commitment that failed.
    """
    named = table["notice_id"].map(COMPETITIONS)
    competition = named.fillna(table["notice_id"].where(table["alternatives"]))
    table = table.assign(competition=competition, competing=competition.notna())
    ranked = table.sort_values(["order_year", "notice_id"], na_position="last")
    lost = ranked[ranked["competing"] & ranked.duplicated("competition")].index
    for row in table.loc[lost].itertuples():
        reason = "an offer to the same competition as another notice or system, kept in its place"
        ledger.add(f"{row.notice_id} {row.family}", "competing_offer", None, None, reason)
    return table.drop(index=lost)
