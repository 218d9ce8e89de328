"""Facts tables of spending and of the economy."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from underbalance.schemas.columns import (
    LAST_YEAR,
    code,
    iso3,
    iso_date,
    logical,
    number,
    table,
    year,
)

# series that cannot lie outside of these bounds, in their units
SERIES_RANGES = {
    "debt": (0, 1000),
    "expenditure": (0, 200),
    "fiscal_balance": (-100, 100),
    "gdp_usd_bn": (0.01, 100_000),
    "inflation": (-30, 10_000),
    "population_m": (0.01, 2000),
    "primary_balance": (-100, 100),
    "real_growth": (-60, 100),
    "structural_balance": (-100, 100),
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


def milex() -> pa.DataFrameSchema:
    """Military expenditure by ally and year (SIPRI)."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1988, LAST_YEAR),
            # a fraction: no ally since 1988 spent more than a sixth, so a percentage falls outside
            "share_gdp": number(0, 0.3),
            "share_gdp_quality": code(QUALITY),
            "constant_usd_m": number(0, 500_000),
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
            "year": year(1983, LAST_YEAR),
            "series": code(SERIES),
            "source": code(("imf_weo", "wb_fiscal_space")),
            "value": number(nullable=False),
            "status": code(("observed", "estimate")),
        },
        ["iso3", "year", "series", "source"],
        _within_range_of_series(),
    )


def economy_vintages() -> pa.DataFrameSchema:
    """Values of the years about each edition of the World Economic Outlook, as it had them."""
    return table(
        {
            "vintage": iso_date(month=True),
            "iso3": iso3(),
            "year": year(2020, 2027),
            "series": code(SERIES),
            "value": number(nullable=False),
        },
        ["vintage", "iso3", "year", "series"],
        _within_range_of_series(),
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "economy": economy,
    "economy_vintages": economy_vintages,
    "milex": milex,
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
