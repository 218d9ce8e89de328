"""Facts tables of arms deals."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    iso3,
    logical,
    not_more,
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
# more units than the largest order of the register, of 57,000 rockets
MOST_UNITS = 100_000
# more than twice the largest order, in million TIV
MOST_TIV = 20_000


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
            "number_ordered": number(0, MOST_UNITS, whole=True),
            "number_delivered": number(0, MOST_UNITS, nullable=False, whole=True),
            "first_delivery_year": year(1990, 2026, nullable=True),
            "last_delivery_year": year(1990, 2026, nullable=True),
            "tiv_per_unit": number(0, MOST_TIV, nullable=False),
            "tiv_order": number(0, MOST_TIV, nullable=False),
            "tiv_delivered": number(0, MOST_TIV, nullable=False),
        },
        ["deal_id"],
        not_reversed("order_year", "first_delivery_year"),
        not_reversed("first_delivery_year", "last_delivery_year"),
        not_more("number_delivered", "number_ordered"),
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
            "value_usd_m": number(0, 100_000),
            "value_usd_m_high": number(0, 100_000),
            # in won
            "value_local_m": number(0, 100_000_000),
            "value_currency": text(),
            "planned_delivery_first": year(1980, 2060, nullable=True),
            "planned_delivery_last": year(1980, 2060, nullable=True),
            "planned_qualifier": text(),
            "delayed_from_first": year(1980, 2060, nullable=True),
            "delayed_from_last": year(1980, 2060, nullable=True),
        },
        ["deal_id"],
        not_more("value_usd_m", "value_usd_m_high"),
        not_reversed("planned_delivery_first", "planned_delivery_last"),
        not_reversed("delayed_from_first", "delayed_from_last"),
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "deal_notes": deal_notes,
    "deals": deals,
}
