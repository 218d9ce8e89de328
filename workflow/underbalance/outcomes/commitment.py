"""Commitment: from the US notice of a requested sale to the order."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.burden import burden_of_notices
from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger
from underbalance.registry import last_year_of
from underbalance.schemas.limits import ORDER_WINDOW_YEARS

COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "notice_id",
    "family",
    "notice_date",
    "cost_usd_m",
    "burden",
    "families_in_notice",
    "years_to_order",
    "ordered",
    "lapsed",
    "censored",
    "years_low",
    "years_high",
    "order_year_uncertain",
    "match_rule",
    "ambiguous",
    "competing",
]


def commitment(
    notification_orders: pd.DataFrame, country_years: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the requests at risk of an order with the time to it, and the ledger.

    Parameters
    ----------
    notification_orders : :func:`underbalance.clean.notification_orders.notification_orders`.
    country_years : ally-years with ``is_ally``, milex_share_gdp and gdp_usd_bn.
    sources : the registry; orders are observed to the last year of ``deals``.

    Returns
    -------
    One row per notice and system family; ``year`` is the year of the notice. A request is
    ``ordered``, ``lapsed`` (no order of the family by the end of the fifth year after the
    notice) or ``censored`` (the register ends before). years_to_order is in calendar years,
    observed years without an order where there was none. The register knows the order by
    its year only, the notice by its day: the order came more than years_low and at most
    years_high years after the notice (missing without an order, years_low then is the time
    watched). ``burden`` is the cost per military expenditure of the year before the notice
    (:func:`underbalance.clean.burden.burden_of_notices`).
    """
    ledger = Ledger("outcome.commitment")
    last_year = last_year_of(sources, "deals")
    late = notification_orders["year"] >= last_year
    for row in notification_orders[late].itertuples():
        reason = "notice of the register's last year; notices count to the year before"
        ledger.add(f"{row.notice_id} {row.family}", "notice_in_last_year", None, None, reason)
    table = notification_orders[~late].reset_index(drop=True)
    ordered = table["order_year"].notna()
    watched = (last_year - table["year"]).clip(upper=ORDER_WINDOW_YEARS)
    lapsed = ~ordered & (watched == ORDER_WINDOW_YEARS)
    waited = table["years_to_order"].fillna(watched)
    days = pd.to_datetime(table["notice_date"])
    # without a notice the type must be that of numbers, too
    since_new_year = pd.Series(map(_part_of_year, days), table.index, dtype="float64")
    end = waited + 1 - since_new_year
    low = (waited - since_new_year).clip(lower=0)
    table = table.assign(
        years_to_order=waited,
        ordered=ordered,
        lapsed=lapsed,
        censored=~ordered & ~lapsed,
        years_low=low.where(ordered, end).astype("float64"),
        years_high=end.where(ordered).astype("float64"),
        order_year_uncertain=table["order_year_uncertain"].astype("boolean"),
        burden=burden_of_notices(table, country_years),
    )
    table = with_is_ally(table, country_years)
    return table[COLUMNS].sort_values(["notice_id", "family"], ignore_index=True), ledger.frame()


def _part_of_year(day: pd.Timestamp) -> float:
    """Return the part of the year that has passed before a day (0 on 1 January)."""
    return (day.day_of_year - 1) / (366 if day.is_leap_year else 365)
