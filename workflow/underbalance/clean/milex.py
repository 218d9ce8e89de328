"""Military expenditure by year, and its growth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.clean.panel import KEY, years_earlier


def milex_by_year(milex: pd.DataFrame) -> pd.DataFrame:
    """Return military expenditure by ally and year, in the columns of ``ally_year``."""
    return pd.DataFrame(
        {
            "iso3": milex["iso3"],
            "year": milex["year"],
            "milex_share_gdp": milex["share_gdp"],
            "milex_constant_usd_m": milex["constant_usd_m"],
            "milex_quality": milex["constant_usd_quality"],
            "milex_adopted_budget": milex["adopted_budget"],
        }
    )


def effort_growth(table: pd.DataFrame) -> pd.Series:
    """Return 100 × Δ log of real military expenditure (log points × 100, about percent).

    ``table`` has iso3, year and milex_constant_usd_m. Missing unless both the year and
    the one before are observed and positive.
    """
    spending = table["milex_constant_usd_m"].where(table["milex_constant_usd_m"] > 0)
    log = pd.Series(np.log(spending.to_numpy()), index=pd.MultiIndex.from_frame(table[KEY]))
    growth = 100 * (log - years_earlier(log, 1))
    return growth.set_axis(table.index).rename("effort_growth")
