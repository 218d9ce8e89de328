"""The fiscal balance as it was expected at the time, from earlier editions of the IMF."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY

SERIES = "fiscal_balance"
EDITION = "10"  # October: the year is not over, and the budget of the next one is before parliament
# years ahead of the edition
EXPECTED = {0: "expected_balance", 1: "expected_balance_next"}


def expected_balances(economy_vintages: pd.DataFrame) -> pd.DataFrame:
    """Return the balance of the year and of the next as the October edition had them.

    Parameters
    ----------
    economy_vintages : facts table; ``vintage`` is year and month of the edition.

    Returns
    -------
    Columns iso3, year (that of the edition), expected_balance (of the year) and
    expected_balance_next (of the year after), both in percent of the GDP that the edition
    expected. A year without an October edition has no row, a value it lacks is missing.
    """
    month = economy_vintages["vintage"].str[5:7]
    edition = economy_vintages["vintage"].str[:4].astype("Int64")
    cells = economy_vintages.assign(year=edition, ahead=economy_vintages["year"] - edition)
    cells = cells[(month == EDITION) & (cells["series"] == SERIES)]
    wide = cells.pivot(index=KEY, columns="ahead", values="value").reindex(columns=list(EXPECTED))
    return wide.rename(columns=EXPECTED).reset_index().rename_axis(columns=None)
