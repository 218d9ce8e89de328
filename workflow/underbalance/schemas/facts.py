"""Schemas of the facts tables in data/raw.

The years are the widest the project ships; what each source covers within them is in
config/sources.csv.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    table,
    text,
    year,
)

# series that cannot lie outside of these bounds, in their units
SERIES_RANGES = {
    "debt": (0, 1000),
    "expenditure": (0, 200),
    "gdp_usd_bn": (0.01, 100_000),
    "population_m": (0.01, 2000),
    "unemployment": (0, 100),
}
QUALITY = ("", "estimate", "uncertain")
SERIES = (
    "debt",
    "expenditure",
    "fiscal_balance",
    "gdp_usd_bn",
    "inflation",
    "population_m",
    "primary_balance",
    "real_growth",
    "structural_balance",
    "unemployment",
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
COMMITMENTS = (
    "ANZUS",
    "MNNA",
    "MNNA_equivalent",
    "NATO",
    "bilateral_defence_treaty",
    "collective_defence_pledge",
)
LEADER_SOURCES = ("archigos", "reign", "whogov")


def milex() -> pa.DataFrameSchema:
    """Military expenditure by ally and year (SIPRI)."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1988, 2025),
            "share_gdp": number(0, 1),
            "share_gdp_quality": code(QUALITY),
            "constant_usd_m": number(0),
            "constant_usd_quality": code(QUALITY),
            "adopted_budget": logical(),
            "excludes_pensions": logical(),
            "excludes_paramilitary": logical(),
        },
        ["iso3", "year"],
    )


def economy() -> pa.DataFrameSchema:
    """Macroeconomic and fiscal series, one row per ally, year, series and source."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1983, 2025),
            "series": code(SERIES),
            "source": code(("imf_weo", "wb_fiscal_space")),
            "value": number(nullable=False),
            "status": code(("observed", "estimate")),
        },
        ["iso3", "year", "series", "source"],
        _within_range_of_series(),
    )


def leaders() -> pa.DataFrameSchema:
    """Spells of leaders as each source has them."""
    return table(
        {
            "iso3": iso3(),
            "source": code(LEADER_SOURCES),
            "leader": text(empty=False),
            "start": iso_date(),
            "end": iso_date(empty=True, month=True),
            "in_office": logical(),
            "party": text(),
            "first_snapshot": year(1960, 2030, nullable=True),
            "last_snapshot": year(1960, 2030, nullable=True),
        },
        ["iso3", "source", "leader", "start", "end"],
        not_reversed("start", "end"),
    )


def elections() -> pa.DataFrameSchema:
    """Lower-house elections: effective number of parliamentary parties."""
    return table(
        {
            "iso3": iso3(),
            "date": iso_date(),
            "source": code(("democratic_electoral_systems", "ppeg")),
            "enpp": number(1, nullable=False),
            "largest_seat_share": number(0, 1),
            "seats": number(1, whole=True),
        },
        ["iso3", "date", "source"],
        not_reversed("enpp", "seats"),
    )


def institutions() -> pa.DataFrameSchema:
    """V-Dem indices of political institutions."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, 2025),
            "divided_control": number(-5, 5),
            "polarization": number(-5, 5),
            "legislative_constraints": number(0, 1),
            "polyarchy": number(0, 1),
            "legislature_closed": logical(nullable=True),
        },
        ["iso3", "year"],
    )


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


def ideal_points() -> pa.DataFrameSchema:
    """UN General Assembly ideal points of the ally and of the USA."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, 2025),
            "ideal_point": number(-10, 10),
            "ideal_point_usa": number(-10, 10),
            "ideal_point_all_votes": number(-10, 10),
            "ideal_point_all_votes_usa": number(-10, 10),
        },
        ["iso3", "year"],
    )


def us_troops() -> pa.DataFrameSchema:
    """US military personnel in the ally, by quarterly report."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, 2025),
            "month": number(1, 12, nullable=False, whole=True),
            "active_duty": number(0, nullable=False, whole=True),
            "all_personnel": number(0, nullable=False, whole=True),
        },
        ["iso3", "year", "month"],
    )


def alliance() -> pa.DataFrameSchema:
    """Formal commitments of the USA to the ally, with their dates."""
    return table(
        {
            "iso3": iso3(),
            "commitment": code(COMMITMENTS),
            "start": iso_date(),
            "end": iso_date(empty=True),
            "date_precision": code(("day", "year")),
            "date_verified": logical(),
        },
        ["iso3", "commitment", "start"],
        not_reversed("start", "end"),
    )


FACTS: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "alliance": alliance,
    "deal_notes": deal_notes,
    "deals": deals,
    "economy": economy,
    "elections": elections,
    "ideal_points": ideal_points,
    "institutions": institutions,
    "leaders": leaders,
    "milex": milex,
    "us_troops": us_troops,
}


def _within_range_of_series() -> pa.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        low = frame["series"].map({name: bounds[0] for name, bounds in SERIES_RANGES.items()})
        high = frame["series"].map({name: bounds[1] for name, bounds in SERIES_RANGES.items()})
        value = frame["value"]
        return ~((value < low.astype("float64")) | (value > high.astype("float64")))

    ranges = "; ".join(f"{name} {low:g} to {high:g}" for name, (low, high) in SERIES_RANGES.items())
    error = f"value must be possible for its series|{ranges}|correct the number or its unit"
    return pa.Check(holds, error=error)
