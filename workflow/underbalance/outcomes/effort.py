"""Effort: growth of real military expenditure, and reversals of its sign."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.ledger import Ledger

COLUMNS = ["iso3", "year", "is_ally", "effort_growth", "reversal"]


def effort(country_years: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return growth and reversals of real military expenditure, and the ledger.

    Parameters
    ----------
    country_years : ally-years with ``effort_growth`` (:func:`effort_growth`).

    Returns
    -------
    One row per ally-year with growth observed. ``reversal`` is true when growth has the
    opposite sign of the year before; missing when that is not observed or one of the two
    is zero.
    """
    growth = country_years.set_index(["iso3", "year"])["effort_growth"]
    before = growth.rename(lambda year: year + 1, level="year").reindex(growth.index)
    turned = pd.Series((growth * before < 0).to_numpy(), dtype="boolean")
    known = (growth * before).fillna(0) != 0
    table = country_years[["iso3", "year", "is_ally", "effort_growth"]].assign(
        reversal=turned.where(known.to_numpy()).to_numpy()
    )
    table = table.dropna(subset="effort_growth")
    return table[COLUMNS].reset_index(drop=True), Ledger("outcome.effort").frame()


def effort_growth(table: pd.DataFrame) -> pd.Series:
    """Return 100 × Δ log of real military expenditure (log points × 100, about percent).

    ``table`` has iso3, year and milex_constant_usd_m. Missing unless both the year and
    the one before are observed and positive.
    """
    spending = table["milex_constant_usd_m"].where(table["milex_constant_usd_m"] > 0)
    log = pd.Series(np.log(spending.to_numpy()), index=[table["iso3"], table["year"]])
    before = log.rename(lambda year: year + 1, level=1)
    growth = 100 * (log - before.reindex(log.index))
    return growth.set_axis(table.index).rename("effort_growth")
