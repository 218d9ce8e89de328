"""Geopolitical Risk Index (Caldara and Iacoviello) → facts table ``geopolitical_risk``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.schemas.columns import LAST_YEAR
from underbalance.sources.originals import find_original
from underbalance.sources.workbooks import read_first_sheet

FIRST_YEAR = 1985
# GPRHC_ is another series: three newspapers since 1900, for the same countries
PREFIX = "GPRC_"


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of the monthly country index by ally and year.

    ``gpr`` is in percent of the articles of ten newspapers; ``months`` counts the months
    behind the mean. Allies without a series of their own have no rows.
    """
    path = find_original(folder, "data_gpr_export*.xls")
    monthly = read_first_sheet(path, ["month"], rest=True)
    series = [f"{PREFIX}{iso3}" for iso3 in allies["iso3"] if f"{PREFIX}{iso3}" in monthly]
    if not series:
        raise FaultsError([_no_series(path)])
    long = monthly.melt("month", series, var_name="iso3", value_name="gpr").dropna()
    long = long.assign(
        iso3=long["iso3"].str.removeprefix(PREFIX).astype("str"),
        year=pd.to_datetime(long["month"]).dt.year.astype("Int64"),
        gpr=long["gpr"].astype("float64"),
    )
    long = long[long["year"].between(FIRST_YEAR, LAST_YEAR)]
    table = long.groupby(["iso3", "year"], as_index=False).agg(
        gpr=("gpr", "mean"), months=("month", "nunique")
    )
    table = table.astype({"months": "Int64"})
    return table.sort_values(["iso3", "year"], ignore_index=True)


def _no_series(path: Path) -> Fault:
    return Fault(
        str(path),
        f"columns {PREFIX}<ISO3>",
        "the release must have the country series of listed allies",
        "none",
        f"{PREFIX}JPN, {PREFIX}KOR …",
        "take data_gpr_export.xls, not the daily index",
    )
