"""Schemas of the outcome tables in data/processed/outcomes.

Every outcome table has the columns iso3, year (the year the case counts for) and is_ally
(a defence commitment of the USA was in force in that year); samples are chosen later.
"""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    YEARS,
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
from underbalance.schemas.facts.deal_histories import REGISTERS
from underbalance.schemas.facts.ties import AGREEMENT_CATEGORIES, AGREEMENT_SCOPES
from underbalance.schemas.limits import IMPLAUSIBLE, ORDER_WINDOW_YEARS, REDEFINED
from underbalance.schemas.orders import MATCH_RULES


def delivery() -> pa.DataFrameSchema:
    """Orders of US arms until their first delivery."""
    return table(
        {
            **_case_columns(),
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
            **_case_columns(),
            "effort_growth": number(nullable=False),
            "reversal": logical(nullable=True),
        },
        ["iso3", "year"],
    )


def alignment() -> pa.DataFrameSchema:
    """Change of the distance to the USA in the UN General Assembly."""
    return table(
        {
            **_case_columns(),
            "alignment_change": number(nullable=False),
            "alignment_shift": number(0, nullable=False),
        },
        ["iso3", "year"],
    )


def execution() -> pa.DataFrameSchema:
    """Spending carried out against what was planned or first reported."""
    return table(
        {
            **_case_columns(),
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
            **_case_columns(),
            "pledge": code(("equipment", "gdp")),
            "years_to_pledge": number(0, 60, whole=True),
            "reached": logical(nullable=True),
            "at_target_at_start": logical(),
            "kept": logical(nullable=True),
            "ends_in_estimate": logical(),
        },
        ["iso3", "pledge"],
    )


def agreement() -> pa.DataFrameSchema:
    """Defence agreements until they entered into force."""
    return table(
        {
            **_case_columns(),
            "agreement_id": text(empty=False),
            "with_usa": logical(),
            "scope": code(AGREEMENT_SCOPES),
            "category": code(AGREEMENT_CATEGORIES),
            "text_seen": logical(),
            "force_date_known": logical(),
            "months_to_force": number(0, 600, whole=True),
            "in_force": logical(nullable=True),
        },
        ["agreement_id", "iso3"],
    )


def exercises() -> pa.DataFrameSchema:
    """Exercises with the USA and their change."""
    return table(
        {
            **_case_columns(),
            "exercises": number(0, 200, nullable=False, whole=True),
            "exercises_growth": number(nullable=False),
            "exercises_change": number(0, nullable=False),
        },
        ["iso3", "year"],
    )


def loss() -> pa.DataFrameSchema:
    """Open deals of older registers, and whether they are gone from the newest."""
    return table(
        {
            **_case_columns(),
            "vintage": code(REGISTERS[:-1]),
            "vintage_deal": number(1, nullable=False, whole=True),
            "case": text(empty=False),
            "first_vintage": logical(),
            "order_year": year(*YEARS),
            "years_open": number(0, 60, nullable=False, whole=True),
            "fate": code(("delivered", "partly", "undelivered", "not_found")),
            "lost": logical(),
            "successor_possible": logical(nullable=True),
        },
        ["vintage", "vintage_deal"],
    )


def sourcing() -> pa.DataFrameSchema:
    """Change of the US share of arms orders between windows of five years."""
    return table(
        {
            **_case_columns(),
            "orders": number(1, 300, nullable=False, whole=True),
            "us_share_tiv": number(0, 1, nullable=False),
            "us_share_deals": number(0, 1, nullable=False),
            "sourcing_change": number(-1, 1, nullable=False),
            "sourcing_shift": number(0, 1, nullable=False),
            "sourcing_shift_deals": number(0, 1, nullable=False),
            "sourcing_yearly_change": number(-1, 1),
        },
        ["iso3", "year"],
    )


def adoption() -> pa.DataFrameSchema:
    """Allies and US system families until the first order."""
    return table(
        {
            **_case_columns(),
            "family": text(empty=False),
            "first_export_year": year(*YEARS),
            "first_export_uncertain": logical(),
            "export_may_precede_file": logical(),
            "at_risk_from": year(*YEARS),
            "at_risk_until": year(*YEARS),
            "years_at_entry": number(0, 60, nullable=False, whole=True),
            "years_to_adoption": number(0, 60, nullable=False, whole=True),
            "adopted": logical(),
            "is_first": logical(),
            "first_order_year_uncertain": logical(nullable=True),
            "third_party_year": year(*YEARS, nullable=True),
        },
        ["iso3", "family"],
        not_reversed("at_risk_from", "at_risk_until"),
        not_reversed("years_at_entry", "years_to_adoption"),
    )


def commitment() -> pa.DataFrameSchema:
    """US notices of requested sales until the order."""
    return table(
        {
            **_case_columns(),
            "notice_id": text(empty=False),
            "family": text(empty=False),
            "notice_date": iso_date(),
            "cost_usd_m": number(0),
            "burden": number(0),
            "families_in_notice": number(1, nullable=False, whole=True),
            "years_to_order": number(0, ORDER_WINDOW_YEARS, nullable=False, whole=True),
            "ordered": logical(),
            "lapsed": logical(),
            "censored": logical(),
            "years_low": number(0, ORDER_WINDOW_YEARS + 1, nullable=False),
            "years_high": number(0, ORDER_WINDOW_YEARS + 1),
            "order_year_uncertain": logical(nullable=True),
            "match_rule": code(MATCH_RULES),
            "ambiguous": logical(),
            "competing": logical(),
        },
        ["notice_id", "family"],
        not_reversed("years_low", "years_high"),
    )


OUTCOME_TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "adoption": adoption,
    "agreement": agreement,
    "alignment": alignment,
    "commitment": commitment,
    "delivery": delivery,
    "effort": effort,
    "execution": execution,
    "exercises": exercises,
    "loss": loss,
    "pledge": pledge,
    "sourcing": sourcing,
}


def _case_columns() -> dict[str, pa.Column]:
    return {"iso3": iso3(), "year": year(*YEARS), "is_ally": logical()}
