"""Facts tables of arms deals through time: deliveries, vintages of the register, orders by year."""

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
from underbalance.schemas.facts.deals import CONDITIONS, MOST_TIV, MOST_UNITS

# what a deal is called that no rule finds
LOST = ("ambiguous", "no_longer_covered", "not_found")
FATES = ("delivered", "partly", "undelivered", *LOST)
# the rules that find a deal of a register in a later one, the strictest first
FOUND_BY = (
    "sipri_id",
    "same",
    "value_revised",
    "deliveries_revised",
    "description_revised",
    "condition_revised",
    "order_year_revised",
    "number_revised",
    "designation_revised",
)
# and those that find the deal of a delivery in the register
EVENT_RULES = (
    "same_deliveries",
    "later_deliveries_added",
    "deliveries_revised",
    "order_year_revised",
    "through_2025_03",
)
EVENT_RELEASES = ("2024-04", "2026-02")
REGISTERS = ("2018-01", "2024-03", "2025-03", "2026-05")


def arms_orders() -> pa.DataFrameSchema:
    """Orders of major arms by ally and year, from all suppliers and from the USA."""
    columns = {"iso3": iso3(), "year": year(1985, 2025)}
    # no ally orders more than the 33 deals and 8,100 million TIV of the largest year
    for supplier in ("all", "usa"):
        columns |= {
            f"deals_{supplier}": number(0, 60, nullable=False, whole=True),
            f"tiv_{supplier}": number(0, MOST_TIV, nullable=False),
            f"year_uncertain_{supplier}": number(0, 60, nullable=False, whole=True),
            f"second_hand_{supplier}": number(0, 60, nullable=False, whole=True),
            f"without_tiv_{supplier}": number(0, 60, nullable=False, whole=True),
        }
    return table(
        columns,
        ["iso3", "year"],
        not_reversed("deals_usa", "deals_all"),
        not_reversed("tiv_usa", "tiv_all"),
        not_reversed("year_uncertain_all", "deals_all"),
        not_reversed("second_hand_all", "deals_all"),
        not_reversed("without_tiv_all", "deals_all"),
    )


def deal_events() -> pa.DataFrameSchema:
    """Deliveries of US arms, one row per deal and year."""
    return table(
        {
            "sipri_id": number(1, nullable=False, whole=True),
            "deal_id": number(1, whole=True),
            "match_rule": code(("", *EVENT_RULES)),
            "iso3": iso3(),
            "order_year": year(1990, 2026),
            "order_year_estimate": logical(nullable=True),
            "delivery_year": year(1990, 2025),
            "delivery_year_estimate": logical(nullable=True),
            "number_delivered": number(1, MOST_UNITS, nullable=False, whole=True),
            "number_delivered_estimate": logical(nullable=True),
            "release": code(EVENT_RELEASES),
        },
        ["sipri_id", "delivery_year"],
        not_reversed("order_year", "delivery_year"),
    )


def deal_vintages() -> pa.DataFrameSchema:
    """US deals that were open in an older register, and their fate in the later ones."""
    later = {
        f"{what}_{register.replace('-', '_')}": code(("", *values))
        for register in REGISTERS[1:]
        for what, values in (("fate", FATES), ("rule", FOUND_BY))
    }
    return table(
        {
            "vintage": code(REGISTERS[:-1]),
            "vintage_deal": number(1, nullable=False, whole=True),
            "year": year(2016, 2024),
            "case": text(empty=False),
            "iso3": iso3(),
            "order_year": year(1990, 2024),
            "order_year_uncertain": logical(),
            "designation": text(empty=False),
            "description": text(empty=False),
            "condition": code(("", *CONDITIONS)),
            "number_ordered": number(0, MOST_UNITS, whole=True),
            "number_delivered": number(0, MOST_UNITS, nullable=False, whole=True),
            "selected_not_ordered": logical(nullable=True),
            **later,
            "successor_possible": logical(nullable=True),
            "deal_id": number(1, whole=True),
        },
        ["vintage", "vintage_deal"],
        not_reversed("order_year", "year"),
    )


def deal_matches() -> pa.DataFrameSchema:
    """How many deals of a register each rule found again in the next one."""
    return table(
        {
            "vintage": code(REGISTERS[:-1]),
            "next_vintage": code(REGISTERS[1:]),
            "standing": code(("complete", "open")),
            "rule": code((*FOUND_BY, *LOST)),
            "deals": number(1, 10_000, nullable=False, whole=True),
        },
        ["vintage", "next_vintage", "standing", "rule"],
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "arms_orders": arms_orders,
    "deal_events": deal_events,
    "deal_matches": deal_matches,
    "deal_vintages": deal_vintages,
}
