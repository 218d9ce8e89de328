"""Sourcing: how much the US share of new arms orders moves."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.arms_orders import WINDOW, us_arms_shares
from underbalance.clean.panel import KEY, with_is_ally, years_earlier
from underbalance.ledger import Ledger

# ASSUME: a share of fewer deals says more about single deals than about the ally
LEAST_ORDERS = 5
COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "orders",
    "us_share_tiv",
    "us_share_deals",
    "sourcing_change",
    "sourcing_shift",
    "sourcing_shift_deals",
    "sourcing_yearly_change",
]


def sourcing(
    country_years: pd.DataFrame, arms_orders: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the change of the US share of arms orders over five-year windows, and the ledger.

    Parameters
    ----------
    country_years : ally-years with ``is_ally``.
    arms_orders : facts table, one row per ally-year of its coverage.

    Returns
    -------
    One row per ally-year whose window of five years and the five years before both have
    :data:`LEAST_ORDERS` orders or more. sourcing_change: share of the trend-indicator value
    in the window minus that of the window before (no year is in both); sourcing_shift and
    sourcing_shift_deals: absolute change by value and by number of deals, 0 to 1;
    sourcing_yearly_change: share minus that of the window that ended a year earlier
    (missing where that one has too few orders).
    """
    ledger = Ledger("outcome.sourcing")
    shares = us_arms_shares(arms_orders).set_index(KEY)
    enough = shares.where(shares["orders"] >= LEAST_ORDERS)
    before, last = years_earlier(enough, WINDOW), years_earlier(enough, 1)
    table = enough.assign(
        sourcing_change=enough["us_share_tiv"] - before["us_share_tiv"],
        sourcing_shift_deals=(enough["us_share_deals"] - before["us_share_deals"]).abs(),
        sourcing_yearly_change=enough["us_share_tiv"] - last["us_share_tiv"],
    )
    table = table.assign(sourcing_shift=table["sourcing_change"].abs())
    complete = shares["orders"].notna() & years_earlier(shares, WINDOW)["orders"].notna()
    few = complete & table["sourcing_shift"].isna()
    for iso3, year in table.index[few]:
        now, then = shares.loc[(iso3, year), "orders"], shares.loc[(iso3, year - WINDOW), "orders"]
        reason = f"fewer than {LEAST_ORDERS} orders in the five years, or in the five before"
        ledger.add(f"{iso3} {year}", "too_few_orders", f"{then} then {now}", None, reason)
    table = with_is_ally(table.dropna(subset="sourcing_shift").reset_index(), country_years)
    return table[COLUMNS].sort_values(KEY, ignore_index=True), ledger.frame()
