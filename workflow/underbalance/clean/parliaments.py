"""Positions of the parties in the parliament of 31 December, from V-Party and Manifesto."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.elections import PREFERRED, closed_since, election_in_force
from underbalance.clean.panel import KEY, look_up
from underbalance.ledger import Ledger, join_ledgers
from underbalance.registry import is_covered

# facts table → its columns → columns of ally_year
VARIABLES = {
    "manifesto_positions": {
        "military_sd": "military_dispersion",
        "special_relations_sd": "special_relations_dispersion",
    },
    "party_governments": {
        "government_seat_share": "elected_government_share",
        "left_right_sd": "left_right_dispersion",
    },
}
# ASSUME: two dates of the same ally that are nearer than this are of one election, dated by
# another round or by mistake (Turkey 1987: 29 November, in V-Party 29 October).
SAME_ELECTION_DAYS = 40
REASONS = {
    "election_too_old": "the last election known to the source is older than a term can be",
    "legislature_closed": "the legislature was closed down or aborted after it was elected",
    "later_election": "the source lacks an election that was held since",
}


def parliaments_by_year(
    ally_years: pd.DataFrame,
    parliaments: dict[str, pd.DataFrame],
    elections: pd.DataFrame,
    institutions: pd.DataFrame,
    sources: pd.DataFrame,
    valid_years: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return dispersion of party positions and the seats of the government, and the ledger.

    The last election on or before 31 December counts, if its source covers the year, it is
    at most ``valid_years`` calendar years old, the legislature was not closed down since
    (V-Dem), and the table ``elections`` has no later one that the source lacks.

    Parameters
    ----------
    ally_years : frame with iso3 and year, one row per ally-year.
    parliaments : the facts tables manifesto_positions and party_governments.
    elections, institutions : facts tables.
    sources : the registry.
    """
    table = ally_years[KEY].reset_index(drop=True)
    ledgers = []
    for name, columns in VARIABLES.items():
        rows = election_in_force(ally_years[KEY], parliaments[name][["iso3", "date", *columns]])
        broken = {
            "election_too_old": rows["year"] - rows["election_year"] > valid_years,
            "legislature_closed": closed_since(rows, institutions),
            "later_election": _later_election(rows, elections),
        }
        covered = is_covered(sources, name, rows["iso3"], rows["year"])
        valid = covered & ~pd.concat(broken, axis=1).any(axis=1)
        ledgers.append(_removed(rows[covered], broken, columns, name))
        values = rows[[*KEY, *columns]].rename(columns=columns)
        values[list(columns.values())] = values[list(columns.values())].where(valid)
        table = table.merge(values, on=KEY, how="left", validate="one_to_one")
    return table, join_ledgers(ledgers)


def _later_election(rows: pd.DataFrame, elections: pd.DataFrame) -> pd.Series:
    """Say where the table ``elections`` has a later election before 31 December.

    As for enpp one source speaks for an ally: the other dates Denmark 2015 four months late.
    """
    preferred = elections["source"] == PREFERRED
    alone = ~elections["iso3"].isin(elections.loc[preferred, "iso3"])
    known = elections.loc[preferred | alone, ["iso3", "date"]]
    latest = election_in_force(rows[KEY], known).set_index(KEY)["election_date"]
    later = pd.to_datetime(look_up(latest, rows)) - pd.to_datetime(rows["election_date"])
    return later > pd.Timedelta(days=SAME_ELECTION_DAYS)


def _removed(
    rows: pd.DataFrame, broken: dict[str, pd.Series], columns: dict[str, str], name: str
) -> pd.DataFrame:
    ledger = Ledger(name)
    told = pd.Series(False, index=rows.index)
    for rule, hit in broken.items():
        hit = hit.reindex(rows.index)
        for row in rows[hit & ~told].to_dict("records"):
            for theirs, ours in columns.items():
                reason = f"{REASONS[rule]} (election of {row['election_date']})"
                if pd.notna(row[theirs]):
                    ledger.add(
                        f"{row['iso3']} {row['year']} {ours}", rule, row[theirs], None, reason
                    )
        told |= hit
    return ledger.frame()
