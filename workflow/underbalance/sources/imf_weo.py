"""IMF World Economic Outlook → rows of the facts table ``economy``."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from underbalance.schemas.columns import LAST_YEAR
from underbalance.sources.originals import find_original, numbers, read_original

# 1983 and 1984 only feed the three-year mean of growth in 1985 and 1986
FIRST_YEAR = 1983
BY_COUNTRIES = "WEO*all*"
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

    Reads the Fund's own file by countries (``WEO…all``) where the folder has one, else
    the reshaped subset.
    """
    cells = _cells(folder)
    cells = cells.assign(year=cells["year"].astype(int), value=numbers(cells["value"]))
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


def _cells(folder: Path) -> pd.DataFrame:
    """Return ref_area, concept, lastactualdate, year and value, all as text."""
    if any(folder.glob(BY_COUNTRIES)):
        return _by_countries(find_original(folder, BY_COUNTRIES))
    path = find_original(folder, "weo_[0-9][0-9][0-9][0-9]_[0-9][0-9]_*.csv")
    return read_original(
        path, ["ref_area", "concept", "lastactualdate", "year", "value"], text=True
    )


def _by_countries(path: Path) -> pd.DataFrame:
    """Read the Fund's file, a line for each state and series and a column for each year.

    It is called .xls but holds tab-separated text in UTF-16, with commas in numbers and
    ``n/a`` or ``--`` for none.
    """
    named = {
        "ISO": "ref_area",
        "WEO Subject Code": "concept",
        "Estimates Start After": "lastactualdate",
    }
    wide = read_original(path, list(named), encoding="utf-16", text=True, separator="\t", rest=True)
    years = [column for column in wide.columns if re.fullmatch(r"\d{4}", column)]
    cells = wide.rename(columns=named).melt(list(named.values()), years, "year", "value")
    figures = cells["value"].str.replace(",", "").where(cells["value"].str.contains(r"\d"), "")
    return cells.assign(value=figures)
