"""SIPRI Arms Transfers Database → facts table ``system_orders``: first orders of US systems."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.families import family_of, read_families
from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_vintages import LAST_VINTAGE, SPELLINGS, USA

FILE_FIRST_YEAR = 1970
# ASSUME: a family ordered within the first five years of the file may have been exported
# before the file begins
EARLY_YEARS = 5
KEY = ["family", "iso3"]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the first orders of US system families, one row per family and listed ally.

    Derived aggregates, no deals: first_order_year of the ally with the USA as supplier (and
    whether the register doubts it), number of its orders, first year with any supplier, and
    the first export of the family by the USA to any recipient in the file (repeated in
    every row of the family). The file has the listed allies and 16 further recipients, so
    a first export to another state (such as India or the United Arab Emirates) is not seen.
    Systems selected but not ordered do not count.
    """
    deals = _deals_of_families(folder)
    deals = deals.assign(iso3=deals["recipient"].map(iso3_by_name(allies, SPELLINGS)))
    american = deals[deals["supplier"] == USA]
    exports = _first(american, ["family"]).rename(
        columns={"first": "first_export_year", "uncertain": "first_export_uncertain"}
    )
    ours = deals[deals["iso3"].notna() & deals["family"].isin(exports.index)]
    first = _first(ours[ours["supplier"] == USA], KEY)
    table = pd.DataFrame({"first_any_supplier_year": ours.groupby(KEY)["order_year"].min()})
    table = table.assign(
        first_order_year=first["first"],
        first_order_year_uncertain=first["uncertain"].reindex(table.index).fillna(False),
        orders=first["orders"].reindex(table.index).fillna(0),
    ).reset_index()
    table = table.join(exports.drop(columns="orders"), on="family", validate="many_to_one")
    table = table.assign(
        export_may_precede_file=table["first_export_year"] < FILE_FIRST_YEAR + EARLY_YEARS
    )
    years = ["first_order_year", "first_any_supplier_year", "first_export_year", "orders"]
    return table.astype(dict.fromkeys(years, "Int64")).sort_values(KEY, ignore_index=True)


def _deals_of_families(folder: Path) -> pd.DataFrame:
    """Return all orders of the file whose designation is in a family."""
    names = ["deal_row", "recipient", "supplier", "order_year", "order_year_uncertain"]
    path = find_original(folder, f"all_suppliers_to_allies_deals_{LAST_VINTAGE}.csv")
    deals = read_original(path, [*names, "weapon_designation"], text=True)
    notes_path = find_original(folder, f"us_to_allies_comment_facts_{LAST_VINTAGE}.csv")
    notes = read_original(notes_path, ["deal_row", "selected_not_ordered"], text=True)
    only_selected = notes.loc[notes["selected_not_ordered"] == "1", "deal_row"]
    deals = deals.assign(
        order_year=deals["order_year"].astype(int),
        uncertain=deals["order_year_uncertain"] == "?",
        family=family_of(deals["weapon_designation"].str.strip(), read_families()),
    )
    ordered = ~deals["deal_row"].isin(only_selected) & (deals["order_year"] >= FILE_FIRST_YEAR)
    return deals[ordered & (deals["family"] != "")]


def _first(deals: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the first order year, whether all orders of that year are doubtful, the number."""
    first = deals.groupby(key)["order_year"].transform("min")
    in_first_year = deals[deals["order_year"] == first].groupby(key)
    return pd.DataFrame(
        {
            "first": in_first_year["order_year"].min(),
            "uncertain": in_first_year["uncertain"].all(),
            "orders": deals.groupby(key).size(),
        }
    )
