"""Which parser makes which facts table, and from which folder of the sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.sources import (
    atop,
    cns_north_korea_missile_tests,
    cow_mid,
    cow_nmc,
    dcad,
    dsca_notifications,
    economy,
    eda_defence_data,
    elections,
    global_leader_ideology,
    gpr_caldara_iacoviello,
    hand_coded,
    imf_weo_vintages,
    interstate_distance,
    leaders,
    manifesto_project,
    multinational_military_exercises,
    nato_defence_expenditure,
    parlgov,
    simmons_ratification_rules,
    sipri_arms_orders,
    sipri_arms_transfers,
    sipri_deal_events,
    sipri_deal_vintages,
    sipri_milex,
    sipri_milex_vintages,
    sipri_system_orders,
    strategic_rivalries,
    un_ideal_points,
    us_alliance_status,
    us_census_trade_by_country,
    us_greenbook_military_aid,
    us_troop_deployments,
    vdem,
    vparty,
    whogov,
)

Parser = Callable[..., pd.DataFrame]

CODING = "coding"

# the folder "." is the sources folder itself, for tables made of more than one source;
# CODING holds the project's own tables
PARSERS: dict[str, tuple[str, Parser]] = {
    "agreements": ("dcad", dcad.parse),
    "alliance": ("us_alliance_status", us_alliance_status.parse),
    "alliance_atop": ("atop", atop.parse),
    "arms_orders": ("sipri_arms_transfers", sipri_arms_orders.parse),
    "cabinet_retention": ("whogov", whogov.parse_retention),
    "cabinets": ("parlgov", parlgov.parse),
    "capabilities": ("cow_nmc", cow_nmc.parse),
    "deal_events": ("sipri_arms_transfers", sipri_deal_events.parse_deal_events),
    "deal_matches": ("sipri_arms_transfers", sipri_deal_vintages.parse_deal_matches),
    "deal_notes": ("sipri_arms_transfers", sipri_arms_transfers.parse_deal_notes),
    "deal_vintages": ("sipri_arms_transfers", sipri_deal_vintages.parse_deal_vintages),
    "deals": ("sipri_arms_transfers", sipri_arms_transfers.parse_deals),
    "disputes": ("cow_mid", cow_mid.parse),
    "distances": ("interstate_distance", interstate_distance.parse),
    "economy": (".", economy.parse),
    "economy_vintages": ("imf_weo", imf_weo_vintages.parse),
    "eda_procurement": ("eda_defence_data", eda_defence_data.parse),
    "elections": (".", elections.parse),
    "exercises": ("multinational_military_exercises", multinational_military_exercises.parse),
    "geopolitical_risk": ("gpr_caldara_iacoviello", gpr_caldara_iacoviello.parse),
    "ideal_points": ("un_ideal_points", un_ideal_points.parse),
    "institutions": ("vdem", vdem.parse),
    "leader_ideology": ("global_leader_ideology", global_leader_ideology.parse),
    "leaders": (".", leaders.parse),
    "legal_constraints": (CODING, hand_coded.parse_legal_constraints),
    "manifesto_positions": ("manifesto_project", manifesto_project.parse),
    "milex": ("sipri_milex", sipri_milex.parse),
    "milex_releases": (".", sipri_milex_vintages.parse),
    "missile_defence_events": (CODING, hand_coded.parse_missile_defence_events),
    "missile_launches": (
        "cns_north_korea_missile_tests",
        cns_north_korea_missile_tests.parse,
    ),
    "nato_editions": ("nato_defence_expenditure", nato_defence_expenditure.parse),
    "notifications": ("dsca_notifications", dsca_notifications.parse),
    "party_governments": ("vparty", vparty.parse),
    "ratification": ("simmons_ratification_rules", simmons_ratification_rules.parse),
    "rivalries": ("strategic_rivalries", strategic_rivalries.parse),
    "seed_claims": (CODING, hand_coded.parse_seed_claims),
    "system_orders": ("sipri_arms_transfers", sipri_system_orders.parse),
    "us_aid": ("us_greenbook_military_aid", us_greenbook_military_aid.parse),
    "us_rivalries": ("strategic_rivalries", strategic_rivalries.parse_of_usa),
    "us_trade": ("us_census_trade_by_country", us_census_trade_by_country.parse),
    "us_troops": ("us_troop_deployments", us_troop_deployments.parse),
}


# parsers that take the list of rivals, too
OF_RIVALS = ("capabilities", "disputes", "distances", "rivalries")


def parse_facts(
    table: str, sources: Path, allies: pd.DataFrame, rivals: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Parse the originals of one facts table.

    Parameters
    ----------
    table : a key of :data:`PARSERS`.
    sources : folder that holds one folder per source, as named in config/sources.csv.
    allies : the listed allies (:func:`underbalance.registry.read_allies`).
    rivals : the other states that tables on threat name; default: those that are listed
        (:func:`underbalance.registry.read_rivals`).
    """
    _, parse = PARSERS[table]
    folder = originals_folder(table, sources)
    try:
        return parse(folder, allies, rivals) if table in OF_RIVALS else parse(folder, allies)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise FaultsError([_not_as_published(table, folder, error)]) from error


def _not_as_published(table: str, folder: Path, error: Exception) -> Fault:
    return Fault(
        str(folder),
        f"table {table}",
        "the cells of the release must be of the kind that its parser knows",
        f"{type(error).__name__}: {' '.join(str(error).split())[:300]}",
        "the release as its source publishes it, numbers with a decimal point",
        "download it again, and do not save it with another program; if a newer release has "
        "another form, adapt the parser of this source",
    )


def originals_folder(table: str, sources: Path) -> Path:
    """Return the folder of the originals of a facts table."""
    return source_folder(PARSERS[table][0], sources)


def source_folder(source: str, sources: Path) -> Path:
    """Return the folder of one source.

    The hand-coded tables are no download: their folder stands inside the sources folder
    or beside it.
    """
    folder = sources / source
    if source == CODING and not folder.is_dir():
        return sources / ".." / CODING
    return folder
