"""Editions of the IMF World Economic Outlook → facts table ``economy_vintages``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.imf_weo import SERIES
from underbalance.sources.originals import find_original, numbers, read_original

KEPT = ("debt", "fiscal_balance", "primary_balance", "real_growth", "unemployment")


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return what each edition said of the year before it, its own and the next.

    One row per edition (``vintage``, year and month), ally, year and series; units as in
    the table ``economy``.
    """
    path = find_original(folder, "weo_vintages_*.csv")
    cells = read_original(path, ["vintage", "iso3", "concept", "year", "value"], text=True)
    cells = cells.assign(
        year=cells["year"].astype("Int64"),
        series=cells["concept"].map(SERIES),
        value=numbers(cells["value"]),
    )
    ahead = cells["year"] - cells["vintage"].str[:4].astype(int)
    cells = cells[
        cells["iso3"].isin(allies["iso3"])
        & cells["series"].isin(KEPT)
        & ahead.between(-1, 1)
        & cells["value"].notna()
    ]
    key = ["vintage", "iso3", "year", "series"]
    return cells[[*key, "value"]].sort_values(key, ignore_index=True)
