"""Facts tables of arms deals."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    iso3,
    logical,
    not_reversed,
    number,
    table,
    text,
    year,
)

CATEGORIES = (
    "Air defence systems",
    "Aircraft",
    "Armoured vehicles",
    "Artillery",
    "Engines",
    "Missiles",
    "Naval weapons",
    "Other",
    "Satellites",
    "Sensors",
    "Ships",
)
CONDITIONS = ("new", "second hand", "second hand, modernised")


def deals() -> pa.DataFrameSchema:
    """US arms deals of the trade register, one row per deal."""
    return table(
        {
            "deal_id": number(1, nullable=False, whole=True),
            "iso3": iso3(),
            "order_year": year(1990, 2026),
            "order_year_uncertain": logical(),
            "designation": text(empty=False),
            "description": text(empty=False),
            "category": code(CATEGORIES),
            "condition": code(CONDITIONS),
            "number_ordered": number(0, whole=True),
            "number_delivered": number(0, nullable=False, whole=True),
            "first_delivery_year": year(1990, 2026, nullable=True),
            "last_delivery_year": year(1990, 2026, nullable=True),
            "tiv_per_unit": number(0, nullable=False),
            "tiv_order": number(0, nullable=False),
            "tiv_delivered": number(0, nullable=False),
        },
        ["deal_id"],
        not_reversed("order_year", "first_delivery_year"),
        not_reversed("first_delivery_year", "last_delivery_year"),
    )


def deal_notes() -> pa.DataFrameSchema:
    """Facts that the register states in its comments, one row per deal."""
    flags = (
        "part_of_larger_deal",
        "selected_not_ordered",
        "cancellation_mentioned",
        "embargo_mentioned",
        "option_mentioned",
        "offsets_mentioned",
        "local_production",
        "aid_funded",
        "for_other_platform",
        "modernisation_mentioned",
    )
    return table(
        {
            "deal_id": number(1, nullable=False, whole=True),
            **{flag: logical() for flag in flags},
            "value_usd_m": number(0),
            "value_usd_m_high": number(0),
            "value_local_m": number(0),
            "value_currency": text(),
            "planned_delivery_first": year(1980, 2060, nullable=True),
            "planned_delivery_last": year(1980, 2060, nullable=True),
            "planned_qualifier": text(),
            "delayed_from_first": year(1980, 2060, nullable=True),
            "delayed_from_last": year(1980, 2060, nullable=True),
        },
        ["deal_id"],
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "deal_notes": deal_notes,
    "deals": deals,
}
