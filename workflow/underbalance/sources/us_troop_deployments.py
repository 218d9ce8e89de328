"""US overseas troop deployments (Allen, Flynn and Machain) → facts table ``us_troops``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
MONTHS = {"March": 3, "June": 6, "September": 9, "December": 12}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return US active-duty and all military personnel (persons) by ally and report month.

    The reports of March and June 2023 hold a zero for every host because none was
    published; they are left out, so that a gap stays a gap.
    """
    path = find_original(folder, "troopdata_rebuild_long*.csv")
    rows = read_original(path, ["iso3c", "year", "month", "troops_ad", "troops_all"])
    rows = rows[rows["iso3c"].isin(allies["iso3"]) & (rows["year"] >= FIRST_YEAR)]
    unpublished = (rows["year"] == 2023) & rows["month"].isin(["March", "June"])
    rows = rows[~(unpublished & (rows["troops_all"] == 0))]
    table = pd.DataFrame(
        {
            "iso3": rows["iso3c"],
            "year": rows["year"].astype("Int64"),
            "month": rows["month"].map(MONTHS).astype("Int64"),
            "active_duty": rows["troops_ad"].astype("Int64"),
            "all_personnel": rows["troops_all"].astype("Int64"),
        }
    )
    return table.sort_values(["iso3", "year", "month"], ignore_index=True)
