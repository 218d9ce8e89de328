"""Facts tables of leaders, elections and institutions."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    LAST_YEAR,
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

LEADER_SOURCES = ("archigos", "reign", "whogov")


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
            "enpp": number(1, 50, nullable=False),
            "largest_seat_share": number(0, 1),
            "seats": number(1, 1000, whole=True),
        },
        ["iso3", "date", "source"],
        not_reversed("enpp", "seats"),
    )


def institutions() -> pa.DataFrameSchema:
    """V-Dem indices of political institutions."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, LAST_YEAR),
            "divided_control": number(-5, 5),
            "polarization": number(-5, 5),
            "legislative_constraints": number(0, 1),
            "polyarchy": number(0, 1),
            "legislature_closed": logical(nullable=True),
        },
        ["iso3", "year"],
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "elections": elections,
    "institutions": institutions,
    "leaders": leaders,
}
