"""Macroeconomic and fiscal series: one value per ally, year and series."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY, years_earlier
from underbalance.ledger import Ledger

CELL = [*KEY, "series"]
PREFERRED = "imf_weo"


def choose_economy(economy: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the series as columns by ally and year, and the ledger.

    Observed values of the IMF come first; where it has none, the World Bank's value
    fills the cell. Estimates and forecasts are not used.
    """
    ledger = Ledger("economy")
    _note_estimates(economy, ledger)
    observed = economy[economy["status"] == "observed"]
    own = observed[observed["source"] == PREFERRED]
    fills = observed[observed["source"] != PREFERRED].merge(
        own[CELL], on=CELL, how="left", indicator=True, validate="one_to_one"
    )
    fills = fills[fills["_merge"] == "left_only"].drop(columns="_merge")
    for row in fills.itertuples():
        ledger.add(
            f"{row.iso3} {row.year} {row.series}",
            "filled_from_second_source",
            None,
            row.value,
            f"{PREFERRED} has no observed value; taken from {row.source}",
        )
    chosen = pd.concat([own, fills])
    wide = chosen.pivot(index=KEY, columns="series", values="value")
    return wide.reset_index().rename_axis(columns=None), ledger.frame()


def with_growth_3y(table: pd.DataFrame) -> pd.DataFrame:
    """Add growth_3y, the mean real growth of the year and the two before it (percent).

    Missing unless all three years are observed.
    """
    growth = table.set_index(KEY)["real_growth"]
    years = [years_earlier(growth, ago) for ago in range(3)]
    mean = pd.concat(years, axis=1).mean(axis=1, skipna=False).rename("growth_3y").reset_index()
    return table.merge(mean, on=KEY, how="left", validate="one_to_one")


def _note_estimates(economy: pd.DataFrame, ledger: Ledger) -> None:
    for row in economy[economy["status"] == "estimate"].itertuples():
        ledger.add(
            f"{row.iso3} {row.year} {row.series}",
            "estimate_not_used",
            row.value,
            None,
            f"{row.source} marks the value as later than the last actual year",
        )
