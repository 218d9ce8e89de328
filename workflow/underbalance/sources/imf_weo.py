"""IMF World Economic Outlook → rows of the facts table ``economy``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

# 1983 and 1984 only feed the three-year mean of growth in 1985 and 1986
FIRST_YEAR, LAST_YEAR = 1983, 2025
SERIES = {
    "GGXCNL_NGDP": "fiscal_balance",
    "GGXONLB_NGDP": "primary_balance",
    "GGSB_NPGDP": "structural_balance",
    "GGXWDG_NGDP": "debt",
    "GGX_NGDP": "expenditure",
    "LP": "population_m",
    "LUR": "unemployment",
    "NGDPD": "gdp_usd_bn",
    "NGDP_RPCH": "real_growth",
    "PCPIPCH": "inflation",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per ally, year and series.

    Percent, percent of GDP, billion US dollars (current) or million persons, as
    config/codebook.csv says. ``status`` is ``estimate`` for years after the last actual
    year that the Fund gives for the series, and where it gives none.
    """
    path = find_original(folder, "weo_[0-9][0-9][0-9][0-9]_[0-9][0-9]_*.csv")
    cells = read_original(
        path, ["ref_area", "concept", "lastactualdate", "year", "value"], text=True
    )
    values = pd.to_numeric(cells["value"].replace("", None)).astype(float)
    cells = cells.assign(year=cells["year"].astype(int), value=values)
    cells = cells[
        cells["ref_area"].isin(allies["iso3"])
        & cells["concept"].isin(list(SERIES))
        & cells["year"].between(FIRST_YEAR, LAST_YEAR)
        & cells["value"].notna()
    ]
    observed = cells["year"] <= last_actual_year(cells["lastactualdate"])
    table = pd.DataFrame(
        {
            "iso3": cells["ref_area"],
            "year": cells["year"],
            "series": cells["concept"].map(SERIES),
            "source": "imf_weo",
            "value": cells["value"],
            "status": observed.map({True: "observed", False: "estimate"}),
        }
    )
    return table.sort_values(["iso3", "year", "series"], ignore_index=True)


def last_actual_year(stated: pd.Series) -> pd.Series:
    """Return the last actual year as a number; 0 where the Fund states none.

    ASSUME: a fiscal year written ``FY2023/24`` stands under 2024, the year it ends in
    (Thailand's ends in September), as the Fund's own country notes say.
    """
    parts = stated.str.extract(r"(\d{4})(?:\.0)?(?:/(\d{2}))?$")
    first = pd.to_numeric(parts[0])
    ended = first.where(parts[1].isna(), first + 1)
    return ended.fillna(0).astype(int)
