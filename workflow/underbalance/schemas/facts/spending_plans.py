"""Facts tables of spending as planned, first reported and carried out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from underbalance.schemas.columns import LAST_YEAR, code, iso3, logical, number, table, year
from underbalance.schemas.facts.spending import QUALITY

NATO_EDITIONS = ("2016-01", "2019-06", "2022-06", "2024-06")
# bounds that no ally's figure lies beyond, in the unit at the end of the name
NATO_SERIES = {
    "defence_national_constant_m": (10, 3_000_000),
    "defence_national_m": (10, 3_000_000),
    "defence_usd_constant_m": (10, 200_000),
    "defence_usd_m": (10, 200_000),
    "equipment_percent": (0, 100),
    "gdp_percent": (0.1, 10),
    "gdp_usd_constant_m": (1000, 10_000_000),
    "gdp_usd_m": (1000, 10_000_000),
    "infrastructure_percent": (0, 100),
    "other_percent": (0, 100),
    "personnel_percent": (0, 100),
    "personnel_thousands": (0.1, 1000),
    "real_change_percent": (-90, 300),
}
EDA_EDITIONS = (2015, 2023)
EDA_SERIES = (
    "collaborative_procurement",
    "equipment_procurement",
    "european_collaborative_procurement",
    "investment",
    "research_development",
    "total_expenditure",
)


def milex_releases() -> pa.DataFrameSchema:
    """Military expenditure as first reported and as reported in 2025 (SIPRI)."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, LAST_YEAR),
            "release_year": year(2016, 2025),
            # Montenegro's is the smallest, in won it is some 60 million million
            "local_currency_m": number(20, 100_000_000, nullable=False),
            "currency": _currency(),
            "quality": code(QUALITY),
            "adopted_budget": logical(),
        },
        ["iso3", "year", "release_year"],
    )


def nato_editions() -> pa.DataFrameSchema:
    """Defence expenditure, equipment and personnel in four editions of NATO's tables."""
    return table(
        {
            "iso3": iso3(),
            "year": year(2008, LAST_YEAR),
            "edition": code(NATO_EDITIONS),
            "series": code(NATO_SERIES),
            "value": number(nullable=False),
            "currency": _currency(empty=True),
            "price_base": year(2010, 2015, nullable=True),
            "estimate": logical(),
        },
        ["iso3", "year", "edition", "series"],
        _within_range(),
    )


def eda_procurement() -> pa.DataFrameSchema:
    """Defence expenditure and collaborative procurement of EDA members, by edition."""
    return table(
        {
            "iso3": iso3(),
            "year": year(2005, LAST_YEAR),
            "edition": year(*EDA_EDITIONS),
            "series": code(EDA_SERIES),
            "value": number(0, 200_000),
            "status": code(("observed", "estimate", "confidential")),
        },
        ["iso3", "year", "edition", "series"],
        _confidential_is_empty(),
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "eda_procurement": eda_procurement,
    "milex_releases": milex_releases,
    "nato_editions": nato_editions,
}


def _currency(empty: bool = False) -> pa.Column:
    pattern = r"^(?:[A-Z]{3})?$" if empty else r"^[A-Z]{3}$"
    error = "must be an ISO 4217 code|three capital letters|correct the code"
    return pa.Column("str", pa.Check.str_matches(pattern, error=error))


def _within_range() -> pa.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        low = frame["series"].map({name: bounds[0] for name, bounds in NATO_SERIES.items()})
        high = frame["series"].map({name: bounds[1] for name, bounds in NATO_SERIES.items()})
        value = frame["value"]
        return ~((value < low.astype("float64")) | (value > high.astype("float64")))

    ranges = "; ".join(f"{name} {low:g} to {high:g}" for name, (low, high) in NATO_SERIES.items())
    error = f"value must be possible for its series|{ranges}|correct the number or its unit"
    return pa.Check(holds, error=error)


def _confidential_is_empty() -> pa.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame["value"].isna() == (frame["status"] == "confidential")

    error = (
        "only a confidential figure has no value|empty with confidential, else a number"
        "|correct one of the two"
    )
    return pa.Check(holds, error=error)
