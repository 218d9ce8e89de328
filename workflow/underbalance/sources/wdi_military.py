"""Armed forces personnel (World Development Indicators) → facts table ``armed_forces``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
PERSONNEL = "average_value_Armed forces personnel, total"
# Iceland has no armed forces: what the source counts there is the coast guard
WITHOUT_FORCES = ("ISL",)


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return active personnel of the ally's own armed forces (persons) by year.

    The source is the Military Balance of the IISS, with paramilitary forces that may
    replace or support the regular ones (such as the gendarmeries of France and Turkey).
    For most allies it has 1985, and then each year from 1989.
    """
    path = find_original(folder, "wdi_*military*.csv")
    rows = read_original(path, ["Country Code", "Year", PERSONNEL])
    rows = rows.dropna(subset=PERSONNEL)
    rows = rows[
        rows["Country Code"].isin(allies["iso3"])
        & ~rows["Country Code"].isin(WITHOUT_FORCES)
        & (rows["Year"] >= FIRST_YEAR)
    ]
    table = pd.DataFrame(
        {
            "iso3": rows["Country Code"],
            "year": rows["Year"].astype("Int64"),
            "personnel": rows[PERSONNEL].astype("Int64"),
        }
    )
    return table.sort_values(["iso3", "year"], ignore_index=True)
