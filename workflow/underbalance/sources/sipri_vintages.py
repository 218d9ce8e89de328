"""Vintages of SIPRI's trade register in one form, whole, so that they can be compared."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.originals import find_original, numbers, read_original

USA = "United States"
# vintage of the register → last year of orders and deliveries in it
LAST_YEARS = {"2018-01": 2016, "2024-03": 2023, "2025-03": 2024, "2026-05": 2025}
VINTAGES = tuple(LAST_YEARS)
FIRST_VINTAGE, LAST_VINTAGE = VINTAGES[0], VINTAGES[-1]
# of the releases, old and new
SPELLINGS = {
    "Czech Republic": "Czechia",
    "Germany (FRG)": "Germany",
    "Macedonia (FYROM)": "North Macedonia",
    "Taiwan (ROC)": "Taiwan",
    "Turkiye": "Turkey",
}
CONDITIONS = {
    "": "",
    "N": "new",
    "New": "new",
    "S": "second hand",
    "Second hand": "second hand",
    "R": "second hand, modernised",
    "Second hand but modernized": "second hand, modernised",
}
REGISTER = {
    "deal_row": "row",
    "recipient": "buyer",
    "supplier": "supplier",
    "order_year": "order_year",
    "order_year_uncertain": "order_year_uncertain",
    "number_ordered": "number_ordered",
    "weapon_designation": "designation",
    "weapon_description": "description",
    "number_delivered": "number_delivered",
    "delivery_years": "delivery_years",
    "status": "condition",
    "tiv_per_unit": "tiv_per_unit",
}
# the 2018 copy has the form of SIPRI's old programming interface
OLD_REGISTER = {
    "tidn": "row",
    "buyer": "buyer",
    "seller": "supplier",
    "odat": "order_year",
    "odai": "order_year_uncertain",
    "onum": "number_ordered",
    "desig2": "designation",
    "desc": "description",
    "nrdel": "number_delivered",
    "delyears": "delivery_years",
    "status": "condition",
    "tivunit": "tiv_per_unit",
}


def read_vintage(folder: Path, vintage: str, allies: pd.DataFrame) -> pd.DataFrame:
    """Return all US deals of one vintage of the register, of every buyer.

    Columns: row (SIPRI's deal id in 2018-01, else the row of the register), buyer (iso3 of
    a listed ally, else SIPRI's name), order_year, order_year_uncertain, designation,
    description, condition, number_ordered (missing when not known), number_delivered (0
    when nothing was), first_delivery_year, last_delivery_year, tiv_per_unit (million
    trend-indicator values). Numbers are floats, so that missing ones compare as equal.
    """
    old = vintage == FIRST_VINTAGE
    path = find_original(folder, f"us_to_allies_deals_{vintage}{'_api' if old else ''}.csv")
    deals = _read_register(path, OLD_REGISTER if old else REGISTER)
    return _in_one_form(deals[deals["supplier"] == USA], allies)


def read_other_suppliers(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the deals of the newest vintage that are not supplied by the USA.

    Columns as in :func:`read_vintage`.
    """
    path = find_original(folder, f"all_suppliers_to_allies_deals_{LAST_VINTAGE}.csv")
    deals = _read_register(path, REGISTER)
    return _in_one_form(deals[deals["supplier"] != USA], allies)


def _read_register(path: Path, names: dict[str, str]) -> pd.DataFrame:
    return read_original(path, list(names), text=True).rename(columns=names)


def _in_one_form(deals: pd.DataFrame, allies: pd.DataFrame) -> pd.DataFrame:
    deals = deals.reset_index(drop=True)
    return pd.DataFrame(
        {
            "row": deals["row"].astype("int64"),
            "buyer": buyers(deals["buyer"], allies),
            "order_year": deals["order_year"].astype("int64"),
            "order_year_uncertain": deals["order_year_uncertain"] != "",
            "designation": deals["designation"].str.strip(),
            "description": deals["description"].str.strip(),
            "condition": deals["condition"].replace(CONDITIONS),
            "number_ordered": numbers(deals["number_ordered"]),
            "number_delivered": numbers(deals["number_delivered"]).fillna(0),
            # "2011; 2012" in the register, "2011-2012" in the old form
            "first_delivery_year": numbers(deals["delivery_years"].str.strip().str[:4]),
            "last_delivery_year": numbers(deals["delivery_years"].str.strip().str[-4:]),
            "tiv_per_unit": numbers(deals["tiv_per_unit"]),
        }
    )


def buyers(names: pd.Series, allies: pd.DataFrame) -> pd.Series:
    """Return the iso3 code of each listed ally, and the names of other buyers unchanged."""
    return names.map(iso3_by_name(allies, SPELLINGS)).fillna(names)


def is_shipped(deals: pd.DataFrame, allies: pd.DataFrame, first_order_year: int) -> pd.Series:
    """Say for each deal whether its buyer is a listed ally and its order recent enough."""
    return deals["buyer"].isin(allies["iso3"]) & (deals["order_year"] >= first_order_year)


def is_open(deals: pd.DataFrame) -> pd.Series:
    """Say for each deal whether nothing, or not all of the ordered number, was delivered.

    A deal of unknown number of which something was delivered is not known to be open.
    """
    delivered = deals["number_delivered"]
    return (delivered == 0) | (delivered < deals["number_ordered"])
