"""Governments and elite division by year: the alternatives to the political obstacle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import pandas as pd

from underbalance.clean.cabinets import cabinets_by_year
from underbalance.clean.leader_ideology import ideology_by_year
from underbalance.clean.panel import KEY
from underbalance.clean.parliaments import VARIABLES, parliaments_by_year
from underbalance.ledger import Ledger, join_ledgers

SNAPSHOT = "-07-01"


def governments_by_year(
    ally_years: pd.DataFrame,
    facts: Mapping[str, pd.DataFrame],
    allies: pd.DataFrame,
    sources: pd.DataFrame,
    valid_years: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the variables of cabinets, leaders' camps and parliaments, and the ledger.

    Parameters
    ----------
    ally_years : frame with iso3 and year, one row per ally-year.
    facts : the facts tables cabinets, cabinet_retention, leader_ideology,
        manifesto_positions, party_governments, elections and institutions.
    allies, sources : the lists of config/.
    valid_years : how long an election result counts.

    Returns
    -------
    One row per ally-year; the columns are described in config/codebook.csv under ally_year.
    """
    cabinets, cabinets_ledger = cabinets_by_year(ally_years, facts["cabinets"], allies, sources)
    retention, retention_ledger = retention_by_year(ally_years, facts["cabinet_retention"], allies)
    parliaments, parliaments_ledger = parliaments_by_year(
        ally_years,
        {name: facts[name] for name in VARIABLES},
        facts["elections"],
        facts["institutions"],
        sources,
        valid_years,
    )
    ideology = ideology_by_year(ally_years, facts["leader_ideology"], allies)
    table = reduce(_beside, [cabinets, retention, ideology, parliaments])
    return table, join_ledgers([cabinets_ledger, retention_ledger, parliaments_ledger])


def retention_by_year(
    ally_years: pd.DataFrame, cabinet_retention: pd.DataFrame, allies: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the share of July's ministers who were so the July before, and the ledger.

    WhoGov writes 0 where it has no snapshot of the year before (the first of an ally,
    Bulgaria 1994), and compares with another state's cabinet where the ally was not
    independent then (Czechia 1993). Both are taken out.
    """
    ledger = Ledger("cabinet_retention")
    snapshots = pd.MultiIndex.from_frame(cabinet_retention[KEY])
    rows = ally_years[KEY].merge(cabinet_retention, on=KEY, validate="one_to_one")
    before = rows[KEY].assign(year=rows["year"] - 1)
    alone = ~pd.MultiIndex.from_frame(before).isin(snapshots)
    founded = rows["iso3"].map(allies.set_index("iso3")["independent_since"]).fillna("")
    other_state = founded > before["year"].astype(str) + SNAPSHOT
    for row in rows[alone | other_state].itertuples():
        reason = "no snapshot of the ally as an independent state in the July before"
        old = row.retention_ministers
        ledger.add(f"{row.iso3} {row.year}", "no_snapshot_before", old, None, reason)
    retention = rows["retention_ministers"].where(~alone & ~other_state)
    return rows[KEY].assign(cabinet_retention=retention), ledger.frame()


def _beside(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return left.merge(right, on=KEY, how="left", validate="one_to_one")
