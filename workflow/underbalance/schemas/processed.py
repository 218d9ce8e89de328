"""Schemas of the tables in data/processed. Labels, units and formulas are in the codebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandera.pandas as pa

from underbalance.config import Coding, has_z_columns
from underbalance.own.schemas import variable_columns
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
from underbalance.schemas.facts.coded import HIGHEST_CODE
from underbalance.schemas.facts.spending import QUALITY
from underbalance.schemas.facts.threat import RANGE_CLASSES
from underbalance.schemas.legal import ITEM_COLUMNS, legal
from underbalance.schemas.observed_types import delay_medians, observed_types, predicted_types
from underbalance.schemas.orders import deal_spells, deals, notification_orders
from underbalance.schemas.outcomes import OUTCOME_TABLES
from underbalance.schemas.typology import typology, typology_periods

STATUSES = ("observed", "outside", "missing", "no_case")


def country_years() -> pa.DataFrameSchema:
    """Yearly variables of the listed allies before obstacles are coded."""
    return table(shipped_country_years() | variable_columns(), ["iso3", "year"])


def shipped_country_years() -> dict[str, pa.Column]:
    """Return the columns of country_years without those that the user adds."""
    return {
        "iso3": iso3(),
        "year": year(*YEARS),
        "name": text(empty=False),
        "region": text(empty=False),
        "is_ally": logical(),
        "commitment": text(),
        "in_reference": logical(),
        "milex_share_gdp": number(0, 1),
        "milex_constant_usd_m": number(0),
        "milex_quality": code(QUALITY),
        "milex_adopted_budget": logical(nullable=True),
        "effort_growth": number(),
        "gdp_usd_bn": number(0),
        "log_gdp": number(),
        "gdp_share": number(0),
        "population_m": number(0),
        "real_growth": number(-100),
        "growth_3y": number(-100),
        "inflation": number(-100),
        "unemployment": number(0, 100),
        "fiscal_balance": number(-100, 100),
        "primary_balance": number(-100, 100),
        "structural_balance": number(-100, 100),
        "expected_balance": number(-100, 100),
        "expected_balance_next": number(-100, 100),
        "debt": number(0),
        "expenditure": number(0, 200),
        "enpp": number(1),
        "election_date": iso_date(empty=True),
        "divided_control": number(-5, 5),
        "polarization": number(-5, 5),
        "legislative_constraints": number(0, 1),
        "polyarchy": number(0, 1),
        "cabinet_turnover_3y": number(0, 30, whole=True),
        "caretaker_days": number(0, 366, whole=True),
        "minority_government": logical(nullable=True),
        "government_seat_share": number(0, 1),
        "government_parties": number(0, 12, whole=True),
        "government_left_right": number(0, 10),
        "left_right_shift": number(0, 10),
        "cabinet_retention": number(0, 1),
        "leader_ideology": code(("", "leftist", "centrist", "rightist")),
        "ideology_shift_3y": number(0, 3, whole=True),
        "military_dispersion": number(0, 100),
        "special_relations_dispersion": number(0, 100),
        "elected_government_share": number(0, 1.01),
        "left_right_dispersion": number(0, 5),
        "ideal_point": number(-10, 10),
        "ideal_point_usa": number(-10, 10),
        "ideal_point_distance": number(0, 20),
        "us_troops": number(0, whole=True),
        "us_troops_per_1000": number(0),
        **{name: number(0, HIGHEST_CODE[item]) for item, name in ITEM_COLUMNS.items()},
        "us_troops_per_1000_personnel": number(0),
        "military_aid_gdp": number(-10, 100),
        "us_trade_gdp": number(0, 300),
        "ratification_hurdle": number(1, 4),
        "rivalries": number(0, whole=True),
        "rival_capabilities": number(0, 2),
        "rival_capability_ratio": number(0),
        "us_rival_capabilities": number(0, 2),
        "gpr": number(0, 10),
        "disputes": number(0, whole=True),
        "disputes_involved": number(0, whole=True),
        "us_arms_share_5y": number(0, 1),
    }


def ally_year(codings: Mapping[str, Coding]) -> pa.DataFrameSchema:
    """Country-years with turnover, z-scores and obstacle indices."""
    return table(country_years().columns | made_columns(codings), ["iso3", "year"])


def made_columns(codings: Mapping[str, Coding]) -> dict[str, pa.Column]:
    """Return the columns that coding adds to country_years."""
    columns = {"turnover_3y": number(0, whole=True)}
    for name, coding in codings.items():
        if has_z_columns(name, coding):
            columns |= {f"z_{part.variable}": number() for part in coding.components}
        columns[name] = number()
        if (most := len(coding.components)) > 1:
            columns[f"{name}_components"] = number(0, most, False, whole=True)
    return columns


def leader_spells() -> pa.DataFrameSchema:
    """Spells of leaders, without overlaps."""
    return table(
        {
            "iso3": iso3(),
            "spell": number(1, nullable=False, whole=True),
            "leader": text(),
            "start": iso_date(),
            "end": iso_date(empty=True),
            "status": code(("observed", "unobserved")),
            "interim": logical(),
            "in_office": logical(),
            "party": text(),
            "sources": text(),
            "days": number(0, whole=True),
            "covered_from": iso_date(),
            "covered_until": iso_date(),
        },
        ["iso3", "spell"],
        not_reversed("start", "end"),
    )


def ledger() -> pa.DataFrameSchema:
    """Return the schema of what was dropped, repaired, chosen or left empty, and why."""
    return table(
        {
            "table": text(empty=False),
            "key": text(empty=False),
            "rule": text(empty=False),
            "old": text(),
            "new": text(),
            "reason": text(empty=False),
        },
        ["table", "key", "rule", "old", "new", "reason"],
    )


def coverage() -> pa.DataFrameSchema:
    """Ally × year × source."""
    return table(
        {
            "iso3": iso3(),
            "year": year(*YEARS),
            "table": text(empty=False),
            "source": text(empty=False),
            "status": code(STATUSES),
        },
        ["iso3", "year", "table", "source"],
    )


def missile_launches_by_year() -> pa.DataFrameSchema:
    """North Korean missile launches by year and range class."""
    return table(
        {
            "year": year(*YEARS),
            "range_class": code(RANGE_CLASSES),
            "launches": number(0, nullable=False, whole=True),
            "failures": number(0, nullable=False, whole=True),
            "outcomes_unknown": number(0, nullable=False, whole=True),
        },
        ["year", "range_class"],
    )


PROCESSED: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "country_years": country_years,
    "leader_spells": leader_spells,
    "deals": deals,
    "deal_spells": deal_spells,
    "ledger": ledger,
    "notification_orders": notification_orders,
    "coverage": coverage,
    **{f"outcome.{name}": schema for name, schema in OUTCOME_TABLES.items()},
    "legal": legal,
    "missile_launches_by_year": missile_launches_by_year,
    "observed_types": observed_types,
    "delay_medians": delay_medians,
    "predicted_types": predicted_types,
    "typology": typology,
    "typology_periods": typology_periods,
}
