"""Schemas of the outcome tables in data/processed/outcomes.

Every outcome table has the columns iso3, year (the year the case counts for) and is_ally
(a defence commitment of the USA was in force in that year); samples are chosen later.
"""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.outcomes.execution import IMPLAUSIBLE, REDEFINED
from underbalance.schemas.columns import code, iso3, logical, number, table, text, year

YEARS = (1945, 2100)


def delivery() -> pa.DataFrameSchema:
    """Orders of US arms until their first delivery."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "is_ally": logical(),
            "deal_id": number(1, nullable=False, whole=True),
            "years_to_delivery": number(0, 60, nullable=False, whole=True),
            "delivered": logical(),
        },
        ["deal_id"],
    )


def effort() -> pa.DataFrameSchema:
    """Growth of real military expenditure and reversals of its sign."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "is_ally": logical(),
            "effort_growth": number(nullable=False),
            "reversal": logical(nullable=True),
        },
        ["iso3", "year"],
    )


def alignment() -> pa.DataFrameSchema:
    """Change of the distance to the USA in the UN General Assembly."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "is_ally": logical(),
            "alignment_change": number(nullable=False),
            "alignment_shift": number(0, nullable=False),
        },
        ["iso3", "year"],
    )


def execution() -> pa.DataFrameSchema:
    """Spending carried out against what was planned or first reported."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "is_ally": logical(),
            "source": code(("nato", "sipri")),
            "basis": code(("constant_usd", "national_currency")),
            "planned_edition": text(empty=False),
            "outcome_edition": text(empty=False),
            "execution": number(-IMPLAUSIBLE, IMPLAUSIBLE, nullable=False),
            "execution_error": number(0, IMPLAUSIBLE, nullable=False),
            "shortfall": logical(),
            "settled_revision": number(-REDEFINED, REDEFINED),
            "equipment_gap": number(-100, 100),
        },
        ["iso3", "year", "source"],
    )


def pledge() -> pa.DataFrameSchema:
    """Years from NATO's pledges of 2014 until they were met."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "is_ally": logical(),
            "pledge": code(("equipment", "gdp")),
            "years_to_pledge": number(0, 60, whole=True),
            "reached": logical(nullable=True),
            "at_target_at_start": logical(),
            "kept": logical(nullable=True),
            "ends_in_estimate": logical(),
        },
        ["iso3", "pledge"],
    )


OUTCOME_TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "alignment": alignment,
    "delivery": delivery,
    "effort": effort,
    "execution": execution,
    "pledge": pledge,
}
