"""Which parser makes which facts table, and from which folder of the sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from underbalance.sources import (
    atop,
    dcad,
    economy,
    elections,
    imf_weo_vintages,
    leaders,
    multinational_military_exercises,
    simmons_ratification_rules,
    sipri_arms_transfers,
    sipri_milex,
    un_ideal_points,
    us_alliance_status,
    us_census_trade_by_country,
    us_greenbook_military_aid,
    us_troop_deployments,
    vdem,
    wdi_military,
)

Parser = Callable[[Path, pd.DataFrame], pd.DataFrame]

# the folder "." is the sources folder itself, for tables made of more than one source
PARSERS: dict[str, tuple[str, Parser]] = {
    "agreements": ("dcad", dcad.parse),
    "alliance": ("us_alliance_status", us_alliance_status.parse),
    "alliance_atop": ("atop", atop.parse),
    "armed_forces": ("wdi_military", wdi_military.parse),
    "deal_notes": ("sipri_arms_transfers", sipri_arms_transfers.parse_deal_notes),
    "deals": ("sipri_arms_transfers", sipri_arms_transfers.parse_deals),
    "economy": (".", economy.parse),
    "economy_vintages": ("imf_weo", imf_weo_vintages.parse),
    "elections": (".", elections.parse),
    "exercises": ("multinational_military_exercises", multinational_military_exercises.parse),
    "ideal_points": ("un_ideal_points", un_ideal_points.parse),
    "institutions": ("vdem", vdem.parse),
    "leaders": (".", leaders.parse),
    "milex": ("sipri_milex", sipri_milex.parse),
    "ratification": ("simmons_ratification_rules", simmons_ratification_rules.parse),
    "us_aid": ("us_greenbook_military_aid", us_greenbook_military_aid.parse),
    "us_trade": ("us_census_trade_by_country", us_census_trade_by_country.parse),
    "us_troops": ("us_troop_deployments", us_troop_deployments.parse),
}


def parse_facts(table: str, sources: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Parse the originals of one facts table.

    Parameters
    ----------
    table : a key of :data:`PARSERS`.
    sources : folder that holds one folder per source, as named in config/sources.csv.
    allies : the listed allies (:func:`underbalance.registry.read_allies`).
    """
    folder, parse = PARSERS[table]
    return parse(sources / folder, allies)
