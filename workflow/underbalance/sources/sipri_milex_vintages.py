"""SIPRI Military Expenditure Database, six releases → facts table ``milex_releases``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.errors import raise_if_any
from underbalance.sources.currencies import currency_code, unknown_currency
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_milex import QUALITY

SERIES = "lcu_financial_year"
LATEST_RELEASE = 2025
COLUMNS = ["series", "iso3", "year", "value", "font_flag", "sipri_notes", "currency"]
# the release of 2016 counts in millions ("m. leks") or billions, the others in single units;
# what a figure is multiplied and divided by to be in millions
TIMES = {"m": 1.0, "b": 1000.0, "": 1.0}
DIVISOR = {"m": 1.0, "b": 1.0, "": 1_000_000.0}
# from 2024 SIPRI gives all years of Croatia in euro, and still heads them with kunas
KUNA_MEANS_EURO_SINCE = 2024


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return military expenditure as first reported and as reported in the release of 2025.

    ``folder`` is the folder that holds the folders of both sources. Only the financial
    years that an older release reported first (in the year after) are kept, each with
    two rows: ``release_year`` is the year after, and 2025.

    Columns: local_currency_m (million units of national currency, current prices,
    financial year), currency (ISO 4217), quality (SIPRI's cell colour) and
    adopted_budget (SIPRI says that figures are budgets, not outturns).
    """
    older_file = find_original(folder / "sipri_milex_vintages", "sipri_milex_vintages_*.csv")
    older = read_original(older_file, ["release_year", *COLUMNS], text=True)
    latest_file = find_original(folder / "sipri_milex", "sipri_milex_*.csv")
    latest = read_original(latest_file, COLUMNS, text=True)
    older = _wanted(older, allies)
    first = older[older["release_year"].astype(int) == older["year"].astype(int) + 1]
    latest = _wanted(latest.assign(release_year=str(LATEST_RELEASE)), allies)
    latest = latest[latest["year"].isin(first["year"])]
    parts = [_figures(first, older_file), _figures(latest, latest_file)]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["iso3", "year", "release_year"], ignore_index=True)


def _wanted(cells: pd.DataFrame, allies: pd.DataFrame) -> pd.DataFrame:
    return cells[(cells["series"] == SERIES) & cells["iso3"].isin(allies["iso3"])]


def _figures(cells: pd.DataFrame, path: Path) -> pd.DataFrame:
    scale = cells["currency"].str.extract(r"^(?:([mb])\. )?", expand=False).fillna("")
    names = cells["currency"].str.replace(r"^[mb]\. ", "", regex=True)
    keys = zip(names, cells["iso3"], cells["year"].astype(int), strict=True)
    codes = pd.Series([currency_code(*key) for key in keys], index=cells.index, dtype="str")
    unknown = cells.loc[codes == "", ["iso3", "currency"]].drop_duplicates()
    raise_if_any([unknown_currency(path, *found) for found in unknown.to_numpy().tolist()])
    release = cells["release_year"].astype("Int64")
    euro = (cells["iso3"] == "HRV") & (release >= KUNA_MEANS_EURO_SINCE)
    return pd.DataFrame(
        {
            "iso3": cells["iso3"],
            "year": cells["year"].astype("Int64"),
            "release_year": release,
            "local_currency_m": (
                cells["value"].astype(float)
                * scale.map(TIMES).astype(float)
                / scale.map(DIVISOR).astype(float)
            ),
            "currency": codes.mask(euro, "EUR"),
            "quality": cells["font_flag"].replace(QUALITY),
            "adopted_budget": cells["sipri_notes"].str.contains("§"),
        }
    )
