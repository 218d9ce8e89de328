"""V-Dem country-years, version 14 → facts table ``institutions``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
INDICES = {
    "v2x_divparctrl": "divided_control",
    "v2cacamps": "polarization",
    "v2xlg_legcon": "legislative_constraints",
    "v2x_polyarchy": "polyarchy",
    "v2xlg_leginter": "legislature_closed",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return V-Dem point estimates by ally and year.

    Only version 14 is read: every release estimates all years anew, so versions must
    not be spliced. ``legislature_closed`` says that the legislature
    was closed down or aborted in the year.
    """
    path = find_original(folder, "[vV]*[dD]em*v14*.csv")
    rows = read_original(path, ["country_text_id", "year", *INDICES])
    rows = rows[rows["country_text_id"].isin(allies["iso3"]) & (rows["year"] >= FIRST_YEAR)]
    table = rows.rename(columns={"country_text_id": "iso3", **INDICES})
    table = table.assign(legislature_closed=table["legislature_closed"].astype("boolean"))
    return table.sort_values(["iso3", "year"], ignore_index=True)
