"""Schemas of the orders of US arms, their years at risk, and the notices before them."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import (
    YEARS,
    code,
    iso3,
    iso_date,
    logical,
    number,
    table,
    text,
    year,
)
from underbalance.schemas.facts.deals import CATEGORIES
from underbalance.schemas.facts.deals import deal_notes as raw_deal_notes
from underbalance.schemas.facts.deals import deals as raw_deals
from underbalance.schemas.limits import EXCLUSIONS, ORDER_WINDOW_YEARS

MATCH_RULES = (
    "no_order",
    "one_to_one",
    "first_of_several_orders",
    "several_notices",
    "shared_order",
)


def deals() -> pa.DataFrameSchema:
    """US arms deals with the register's notes and the rule that counts them."""
    columns = raw_deals().columns | raw_deal_notes().columns
    columns |= {
        "tiv_order": number(0),
        "is_ally": logical(),
        "delivered": logical(),
        "years_to_delivery": number(0, 50, whole=True),
        "order_cohort": text(empty=False),
        "burden": number(0),
        "exclusion": code(("", *EXCLUSIONS)),
    }
    return table(columns, ["deal_id"])


def deal_spells() -> pa.DataFrameSchema:
    """Start–stop rows of the deals that the delivery outcome counts."""
    return table(
        {
            "deal_id": number(1, nullable=False, whole=True),
            "iso3": iso3(),
            "year": year(*YEARS),
            "start": number(0, nullable=False, whole=True),
            "stop": number(1, nullable=False, whole=True),
            "years_since_order": number(0, nullable=False, whole=True),
            "delivered": logical(),
            "is_ally": logical(),
            "order_year": year(*YEARS),
            "order_cohort": text(empty=False),
            "category": code(CATEGORIES),
            "order_year_uncertain": logical(),
            "local_production": logical(),
            "for_other_platform": logical(),
            "log_deal_size": number(),
            "burden": number(0),
        },
        ["deal_id", "start"],
    )


def notification_orders() -> pa.DataFrameSchema:
    """US notices by system family with the orders that followed."""
    return table(
        {
            "notice_id": text(empty=False),
            "family": text(empty=False),
            "iso3": iso3(),
            "year": year(*YEARS),
            "notice_date": iso_date(),
            "cost_usd_m": number(0),
            "families_in_notice": number(1, nullable=False, whole=True),
            "competing": logical(),
            "deal_id": number(1, whole=True),
            "order_year": year(*YEARS, nullable=True),
            "order_year_uncertain": logical(nullable=True),
            "years_to_order": number(0, ORDER_WINDOW_YEARS, whole=True),
            "match_rule": code(MATCH_RULES),
            "ambiguous": logical(),
        },
        ["notice_id", "family"],
    )
