"""Facts tables of threats to the allies."""

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
    not_reversed,
    number,
    state,
    table,
    text,
    year,
)

RANGE_CLASSES = ("HGV", "ICBM", "IRBM", "MRBM", "SLBM", "SLV", "SRBM", "unknown")
LAUNCH_OUTCOMES = ("failure", "success", "unknown")
LONGEST_KM = 20_038  # half the circumference of the earth


def geopolitical_risk() -> pa.DataFrameSchema:
    """Geopolitical risk in the news about the ally, mean of the year."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, LAST_YEAR),
            "gpr": number(0, 10, nullable=False),
            "months": number(1, 12, nullable=False, whole=True),
        },
        ["iso3", "year"],
    )


def rivalries() -> pa.DataFrameSchema:
    """Strategic rivalries of the ally alive since 1985."""
    return table(
        {"iso3": iso3(), **_rivalry_columns()},
        ["iso3", "rival", "list", "start"],
        not_reversed("start", "end"),
        _other_state("rival"),
    )


def us_rivalries() -> pa.DataFrameSchema:
    """Strategic rivalries of the USA alive since 1985."""
    return table(_rivalry_columns(), ["rival", "list", "start"], not_reversed("start", "end"))


def capabilities() -> pa.DataFrameSchema:
    """Material capabilities of allies and rivals."""
    return table(
        {
            "state": state(),
            "year": year(1985, LAST_YEAR),
            "cinc": number(0, 1, nullable=False),
            "milex_thousand_usd": number(0, 2e9),
            "personnel_thousand": number(0, 10_000),
        },
        ["state", "year"],
    )


def distances() -> pa.DataFrameSchema:
    """Distances between allies and rivals on 31 December."""
    return table(
        {
            "iso3": iso3(),
            "rival": state(),
            "year": year(1985, LAST_YEAR),
            "capital_km": number(1, LONGEST_KM, nullable=False),
            "min_km": number(0, LONGEST_KM),
            "contiguity": number(0, 5, whole=True),
        },
        ["iso3", "rival", "year"],
        _other_state("rival"),
    )


def missile_launches() -> pa.DataFrameSchema:
    """Missiles launched by North Korea."""
    return table(
        {
            "date": iso_date(month=True),
            "missile": text(empty=False),
            "salvo": number(1, 50, whole=True),
            "range_class": code(RANGE_CLASSES),
            "outcome": code(LAUNCH_OUTCOMES),
        },
        ["date", "missile", "salvo"],
    )


def disputes() -> pa.DataFrameSchema:
    """Years of militarised disputes of the ally with an opponent."""
    return table(
        {
            "iso3": iso3(),
            "opponent": state(),
            "dispute": number(1, nullable=False, whole=True),
            "year": year(1985, LAST_YEAR),
            "list": code(("cow_mid", "gml")),
            "onset": logical(),
            "target": logical(),
            "originator": logical(),
            "hostility": number(1, 5, nullable=False, whole=True),
            "hostility_opponent": number(1, 5, nullable=False, whole=True),
        },
        ["iso3", "opponent", "dispute", "year", "list"],
        _other_state("opponent"),
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "capabilities": capabilities,
    "disputes": disputes,
    "distances": distances,
    "geopolitical_risk": geopolitical_risk,
    "missile_launches": missile_launches,
    "rivalries": rivalries,
    "us_rivalries": us_rivalries,
}


def _rivalry_columns() -> dict[str, pa.Column]:
    return {
        "rival": state(),
        "list": code(("td", "tss")),
        "start": year(1494, LAST_YEAR),
        "end": year(1985, LAST_YEAR, nullable=True),
        "positional": logical(),
        "spatial": logical(),
        "ideological": logical(),
        "interventionary": logical(),
        "principal": logical(nullable=True),
        "asymmetric_principal": logical(nullable=True),
    }


def _other_state(column: str) -> pa.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame["iso3"] != frame[column]

    error = f"{column} must be another state|a state that is not the ally|correct one of the two"
    return pa.Check(holds, error=error)
