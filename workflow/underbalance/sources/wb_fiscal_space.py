"""World Bank, A Cross-Country Database of Fiscal Space → rows of the facts table ``economy``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.schemas.columns import LAST_YEAR
from underbalance.sources.originals import demand_columns, find_original
from underbalance.sources.workbooks import read_tables

SHEETS = {"fby": "fiscal_balance", "pby": "primary_balance", "ggdy": "debt"}
FIRST_YEAR = 1990


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return general government balance, primary balance and gross debt, percent of GDP.

    The workbook has one sheet per series with countries in rows and years in columns.
    It gives no last actual year; its span ends before the year of its release, and all
    of it counts as observed.
    """
    path = find_original(folder, "Fiscal-space-data*.xlsx")
    book = read_tables(path)
    demand_columns(list(book), list(SHEETS), path)
    parts = [_long(book[sheet], series, path) for sheet, series in SHEETS.items()]
    table = pd.concat(parts, ignore_index=True)
    table = table[table["iso3"].isin(allies["iso3"]) & table["year"].between(FIRST_YEAR, LAST_YEAR)]
    return table.sort_values(["iso3", "year", "series"], ignore_index=True)


def _long(sheet: pd.DataFrame, series: str, path: Path) -> pd.DataFrame:
    demand_columns(list(sheet.columns), ["Country Code"], path)
    years = [c for c in sheet.columns if str(c).isdigit()]
    cells = sheet.melt("Country Code", years, "year", "value").dropna(subset=["value"])
    return pd.DataFrame(
        {
            "iso3": cells["Country Code"],
            "year": cells["year"].astype(int),
            "series": series,
            "source": "wb_fiscal_space",
            "value": cells["value"].astype(float),
            "status": "observed",
        }
    )
