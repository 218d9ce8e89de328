"""US alliance status, compiled by hand → facts table ``alliance``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per formal commitment.

    Dates known by year only become 1 January and keep ``date_precision`` = year.
    ``date_verified`` is no where the compilation marks its date as not checked.
    """
    path = find_original(folder, "us_alliance_status*.csv")
    rows = read_original(
        path, ["iso3", "commitment", "start", "end", "date_precision", "verification"], text=True
    )
    rows = rows[rows["iso3"].isin(allies["iso3"])]
    verified = ~rows["verification"].str.contains("not verified here")
    table = rows.drop(columns="verification").assign(
        start=_day(rows["start"]), end=_day(rows["end"]), date_verified=verified
    )
    return table.sort_values(["iso3", "start", "commitment"], ignore_index=True)


def _day(dates: pd.Series) -> pd.Series:
    return dates.where(dates.str.len() != len("YYYY"), dates + "-01-01")
