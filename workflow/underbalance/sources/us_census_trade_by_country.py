"""US trade in goods by country (US Census Bureau) → facts table ``us_trade``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.originals import find_original
from underbalance.sources.workbooks import read_first_sheet

SPELLINGS = {
    "Czech Republic": "Czechia",
    "Korea, South": "South Korea",
    "Macedonia": "North Macedonia",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return US imports from and exports to each ally, by calendar year.

    Million current US dollars, goods only, not seasonally adjusted. The last year counts
    only when it has a December. Successors of Czechoslovakia and Yugoslavia have
    rows of their own from the year the Bureau lists them.
    """
    path = find_original(folder, "country*.xlsx")
    rows = read_first_sheet(path, ["year", "CTYNAME", "IDEC", "EDEC", "IYR", "EYR"])
    december = rows.groupby("year")[["IDEC", "EDEC"]].sum().sum(axis=1)
    complete = december.index[december > 0]
    iso3_of = iso3_by_name(allies, SPELLINGS)
    rows = rows.assign(iso3=rows["CTYNAME"].str.strip().map(iso3_of))
    # empty rows stand for partners that are no longer in use (a second Israel)
    used = (rows["IYR"] != 0) | (rows["EYR"] != 0)
    rows = rows[rows["iso3"].notna() & rows["year"].isin(complete) & used]
    table = pd.DataFrame(
        {
            "iso3": rows["iso3"],
            "year": rows["year"].astype("Int64"),
            "imports_usd_m": rows["IYR"].astype(float),
            "exports_usd_m": rows["EYR"].astype(float),
        }
    )
    return table.sort_values(["iso3", "year"], ignore_index=True)
