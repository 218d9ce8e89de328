"""Schemas of the tables in data/processed. Labels, units and formulas are in the codebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandera.pandas as pa

from underbalance.clean.commitments import MATCH_RULES, WINDOW_YEARS
from underbalance.clean.deals import EXCLUSIONS
from underbalance.config import Coding
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
from underbalance.schemas.facts.deals import CATEGORIES
from underbalance.schemas.facts.deals import deal_notes as raw_deal_notes
from underbalance.schemas.facts.deals import deals as raw_deals
from underbalance.schemas.facts.spending import QUALITY
from underbalance.schemas.outcomes import OUTCOME_TABLES

YEARS = (1945, 2100)
STATUSES = ("observed", "outside", "missing")


def country_years() -> pa.DataFrameSchema:
    """Yearly variables of the listed allies before obstacles are coded."""
    return table(
        {
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
            "debt": number(0),
            "expenditure": number(0, 200),
            "enpp": number(1),
            "election_date": iso_date(empty=True),
            "divided_control": number(-5, 5),
            "polarization": number(-5, 5),
            "legislative_constraints": number(0, 1),
            "polyarchy": number(0, 1),
            "ideal_point": number(-10, 10),
            "ideal_point_usa": number(-10, 10),
            "ideal_point_distance": number(0, 20),
            "us_troops": number(0, whole=True),
            "us_troops_per_1000": number(0),
        },
        ["iso3", "year"],
    )


def ally_year(codings: Mapping[str, Coding]) -> pa.DataFrameSchema:
    """Country-years with turnover, z-scores and obstacle indices."""
    columns = country_years().columns | {"turnover_3y": number(0, whole=True)}
    for name, coding in codings.items():
        columns |= {f"z_{part.variable}": number() for part in coding.components}
        most = len(coding.components)
        columns |= {name: number(), f"{name}_components": number(0, most, False, whole=True)}
    return table(columns, ["iso3", "year"])


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


def deals() -> pa.DataFrameSchema:
    """US arms deals with the register's notes and the rule that counts them."""
    columns = raw_deals().columns | raw_deal_notes().columns
    columns |= {
        "tiv_order": number(0),
        "is_ally": logical(),
        "delivered": logical(),
        "years_to_delivery": number(0, 50, whole=True),
        "order_cohort": text(empty=False),
        "exclusion": code(("", *EXCLUSIONS)),
    }
    return table(columns, ["deal_id"])


def deal_spells() -> pa.DataFrameSchema:
    """Start–stop rows of the deals that the delivery outcome counts."""
    return table(
        {
            "deal_id": number(1, nullable=False, whole=True),
            "iso3": iso3(),
            "year": year(*YEARS),
            "start": number(0, nullable=False, whole=True),
            "stop": number(1, nullable=False, whole=True),
            "years_since_order": number(0, nullable=False, whole=True),
            "delivered": logical(),
            "is_ally": logical(),
            "order_year": year(*YEARS),
            "order_cohort": text(empty=False),
            "category": code(CATEGORIES),
            "order_year_uncertain": logical(),
            "local_production": logical(),
            "for_other_platform": logical(),
            "log_deal_size": number(),
        },
        ["deal_id", "start"],
    )


def notification_orders() -> pa.DataFrameSchema:
    """US notices by system family with the orders that followed."""
    return table(
        {
            "notice_id": text(empty=False),
            "family": text(empty=False),
            "iso3": iso3(),
            "year": year(*YEARS),
            "notice_date": iso_date(),
            "cost_usd_m": number(0),
            "families_in_notice": number(1, nullable=False, whole=True),
            "competing": logical(),
            "deal_id": number(1, whole=True),
            "order_year": year(*YEARS, nullable=True),
            "order_year_uncertain": logical(nullable=True),
            "years_to_order": number(0, WINDOW_YEARS, whole=True),
            "match_rule": code(MATCH_RULES),
            "ambiguous": logical(),
        },
        ["notice_id", "family"],
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


PROCESSED: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "country_years": country_years,
    "leader_spells": leader_spells,
    "deals": deals,
    "deal_spells": deal_spells,
    "ledger": ledger,
    "notification_orders": notification_orders,
    "coverage": coverage,
    **{f"outcome.{name}": schema for name, schema in OUTCOME_TABLES.items()},
}
