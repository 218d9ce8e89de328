"""Delivery: years from order to first delivery."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.ledger import Ledger
from underbalance.registry import last_year_of

OUTCOME_COLUMNS = ["iso3", "year", "is_ally", "deal_id", "years_to_delivery", "delivered"]
COLUMNS = [
    "deal_id",
    "iso3",
    "year",
    "start",
    "stop",
    "years_since_order",
    "delivered",
    "is_ally",
    "order_year",
    "order_cohort",
    "category",
    "order_year_uncertain",
    "local_production",
    "for_other_platform",
    "log_deal_size",
    "burden",
]


def delivery(deals: pd.DataFrame, sources: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the counted orders with the years to first delivery, and the ledger.

    Parameters
    ----------
    deals : clean deals (:func:`underbalance.clean.deals.clean_deals`); those with an
        ``exclusion`` do not count, and the ledger of the deals says why.
    sources : the registry; an order without a delivery is censored at its last year.

    Returns
    -------
    One row per order. ``year`` is the order year; ``years_to_delivery`` is in calendar
    years, up to the censoring where ``delivered`` is false.
    """
    counted = deals[deals["exclusion"] == ""]
    waited = last_year_of(sources, "deals") - counted["order_year"]
    table = counted.assign(
        year=counted["order_year"],
        years_to_delivery=counted["years_to_delivery"].fillna(waited),
    )
    table = table[OUTCOME_COLUMNS].sort_values("deal_id", ignore_index=True)
    return table, Ledger("outcome.delivery").frame()


def deal_spells(deals: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return one row per counted deal and calendar year at risk of first delivery.

    A deal is at risk from its order year to the year of its first delivery, or to
    ``last_year`` (the end of the register) when nothing was delivered. ``years_since_order``
    is 0 in the order year; the row covers (start, stop] = (k, k + 1] years. ``delivered``
    is true in the row of the first delivery. ``log_deal_size`` is the natural log of the
    order's SIPRI trend-indicator value (millions), missing where the size is unknown.

    Only deals with an empty ``exclusion`` (:func:`underbalance.clean.deals.clean_deals`).
    """
    counted = deals[deals["exclusion"] == ""].reset_index(drop=True)
    last_at_risk = counted["first_delivery_year"].fillna(last_year).astype(int)
    years_at_risk = last_at_risk - counted["order_year"].astype(int) + 1
    rows = counted.loc[counted.index.repeat(years_at_risk)]
    since_order = rows.groupby(level=0).cumcount()
    rows = rows.assign(
        year=rows["order_year"].astype(int) + since_order,
        start=since_order,
        stop=since_order + 1,
        years_since_order=since_order,
        log_deal_size=np.log(rows["tiv_order"]),
    )
    first = rows["first_delivery_year"].fillna(last_year + 1).astype(int)
    rows = rows.assign(delivered=rows["year"] == first)
    return rows[COLUMNS].sort_values(["deal_id", "start"], ignore_index=True)
