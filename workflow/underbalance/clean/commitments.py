"""US notices matched to the orders that followed them in the register of arms transfers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import pandas as pd

from underbalance.clean.notices import requests
from underbalance.families import family_of
from underbalance.ledger import Ledger

WINDOW_YEARS = 5
# Offers to one competition, of which at most one could be taken up: those of South Korea are
# named in SOURCE.yaml.
# ASSUME: so are two of a kind that one ally was offered on one day
COMPETITIONS = {
    "KOR 13-10": "KOR 2013 fighter",
    "KOR 13-11": "KOR 2013 fighter",
    "FIN 20-66": "FIN 2020 fighter",
    "FIN 20-67": "FIN 2020 fighter",
    "PHL 20-04": "PHL 2020 attack helicopter",
    "PHL 20-05": "PHL 2020 attack helicopter",
}
MATCH_RULES = (
    "no_order",
    "one_to_one",
    "first_of_several_orders",
    "several_notices",
    "shared_order",
)
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
    by_pair = dict(iter(orders[orders["family"] != ""].groupby(["iso3", "family"])))
    matched = [
        row
        for pair, notices in asked.groupby(["iso3", "family"])
        for row in _match(notices, by_pair.get(pair, orders.iloc[:0]))
    ]
    table = pd.DataFrame(matched, columns=[*asked.columns, *ORDER_COLUMNS])
    table = _one_of_each_competition(table, ledger)
    table = table.astype({"deal_id": "Int64", "order_year": "Int64", "years_to_order": "Int64"})
    return table[COLUMNS].sort_values(["notice_id", "family"], ignore_index=True), ledger.frame()


def _match(notices: pd.DataFrame, orders: pd.DataFrame) -> Iterator[dict[Hashable, object]]:
    """Yield the notices of one ally and family, each with the order it takes."""
    notices = notices.sort_values(["notice_date", "notice_id"])
    taken: set[int] = set()
    for notice in notices.to_dict("records"):
        fitting = _fitting(orders, notice["year"])
        free = fitting[~fitting["deal_id"].isin(taken)]
        if fitting.empty:
            yield notice | _outcome(None, notice["year"], "no_order")
            continue
        chosen = (fitting if free.empty else free).iloc[0]
        rivals = sum(
            chosen["deal_id"] in set(_fitting(orders, year)["deal_id"]) for year in notices["year"]
        )
        if free.empty:
            rule = "shared_order"
        elif rivals > 1:
            rule = "several_notices"
        else:
            several = fitting["order_year"].min() < fitting["order_year"].max()
            rule = "first_of_several_orders" if several else "one_to_one"
        taken.add(chosen["deal_id"])
        yield notice | _outcome(chosen, notice["year"], rule)


def _fitting(orders: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the deals that fit a notice of a year, the best first."""
    after = orders["order_year"].between(year, year + WINDOW_YEARS)
    before = (orders["order_year"] == year - 1) & orders["order_year_uncertain"].astype(bool)
    fitting = orders.assign(before=before)[after | before]
    return fitting.sort_values(["before", "order_year", "order_year_uncertain", "deal_id"])


def _outcome(order: pd.Series | None, year: int, rule: str) -> dict[Hashable, object]:
    if order is None:
        unknown: dict[Hashable, object] = dict.fromkeys(ORDER_COLUMNS)
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
