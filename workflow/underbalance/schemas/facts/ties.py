"""Facts tables of ties with the USA."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    LAST_YEAR,
    code,
    iso3,
    iso_date,
    logical,
    not_more,
    not_reversed,
    number,
    partial_date,
    table,
    text,
    year,
)
from underbalance.schemas.facts.periods import no_overlap

COMMITMENTS = (
    "ANZUS",
    "MNNA",
    "MNNA_equivalent",
    "NATO",
    "bilateral_defence_treaty",
    "collective_defence_pledge",
    "partner",
)

AGREEMENT_SCOPES = ("general", "sector")
AGREEMENT_CATEGORIES = ("COMMISSION", "DCA", "DIC", "PROCUREMENT", "RESEARCH", "TREX")


def agreements() -> pa.DataFrameSchema:
    """Bilateral defence agreements, one row per agreement and listed ally."""
    return table(
        {
            "agreement_id": text(empty=False),
            "iso3": iso3(),
            "partner_cow": number(2, 990, nullable=False, whole=True),
            "with_usa": logical(),
            "signed": partial_date(),
            "entered_into_force": partial_date(empty=True),
            "scope": code(AGREEMENT_SCOPES),
            "category": code(AGREEMENT_CATEGORIES),
            "category_2": code(("", *AGREEMENT_CATEGORIES)),
            "category_3": code(("", *AGREEMENT_CATEGORIES)),
            "terminated": logical(nullable=True),
            "asymmetry": number(0, 2, whole=True),
            "source_is_treaty": logical(),
            "text_seen": logical(),
        },
        ["agreement_id", "iso3"],
    )


def exercises() -> pa.DataFrameSchema:
    """Multinational military exercises, one row per exercise and listed ally."""
    return table(
        {
            "exercise_id": text(empty=False),
            "iso3": iso3(),
            "start": partial_date(),
            "end": partial_date(empty=True),
            "with_usa": logical(),
            "participants": number(1, 100, nullable=False, whole=True),
            "command_post": logical(),
            "air": logical(),
            "land": logical(),
            "sea": logical(),
        },
        ["exercise_id", "iso3"],
    )


def us_aid() -> pa.DataFrameSchema:
    """Obligations of US military assistance by ally and fiscal year."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, LAST_YEAR),
            # obligations of earlier years that are taken back can outweigh new ones
            "military_aid_current_usd_m": number(-100, 10_000, nullable=False),
            "military_aid_constant_usd_m": number(-100, 10_000, nullable=False),
            "military_loans_current_usd_m": number(-100, 10_000, nullable=False),
        },
        ["iso3", "year"],
    )


def us_trade() -> pa.DataFrameSchema:
    """US imports from and exports to the ally by year."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, LAST_YEAR),
            "imports_usd_m": number(0, 1_000_000, nullable=False),
            "exports_usd_m": number(0, 1_000_000, nullable=False),
        },
        ["iso3", "year"],
    )


def alliance_atop() -> pa.DataFrameSchema:
    """Obligations between the ally and the USA by year, as ATOP codes them."""
    kinds = ("defence", "offence", "neutrality", "nonaggression", "consultation")
    return table(
        {"iso3": iso3(), "year": year(1985, LAST_YEAR), **{kind: logical() for kind in kinds}},
        ["iso3", "year"],
    )


def ratification() -> pa.DataFrameSchema:
    """Hurdle that a treaty must clear to be ratified, one score per ally."""
    hurdle = number(1, 4, nullable=False)
    return table({"iso3": iso3(), "ratification_hurdle": hurdle}, ["iso3"])


def ideal_points() -> pa.DataFrameSchema:
    """UN General Assembly ideal points of the ally and of the USA."""
    return table(
        {
            "iso3": iso3(),
            "year": year(1985, LAST_YEAR),
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
            "year": year(1985, LAST_YEAR),
            "month": number(1, 12, nullable=False, whole=True),
            "active_duty": number(0, 1_000_000, nullable=False, whole=True),
            "all_personnel": number(0, 1_000_000, nullable=False, whole=True),
        },
        ["iso3", "year", "month"],
        not_more("active_duty", "all_personnel"),
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
        no_overlap(["iso3", "commitment"]),
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "agreements": agreements,
    "alliance": alliance,
    "alliance_atop": alliance_atop,
    "exercises": exercises,
    "ideal_points": ideal_points,
    "ratification": ratification,
    "us_aid": us_aid,
    "us_trade": us_trade,
    "us_troops": us_troops,
}
