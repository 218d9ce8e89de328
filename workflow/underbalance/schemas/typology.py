"""Schemas of the typology: of ally-years, of periods, and its shares in a sample."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from underbalance.schemas.columns import YEARS, code, iso3, logical, number, table, text, year

# in the order of Yoo's Table 1: neither obstacle, political only, social only, both
TYPES: Final = ("effective", "inconsistent", "slow", "failing")
GROUPINGS: Final = ("all", "region", "decade")


def typology() -> pa.DataFrameSchema:
    """Types of the ally-years, at each quantile that cuts the obstacles."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "is_ally": logical(),
            "in_reference": logical(),
            "region": text(empty=False),
            "quantile": number(0, 1, nullable=False),
            "political": number(),
            "social": number(),
            "political_cut": number(nullable=False),
            "social_cut": number(nullable=False),
            "high_political": logical(nullable=True),
            "high_social": logical(nullable=True),
            "type": code(("", *TYPES)),
        },
        ["iso3", "year", "quantile"],
    )


def typology_periods() -> pa.DataFrameSchema:
    """Types of the allies over periods of years, at each quantile that cuts the obstacles."""
    return table(
        {
            "iso3": iso3(),
            "period_start": year(*YEARS),
            "period_end": year(*YEARS),
            "quantile": number(0, 1, nullable=False),
            "years": number(0, nullable=False, whole=True),
            "committed_years": number(0, nullable=False, whole=True),
            "political": number(),
            "social": number(),
            "high_political": logical(nullable=True),
            "high_social": logical(nullable=True),
            "type": code(("", *TYPES)),
        },
        ["iso3", "period_start", "quantile"],
    )


def typology_shares() -> pa.DataFrameSchema:
    """Return the schema of how many ally-years of a sample are of each type."""
    count = number(0, nullable=False, whole=True)
    return table(
        {
            "quantile": number(0, 1, nullable=False),
            "grouping": code(GROUPINGS),
            "group": text(empty=False),
            **dict.fromkeys(TYPES, count),
            **{f"share_{name}": number(0, 1) for name in TYPES},
            "not_known": count,
            "ally_years": count,
        },
        ["quantile", "grouping", "group"],
    )
