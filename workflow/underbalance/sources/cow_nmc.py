"""Correlates of War National Material Capabilities → facts table ``capabilities``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.registry import read_rivals
from underbalance.sources.cow_states import iso3_by_cow_code, without_second_germany
from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
MISSING = -9  # in the files of the project itself


def parse(folder: Path, allies: pd.DataFrame, rivals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return material capabilities of listed allies, their rivals and adversaries by year.

    ``cinc`` is the share of the world's capabilities (0 to 1), ``milex_thousand_usd``
    military expenditure in thousand current US dollars, ``personnel_thousand`` military
    personnel in thousands.
    """
    path = find_original(folder, "cow_nmc_*.csv")
    rows = read_original(path, ["ccode", "year", "milex", "milper", "cinc"])
    rivals = read_rivals() if rivals is None else rivals
    codes = iso3_by_cow_code(allies, rivals[rivals["role"] != "opponent"])
    rows = rows[rows["ccode"].isin(list(codes)) & (rows["year"] >= FIRST_YEAR)]
    rows = rows.assign(state=rows["ccode"].map(codes))
    rows = without_second_germany(rows, "ccode", ["state", "year"])
    measures = rows[["cinc", "milex", "milper"]].astype("float64").replace(MISSING, float("nan"))
    table = pd.DataFrame(
        {
            "state": rows["state"].astype("str"),
            "year": rows["year"].astype("Int64"),
            "cinc": measures["cinc"],
            "milex_thousand_usd": measures["milex"],
            "personnel_thousand": measures["milper"],
        }
    )
    return table.sort_values(["state", "year"], ignore_index=True)
