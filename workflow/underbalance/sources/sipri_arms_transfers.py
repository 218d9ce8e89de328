"""SIPRI Arms Transfers Database, trade register → facts tables ``deals`` and ``deal_notes``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.originals import find_original, numbers, read_original
from underbalance.sources.sipri_vintages import LAST_VINTAGE, SPELLINGS, USA

# SIPRI's terms allow up to 10 % of the register; US deals of the listed allies ordered
# since 1990 are about 7 % of its 29,916 deals (tests/test_facts.py counts).
FIRST_ORDER_YEAR = 1990
CONDITIONS = {
    "New": "new",
    "Second hand": "second hand",
    "Second hand but modernized": "second hand, modernised",
}
NOTES = {
    "part_of_larger_deal": "part_of_larger_deal",
    "selected_not_ordered": "selected_not_ordered",
    "cancel_mentioned": "cancellation_mentioned",
    "embargo_mentioned": "embargo_mentioned",
    "option_mentioned": "option_mentioned",
    "offsets_mentioned": "offsets_mentioned",
    "local_production_mentioned": "local_production",
    "aid_mentioned": "aid_funded",
    "for_other_platform": "for_other_platform",
    "modernization_mentioned": "modernisation_mentioned",
    "deal_value_usd_m": "value_usd_m",
    "deal_value_usd_m_high": "value_usd_m_high",
    "deal_value_local_m": "value_local_m",
    "deal_value_currency": "value_currency",
    "planned_delivery_first": "planned_delivery_first",
    "planned_delivery_last": "planned_delivery_last",
    "planned_qualifier": "planned_qualifier",
    "delayed_from_first": "delayed_from_first",
    "delayed_from_last": "delayed_from_last",
}


def parse_deals(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per deal of a listed ally with the USA as supplier.

    ``deal_id`` is the row of the register, stable within a vintage only. Years are
    calendar years; TIV is SIPRI's volume index in millions, not a price.
    """
    deals = _register(folder, allies)
    delivery = deals["delivery_years"].str.split(";")
    table = pd.DataFrame(
        {
            "deal_id": deals["deal_row"].astype("Int64"),
            "iso3": deals["iso3"],
            "order_year": deals["order_year"].astype("Int64"),
            "order_year_uncertain": deals["order_year_uncertain"] == "?",
            "designation": deals["weapon_designation"].str.strip(),
            "description": deals["weapon_description"].str.strip(),
            "category": _categories(folder, deals["weapon_description"]),
            "condition": deals["status"].replace(CONDITIONS),
            "number_ordered": _whole(deals["number_ordered"]),
            "number_delivered": _whole(deals["number_delivered"]),
            "first_delivery_year": _whole(delivery.str[0].str.strip()),
            "last_delivery_year": _whole(delivery.str[-1].str.strip()),
            "tiv_per_unit": deals["tiv_per_unit"].astype(float),
            "tiv_order": deals["tiv_total_order"].astype(float),
            "tiv_delivered": deals["tiv_delivered"].astype(float),
        }
    )
    return table.sort_values("deal_id", ignore_index=True)


def parse_deal_notes(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return what the register's comments state about the deals, as flags, years and values."""
    path = find_original(folder, f"us_to_allies_comment_facts_{LAST_VINTAGE}.csv")
    notes = read_original(path, ["deal_row", *NOTES], text=True)
    notes = notes[notes["deal_row"].isin(_register(folder, allies)["deal_row"])]
    notes = notes.rename(columns={"deal_row": "deal_id", **NOTES})
    texts = ["value_currency", "planned_qualifier"]
    facts = notes.drop(columns=texts).apply(pd.to_numeric)
    years = [c for c in facts if c.startswith(("planned_", "delayed_")) or c == "deal_id"]
    flags = list(NOTES.values())[:10]
    facts = facts.astype(dict.fromkeys(years, "Int64")).astype(dict.fromkeys(flags, "boolean"))
    table: pd.DataFrame = facts.join(notes[texts])[list(notes.columns)]
    return table.sort_values("deal_id", ignore_index=True)


def _register(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    path = find_original(folder, f"us_to_allies_deals_{LAST_VINTAGE}.csv")
    deals = read_original(
        path,
        [
            "deal_row",
            "recipient",
            "supplier",
            "order_year",
            "order_year_uncertain",
            "number_ordered",
            "weapon_designation",
            "weapon_description",
            "number_delivered",
            "delivery_years",
            "status",
            "tiv_per_unit",
            "tiv_total_order",
            "tiv_delivered",
        ],
        text=True,
    )
    deals = deals.assign(iso3=deals["recipient"].map(iso3_by_name(allies, SPELLINGS)))
    wanted = deals["iso3"].notna() & (deals["supplier"] == USA)
    return deals[wanted & (deals["order_year"].astype(int) >= FIRST_ORDER_YEAR)]


def _categories(folder: Path, descriptions: pd.Series) -> pd.Series:
    path = find_original(folder, "weapon_description_category.csv")
    known = read_original(path, ["weapon_description", "armament_category"], text=True)
    categories = descriptions.map(known.set_index("weapon_description")["armament_category"])
    unknown = sorted(descriptions[categories.isna()].unique())
    raise_if_any(
        [
            Fault(
                str(path),
                f"weapon_description {description!r}",
                "every description of the register must have an armament category",
                "not in the list",
                "Aircraft, Missiles, Ships …",
                "add a line with its category",
            )
            for description in unknown
        ]
    )
    return categories


def _whole(cells: pd.Series) -> pd.Series:
    return numbers(cells).astype("Int64")
