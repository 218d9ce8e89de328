"""Which parser makes which facts table, and from which folder of the sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from underbalance.sources import (
    economy,
    eda_defence_data,
    elections,
    leaders,
    nato_defence_expenditure,
    sipri_arms_transfers,
    sipri_milex,
    sipri_milex_vintages,
    un_ideal_points,
    us_alliance_status,
    us_troop_deployments,
    vdem,
)

Parser = Callable[[Path, pd.DataFrame], pd.DataFrame]

# the folder "." is the sources folder itself, for tables made of more than one source
PARSERS: dict[str, tuple[str, Parser]] = {
    "alliance": ("us_alliance_status", us_alliance_status.parse),
    "deal_notes": ("sipri_arms_transfers", sipri_arms_transfers.parse_deal_notes),
    "deals": ("sipri_arms_transfers", sipri_arms_transfers.parse_deals),
    "economy": (".", economy.parse),
    "eda_procurement": ("eda_defence_data", eda_defence_data.parse),
    "elections": (".", elections.parse),
    "ideal_points": ("un_ideal_points", un_ideal_points.parse),
    "institutions": ("vdem", vdem.parse),
    "leaders": (".", leaders.parse),
    "milex": ("sipri_milex", sipri_milex.parse),
    "milex_releases": (".", sipri_milex_vintages.parse),
    "nato_editions": ("nato_defence_expenditure", nato_defence_expenditure.parse),
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
