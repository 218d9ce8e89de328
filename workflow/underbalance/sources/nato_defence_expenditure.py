"""NATO, Defence Expenditure of NATO Countries, four editions → facts table ``nato_editions``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.nato_workbook import COLUMNS, read_workbook
from underbalance.sources.originals import find_original, read_original

# by month of publication: PR/CP(2016)011, PR/CP(2022)105, and the tables of 17 June 2024
WORKBOOKS = {
    "2016-01": "pr-2016-11-def-exp-tables*.xlsx",
    "2022-06": "pr-2022-105*.xlsx",
    "2024-06": "240617-def-exp-2024-TABLES*.xlsx",
}
# the edition of 25 June 2019 is known from a CSV file, which lacks the amounts in national
# currency and the marks of estimates; the edition says "Figures for 2018 and 2019 are estimates"
CSV_EDITION, CSV_FILE = "2019-06", "nato_defexp_2012_2019*.csv"
CSV_ESTIMATES = (2018, 2019)
CSV_PRICE_BASE = 2015
# column of the CSV file: series, what its unit is divided by
CSV_SERIES = {
    "Defense expenditure (USD, current prices)": ("defence_usd_m", 1e6),
    "Defense expenditure (USD, 2015 prices)": ("defence_usd_constant_m", 1e6),
    "Defense expenditure (% real GDP)": ("gdp_percent", 1),
    "Defense expenditure annual real change (% GDP)": ("real_change_percent", 1),
    "Real GDP (2015 prices)": ("gdp_usd_constant_m", 1e6),
    "Military personnel": ("personnel_thousands", 1e3),
    "Equipment expenditure (%)": ("equipment_percent", 1),
    "Personnel expenditure (%)": ("personnel_percent", 1),
    "Infrastructure expenditure (%)": ("infrastructure_percent", 1),
    "Other expenditure (%)": ("other_percent", 1),
}
KEY = ["iso3", "year", "edition", "series"]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of every edition, one row per ally, year, edition and series.

    Columns: edition (month of publication), series (its unit is the end of its name),
    value, currency (ISO 4217, of amounts in national currency), price_base (year of
    constant prices), estimate (the edition marks the year "e": from national plans).

    Iceland has no armed forces; the editions give its GDP alone, which is left out.
    """
    parts = [
        read_workbook(find_original(folder, pattern), allies).assign(edition=edition)
        for edition, pattern in WORKBOOKS.items()
    ]
    parts.append(_read_csv(find_original(folder, CSV_FILE), allies).assign(edition=CSV_EDITION))
    table = pd.concat(parts, ignore_index=True)
    spenders = table.loc[table["series"] == "gdp_percent", ["iso3", "edition"]].drop_duplicates()
    table = table.merge(spenders, on=["iso3", "edition"], validate="many_to_one")
    return table[[*KEY, *COLUMNS]].sort_values(KEY, ignore_index=True)


def _read_csv(path: Path, allies: pd.DataFrame) -> pd.DataFrame:
    cells = read_original(path, ["country_stanag", "year", *CSV_SERIES])
    cells = cells[cells["country_stanag"].isin(allies["iso3"])]
    long = cells.melt(id_vars=["country_stanag", "year"], var_name="column").dropna(subset="value")
    series = long["column"].map({column: name for column, (name, _) in CSV_SERIES.items()})
    units = long["column"].map({column: unit for column, (_, unit) in CSV_SERIES.items()})
    base = pd.Series(CSV_PRICE_BASE, index=long.index, dtype="Int64")
    return pd.DataFrame(
        {
            "iso3": long["country_stanag"],
            "year": long["year"].astype("Int64"),
            "series": series,
            "value": long["value"] / units,
            "currency": "",
            "price_base": base.where(series.str.contains("_constant_")),
            "estimate": long["year"].isin(CSV_ESTIMATES),
        }
    )
