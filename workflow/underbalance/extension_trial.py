"""What the analysis would make of an extension, found by making it, without writing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from underbalance.clean.country_years import Plan, country_years
from underbalance.clean.deals import clean_deals
from underbalance.clean.leaders import merge_spells
from underbalance.clean.legal import adjudicate
from underbalance.clean.notification_orders import notification_orders
from underbalance.coding.obstacles import code_ally_years
from underbalance.config import read_codings, read_config, read_groups
from underbalance.extensions import raw_files, with_in_force
from underbalance.families import read_families
from underbalance.outcomes.catalogue import OUTCOMES, Inputs
from underbalance.own.definitions import read_own
from underbalance.registry import last_year_of, read_allies, read_sources
from underbalance.samples import members_of, resolve_reference
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED
from underbalance.stages import read_facts, read_shipped
from underbalance.tables import check_frame

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Trial:
    """What the rules of cleaning and coding make with one extension in force.

    Parameters
    ----------
    years : ally-years of all allies with all codings, and ``in_reference``.
    counting : the ally's rows of it that count.
    outcomes : the rows of the ally in each outcome of the design, by name.
    """

    years: pd.DataFrame
    counting: pd.DataFrame
    outcomes: Mapping[str, pd.DataFrame]


def trial_of(iso3: str) -> Trial:
    """Return what a run that names the ally would make of its extension, which must be sound."""
    with with_in_force([iso3]):
        shipped_leaders = read_shipped(_paths("leaders"))["leaders"]
        facts, own = read_facts(_paths(*FACTS)), read_facts(_paths(*read_own().variables))
        law = _held(adjudicate(facts["legal_constraints"])[0], "legal")
        plan = _plan()
        years, _ = country_years({**facts, "legal": law}, plan, own)
        years = _held(years, "country_years")
        spells, _ = merge_spells(facts["leaders"], plan.allies, shipped_leaders)
        given = Inputs(
            facts, {"country_years": years, **_orders(iso3, facts, years, plan)}, plan.sources
        )
        built = {name: outcome.build(given)[0] for name, outcome in OUTCOMES.items()}
        coded = _coded(years, _held(spells, "leader_spells"), plan)
    of_ally = _of(iso3, coded)
    counting = of_ally[of_ally["is_ally"].astype(bool)]
    return Trial(coded, counting, {name: _of(iso3, rows) for name, rows in built.items()})


def _paths(*names: str) -> list[str]:
    return [str(path) for name in names for path in raw_files(name)]


def _plan() -> Plan:
    """Return what workflow/rules/clean.smk gives to the cleaning of country-years."""
    config, allies = read_config(), read_allies()
    return Plan(
        allies,
        read_sources(),
        config.first_year,
        config.last_year,
        members_of(config.reference.sample, read_groups(), allies),
        (config.reference.first_year, config.reference.last_year),
        config.election_valid_years,
    )


def _orders(iso3: str, facts: Tables, years: pd.DataFrame, plan: Plan) -> Tables:
    """Return the processed tables that outcomes are made of, beside country_years."""
    last_year = last_year_of(plan.sources, "deals")
    deals = _held(clean_deals(facts["deals"], facts["deal_notes"], years, last_year)[0], "deals")
    # the orders of an ally are matched with its own notices only; no table can be empty
    both = facts["notifications"], deals
    own = [_of(iso3, rows) for rows in both]
    notices, ordered = both if any(rows.empty for rows in own) else own
    orders, _ = notification_orders(notices, ordered, read_families())
    return {"deals": deals, "notification_orders": _held(orders, "notification_orders")}


def _coded(years: pd.DataFrame, spells: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    codings, groups = read_codings(), read_groups()
    references = {
        name: resolve_reference(coding.reference, groups, plan.allies)
        for name, coding in codings.items()
        if coding.reference
    }
    return code_ally_years(years, spells, codings, references)[0]


def _held(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table in the types that a later step reads it in."""
    return check_frame(frame, PROCESSED[name](), name)


def _of(iso3: str, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["iso3"] == iso3].reset_index(drop=True)
