"""Effort: growth of real military expenditure, and reversals of its sign."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY, years_earlier
from underbalance.ledger import Ledger

COLUMNS = ["iso3", "year", "is_ally", "effort_growth", "reversal"]


def effort(country_years: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return growth and reversals of real military expenditure, and the ledger.

    Parameters
    ----------
    country_years : ally-years with ``effort_growth`` (:mod:`underbalance.clean.milex`).

    Returns
    -------
    One row per ally-year with growth observed. ``reversal`` is true when growth has the
    opposite sign of the year before; missing when that is not observed or one of the two
    is zero.
    """
    growth = country_years.set_index(KEY)["effort_growth"]
    product = growth * years_earlier(growth, 1)
    turned = pd.Series((product < 0).to_numpy(), dtype="boolean")
    known = product.fillna(0) != 0
    table = country_years[[*KEY, "is_ally", "effort_growth"]].assign(
        reversal=turned.where(known.to_numpy()).to_numpy()
    )
    table = table.dropna(subset="effort_growth")
    return table[COLUMNS].reset_index(drop=True), Ledger("outcome.effort").frame()
