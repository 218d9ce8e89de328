"""SIPRI Military Expenditure Database → facts table ``milex``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.schemas.columns import LAST_YEAR
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_milex_workbook import PATTERN as WORKBOOK
from underbalance.sources.sipri_milex_workbook import read_workbook

# SIPRI's terms allow up to 3,500 country-year figures (10 % of the database); 39 allies,
# two series and these years stay below that (tests/test_facts.py counts).
FIRST_YEAR = 1988
SERIES = {"share_gdp": "share_gdp", "constant_2023_usd_m": "constant_usd"}
QUALITY = {"": "", "blue_estimate": "estimate", "red_highly_uncertain": "uncertain"}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return military expenditure by ally and year.

    Columns: share_gdp (fraction of GDP), constant_usd_m (million US dollars at constant
    2023 prices and exchange rates, calendar years), each with SIPRI's cell colour as
    quality; adopted_budget (figures are budgets, not outturns), excludes_pensions and
    excludes_paramilitary from SIPRI's note marks.

    Reads SIPRI's own workbook where the folder has one, else the reshaped subset.
    """
    cells = _cells(folder, allies)
    cells = cells.assign(year=cells["year"].astype(int), value=cells["value"].astype(float))
    cells = cells[
        cells["series"].isin(list(SERIES.values()))
        & cells["iso3"].isin(allies["iso3"])
        & cells["year"].between(FIRST_YEAR, LAST_YEAR)
    ]
    wide = cells.pivot(index=["iso3", "year"], columns="series")
    notes = cells.groupby(["iso3", "year"])["sipri_notes"].agg("".join)
    table = pd.DataFrame(
        {
            "share_gdp": wide["value", "share_gdp"],
            "share_gdp_quality": wide["font_flag", "share_gdp"].fillna(""),
            "constant_usd_m": wide["value", "constant_usd"],
            "constant_usd_quality": wide["font_flag", "constant_usd"].fillna(""),
            "adopted_budget": notes.str.contains("§"),
            "excludes_pensions": notes.str.contains("†"),
            "excludes_paramilitary": notes.str.contains("¶"),
        }
    )
    return table.reset_index().sort_values(["iso3", "year"], ignore_index=True)


def _cells(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    if any(folder.glob(WORKBOOK)):
        return read_workbook(find_original(folder, WORKBOOK), allies)
    path = find_original(folder, "sipri_milex_*.csv")
    columns = ["series", "iso3", "year", "value", "font_flag", "sipri_notes"]
    cells = read_original(path, columns, text=True)
    return cells.assign(
        series=cells["series"].replace(SERIES), font_flag=cells["font_flag"].replace(QUALITY)
    )
