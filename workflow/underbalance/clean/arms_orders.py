"""Where allies order their arms: the US share of moving windows of years."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY

WINDOW = 5
# a rolling sum of floats leaves traces of what has left the window
DECIMALS = 6
SUMS = ["deals_all", "deals_usa", "tiv_all", "tiv_usa"]


def us_arms_shares(arms_orders: pd.DataFrame) -> pd.DataFrame:
    """Return the US share of the orders of the :data:`WINDOW` years that end in each year.

    Parameters
    ----------
    arms_orders : facts table; a year without an order has its row, with zeros.

    Returns
    -------
    One row per ally-year: iso3, year, orders (deals of the window), us_share_tiv (of the
    trend-indicator value) and us_share_deals (of the number of deals), from 0 to 1.
    Missing where the table does not have all years of the window; a share also where the
    window has no order, or none of known value.
    """
    # a year that the table lacks must not shorten the window unseen
    calendar = range(int(arms_orders["year"].min()), int(arms_orders["year"].max()) + 1)
    allies = sorted(arms_orders["iso3"].unique())
    rows = pd.MultiIndex.from_product([allies, calendar], names=KEY)
    yearly = arms_orders.set_index(KEY)[SUMS].astype("float64").reindex(rows)
    window = yearly.groupby(level="iso3").rolling(WINDOW, min_periods=WINDOW).sum().droplevel(0)
    window = window.round(DECIMALS)
    table = pd.DataFrame(
        {
            "orders": window["deals_all"].astype("Int64"),
            "us_share_tiv": window["tiv_usa"] / window["tiv_all"].where(window["tiv_all"] > 0),
            "us_share_deals": window["deals_usa"]
            / window["deals_all"].where(window["deals_all"] > 0),
        }
    )
    listed = pd.MultiIndex.from_frame(arms_orders[KEY])
    return table.reindex(listed).reset_index()


def us_arms_share_by_year(arms_orders: pd.DataFrame) -> pd.DataFrame:
    """Return iso3, year and us_arms_share_5y, the US share of the value of five years."""
    shares = us_arms_shares(arms_orders).rename(columns={"us_share_tiv": "us_arms_share_5y"})
    return shares[["iso3", "year", "us_arms_share_5y"]]
