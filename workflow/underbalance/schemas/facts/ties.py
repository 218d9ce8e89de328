"""Facts tables of ties with the USA."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    table,
    year,
)

COMMITMENTS = (
    "ANZUS",
    "MNNA",
    "MNNA_equivalent",
    "NATO",
    "bilateral_defence_treaty",
    "collective_defence_pledge",
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


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "alliance": alliance,
    "ideal_points": ideal_points,
    "us_troops": us_troops,
}
