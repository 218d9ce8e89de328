"""All yearly variables of the listed allies in one table, before obstacles are coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from underbalance.clean.ally_years import ally_years, is_formal
from underbalance.clean.arms_orders import us_arms_share_by_year
from underbalance.clean.dependence import dependence
from underbalance.clean.economy import choose_economy, with_growth_3y
from underbalance.clean.economy_vintages import expected_balances
from underbalance.clean.elections import enpp_by_year
from underbalance.clean.governments import governments_by_year
from underbalance.clean.legal import legal_by_year
from underbalance.clean.milex import effort_growth, milex_by_year
from underbalance.clean.own_variables import with_own_variables
from underbalance.clean.panel import KEY
from underbalance.clean.threat import threat_by_year
from underbalance.clean.us_troops import us_troops_by_year
from underbalance.ledger import Ledger, join_ledgers

PERSONS_PER_MILLION = 1_000_000


@dataclass(frozen=True)
class Plan:
    """What cleaning needs beside the facts tables.

    Parameters
    ----------
    allies, sources : the lists of config/.
    first_year, last_year : years of the table.
    reference_members : allies of the reference sample.
    reference_years : first and last year of the reference sample.
    election_valid_years : how long an election result counts.
    """

    allies: pd.DataFrame
    sources: pd.DataFrame
    first_year: int
    last_year: int
    reference_members: frozenset[str]
    reference_years: tuple[int, int]
    election_valid_years: int


def country_years(
    facts: Mapping[str, pd.DataFrame],
    plan: Plan,
    own: Mapping[str, pd.DataFrame] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row per listed ally and year of existence, and the ledger.

    Parameters
    ----------
    facts : facts tables alliance, milex, economy, economy_vintages, elections, institutions,
        ideal_points, us_troops, arms_orders, ratification, us_aid, us_trade and those of
        :func:`underbalance.clean.governments.governments_by_year` and
        :func:`underbalance.clean.threat.threat_by_year`, and the adjudicated table legal;
        ``ties`` where extensions are in force (:func:`underbalance.stages.read_facts`).
    own : the user's yearly tables by name.

    Returns
    -------
    Units are in config/codebook.csv. A source that has no row for an ally-year leaves
    its columns empty; nothing is filled in.
    """
    ledger = Ledger("ally_year")
    span = plan.first_year, plan.last_year
    table = ally_years(plan.allies, facts["alliance"], *span, facts.get("ties"))
    economy, economy_ledger = choose_economy(facts["economy"])
    troops, troops_ledger = us_troops_by_year(facts["us_troops"])
    parties, elections_ledger = enpp_by_year(
        table, facts["elections"], facts["institutions"], plan.sources, plan.election_valid_years
    )
    governments, governments_ledger = governments_by_year(
        table, facts, plan.allies, plan.sources, plan.election_valid_years
    )
    threat, threat_ledger = threat_by_year(table, facts, plan.sources)
    yearly = {
        "milex": milex_by_year(facts["milex"]),
        "economy": with_growth_3y(economy),
        "economy_vintages": expected_balances(facts["economy_vintages"]),
        "institutions": facts["institutions"].drop(columns="legislature_closed"),
        "elections": parties,
        "governments": governments,
        "ideal_points": _with_distance(facts["ideal_points"]),
        "us_troops": troops,
        "legal": legal_by_year(facts["legal"]),
        "dependence": dependence(table, facts, troops, economy, plan.sources),
        "threat": threat,
        "arms_orders": us_arms_share_by_year(facts["arms_orders"]),
    }
    for name, part in yearly.items():
        table = _join(table, part, name, ledger, plan)
    table = _with_ratios(table, _in_reference(table, plan))
    table = with_own_variables(table, own or {})
    ledgers = [economy_ledger, troops_ledger, elections_ledger, governments_ledger, threat_ledger]
    return table, join_ledgers([ledger.frame(), *ledgers])


def _join(
    table: pd.DataFrame, part: pd.DataFrame, name: str, ledger: Ledger, plan: Plan
) -> pd.DataFrame:
    """Add the columns of one source; no ally-year is lost or doubled."""
    part = part[part["year"].between(plan.first_year, plan.last_year)]
    known = pd.MultiIndex.from_frame(table[KEY])
    foreign = part[~pd.MultiIndex.from_frame(part[KEY]).isin(known)]
    for row in foreign.itertuples():
        reason = f"{name} has a row for a year in which the ally was not independent"
        ledger.add(f"{row.iso3} {row.year} {name}", "before_independence", "row", None, reason)
    return table.merge(part, on=KEY, how="left", validate="one_to_one")


def _with_distance(points: pd.DataFrame) -> pd.DataFrame:
    own = points[[*KEY, "ideal_point", "ideal_point_usa"]]
    return own.assign(ideal_point_distance=(own["ideal_point"] - own["ideal_point_usa"]).abs())


def _in_reference(table: pd.DataFrame, plan: Plan) -> pd.Series:
    years = table["year"].between(*plan.reference_years)
    return table["iso3"].isin(plan.reference_members) & is_formal(table) & years


def _with_ratios(table: pd.DataFrame, in_reference: pd.Series) -> pd.DataFrame:
    """Add per-capita and share variables, and the growth of effort.

    ``gdp_share`` is the ally's part of the GDP of all allies with a commitment in the
    year (those whose GDP is observed), the size of Olson and Zeckhauser (1966).
    """
    committed = table["gdp_usd_bn"].where(is_formal(table)).groupby(table["year"]).transform("sum")
    inhabitants = table["population_m"] * PERSONS_PER_MILLION
    return table.assign(
        in_reference=in_reference,
        log_gdp=np.log(table["gdp_usd_bn"]),
        gdp_share=table["gdp_usd_bn"] / committed.where(committed > 0),
        us_troops_per_1000=1000 * table["us_troops"].astype("float64") / inhabitants,
        effort_growth=effort_growth(table),
        milex_quality=table["milex_quality"].fillna(""),
        election_date=table["election_date"].fillna(""),
    )
