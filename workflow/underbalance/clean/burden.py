"""Burden: the size of an order or request against the buyer's military expenditure."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY, look_up

MILLIONS_PER_BILLION = 1000


def burden_of_deals(deals: pd.DataFrame, country_years: pd.DataFrame) -> pd.Series:
    """Return the volume of each order per military expenditure of the year before it.

    The trend-indicator value (million) measures the military worth of goods and is no
    price, so that the ratio compares deals with one another and is no share of a budget.

    Parameters
    ----------
    deals : iso3, order_year and tiv_order.
    country_years : iso3, year and milex_constant_usd_m (million US dollars).

    Returns
    -------
    A series aligned with the deals; missing where size or expenditure is.
    """
    spending = country_years.set_index(KEY)["milex_constant_usd_m"]
    return deals["tiv_order"] / _of_year_before(spending, deals["iso3"], deals["order_year"])


def burden_of_notices(notices: pd.DataFrame, country_years: pd.DataFrame) -> pd.Series:
    """Return the cost of each notice as a share of military expenditure in the year before it.

    Both are in dollars of their time. Expenditure is milex_share_gdp × GDP.
    ASSUME: the share of SIPRI holds for the GDP of the IMF, which has been revised since.

    Parameters
    ----------
    notices : iso3, year and cost_usd_m (upper estimate for the whole notice, to be spent
        over years).
    country_years : iso3, year, milex_share_gdp and gdp_usd_bn.

    Returns
    -------
    A series aligned with the notices; missing where cost or expenditure is.
    """
    known = country_years.set_index(KEY)
    spending = known["milex_share_gdp"] * known["gdp_usd_bn"] * MILLIONS_PER_BILLION
    return notices["cost_usd_m"] / _of_year_before(spending, notices["iso3"], notices["year"])


def _of_year_before(spending: pd.Series, iso3: pd.Series, year: pd.Series) -> pd.Series:
    keys = pd.DataFrame({"iso3": iso3, "year": year - 1})
    # who spends nothing bears no burden that can be told
    return look_up(spending.where(spending > 0), keys)
