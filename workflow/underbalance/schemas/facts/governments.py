"""Facts tables of governments and of the parties that make them."""

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
from underbalance.schemas.facts.periods import no_overlap

CAMPS = ("leftist", "centrist", "rightist", "none", "no information", "not applicable")


def cabinets() -> pa.DataFrameSchema:
    """Cabinets with their parties' seats and positions (ParlGov)."""
    return table(
        {
            "iso3": iso3(),
            "cabinet_id": number(1, nullable=False, whole=True),
            "cabinet": text(empty=False),
            "start": iso_date(),
            "end": iso_date(empty=True),
            "election_date": iso_date(),
            "prime_minister": text(empty=False),
            "caretaker": logical(),
            "parties": number(0, 12, nullable=False, whole=True),
            "seats_government": number(0, 800, nullable=False, whole=True),
            "seats_parties": number(1, 800, nullable=False, whole=True),
            "seats_total": number(30, 800, nullable=False, whole=True),
            "seats_doubtful": logical(),
            "seat_share": number(0, 1),
            "minority": logical(nullable=True),
            "left_right": number(0, 10),
            "left_right_pm": number(0, 10),
        },
        ["iso3", "start"],
        not_reversed("start", "end"),
        not_reversed("election_date", "end"),
        no_overlap(["iso3"]),
        not_reversed("seats_government", "seats_parties"),
    )


def leader_ideology() -> pa.DataFrameSchema:
    """Heads of government and effective leaders on 31 December with their camp."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1982, LAST_YEAR),
            "head_of_government": text(),
            "hog_ideology": code(CAMPS),
            "leader": text(),
            "leader_ideology": code(CAMPS),
        },
        ["iso3", "year"],
    )


def party_governments() -> pa.DataFrameSchema:
    """Parliament and government after each election, from V-Party's parties."""
    return table(
        {
            "iso3": iso3(),
            "date": iso_date(),
            "parties": number(0, 40, nullable=False, whole=True),
            # shares are rounded in the source, so their sum may pass 1
            "seats_listed": number(0.5, 1.01, nullable=False),
            "government_parties": number(1, 12, whole=True),
            "has_senior_partner": logical(nullable=True),
            "government_seat_share": number(0, 1.01),
            "left_right_government": number(-5, 5),
            "left_right_parliament": number(-5, 5),
            "left_right_sd": number(0, 5),
            "populism_government": number(0, 1),
            "populism_parliament": number(0, 1),
            "antipluralism_government": number(0, 1),
            "antipluralism_parliament": number(0, 1),
        },
        ["iso3", "date"],
        not_reversed("government_parties", "parties"),
    )


def manifesto_positions() -> pa.DataFrameSchema:
    """Positions of parliaments on the military and on foreign special relations."""
    columns = {
        f"{topic}_{statistic}": number(-100 if statistic == "mean" else 0, 100)
        for topic in ("military", "special_relations")
        for statistic in ("mean", "sd", "range")
    }
    return table(
        {
            "iso3": iso3(),
            "date": iso_date(),
            "programmes": number(0, 40, nullable=False, whole=True),
            "seats_covered": number(0, 1, nullable=False),
            **columns,
        },
        ["iso3", "date"],
    )


def cabinet_retention() -> pa.DataFrameSchema:
    """Size of the cabinet each July and the share kept from the July before (WhoGov)."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1984, LAST_YEAR),
            "ministers": number(1, 100, nullable=False, whole=True),
            "core_members": number(1, 100, nullable=False, whole=True),
            "parties": number(0, 20, nullable=False, whole=True),
            "retention_ministers": number(0, 1),
            "retention_core": number(0, 1),
        },
        ["iso3", "year"],
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "cabinet_retention": cabinet_retention,
    "cabinets": cabinets,
    "leader_ideology": leader_ideology,
    "manifesto_positions": manifesto_positions,
    "party_governments": party_governments,
}
