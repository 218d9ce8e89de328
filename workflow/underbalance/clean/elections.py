"""Effective number of parliamentary parties by year, from the election in force."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.clean.year_end import last_day, latest_at_year_end
from underbalance.ledger import Ledger
from underbalance.registry import is_covered

PREFERRED = "ppeg"
COLUMNS = [*KEY, "enpp", "election_date"]


def enpp_by_year(
    ally_years: pd.DataFrame,
    elections: pd.DataFrame,
    institutions: pd.DataFrame,
    sources: pd.DataFrame,
    valid_years: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the effective number of parties of the lower house on 31 December, and the ledger.

    The last election on or before that day counts, if its source covers the year, it is
    at most ``valid_years`` calendar years old, and the legislature was not closed down
    since (by a coup, as V-Dem has it).

    Parameters
    ----------
    ally_years : frame with iso3 and year.
    elections : facts table with both sources.
    institutions : facts table, for ``legislature_closed``.
    sources : the registry.

    Returns
    -------
    Columns iso3, year, enpp, election_date (empty when none); one row per ally-year.
    """
    ledger = Ledger("elections")
    chosen = _one_source_per_ally(elections, ledger)
    rows = election_in_force(ally_years[KEY], chosen)
    covered = _source_covers(rows, sources)
    too_old = rows["year"] - rows["election_year"] > valid_years
    closed = closed_since(rows, institutions)
    for reason, hit in (("election_too_old", too_old), ("legislature_closed", closed)):
        _note_removed(rows[hit & covered & rows["enpp"].notna()], reason, ledger)
    valid = covered & ~too_old & ~closed & rows["enpp"].notna()
    rows = rows.assign(
        enpp=rows["enpp"].where(valid),
        election_date=rows["election_date"].where(valid).fillna(""),
    )
    return rows[COLUMNS], ledger.frame()


def _one_source_per_ally(elections: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Keep PPEG's elections where it covers the ally, else the other source's.

    ASSUME: within an ally one source is used throughout, since the two count
    independents and alliances differently and a change of source would look like a
    change of fragmentation.
    """
    covered = set(elections.loc[elections["source"] == PREFERRED, "iso3"])
    second = elections["iso3"].isin(covered) & (elections["source"] != PREFERRED)
    for row in elections[second].itertuples():
        ledger.add(
            f"{row.iso3} {row.date}",
            "second_source_not_used",
            row.enpp,
            None,
            f"{row.source}: {PREFERRED} covers this ally",
        )
    return elections[~second]


def election_in_force(ally_years: pd.DataFrame, elections: pd.DataFrame) -> pd.DataFrame:
    """Return for each ally-year the last row of ``elections`` on or before 31 December.

    Adds election_date and election_year, both missing where there is none.
    """
    dated = elections.rename(columns={"date": "election_date"})
    dated = dated.assign(election_year=elections["date"].str[:4].astype(int))
    rows = latest_at_year_end(ally_years, dated, "election_date")
    return rows.sort_values(KEY, ignore_index=True)


def _source_covers(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    covered = pd.Series(False, index=rows.index)
    for source in rows["source"].dropna().unique():
        within = is_covered(sources, "elections", rows["iso3"], rows["year"], source)
        covered |= within & (rows["source"] == source)
    return covered


def closed_since(rows: pd.DataFrame, institutions: pd.DataFrame) -> pd.Series:
    """Say where the legislature was closed down in a year after the election (V-Dem).

    ``rows`` has iso3, year and election_year. A body that sits after that without a new
    election was not elected by it.
    ASSUME: a closure in the year of an election came before the election.
    """
    closed = institutions[institutions["legislature_closed"].fillna(False).astype(bool)]
    closed = closed[["iso3"]].assign(closed_in=closed["year"], closed_by=last_day(closed))
    last = latest_at_year_end(rows[KEY], closed, "closed_by")["closed_in"]
    return (last > rows["election_year"]).fillna(False).astype(bool)


def _note_removed(rows: pd.DataFrame, rule: str, ledger: Ledger) -> None:
    reasons = {
        "election_too_old": "the last election known to the source is older than a term can be",
        "legislature_closed": "the legislature was closed down or aborted after it was elected",
    }
    for row in rows.itertuples():
        reason = f"{reasons[rule]} (election of {row.election_date})"
        ledger.add(f"{row.iso3} {row.year} enpp", rule, row.enpp, None, reason)
