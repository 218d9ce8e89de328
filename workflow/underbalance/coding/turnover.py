"""Turnover: how often the leader changed in the last three years."""

from __future__ import annotations

import pandas as pd

WINDOW_YEARS = 3


def turnover_3y(spells: pd.DataFrame, ally_years: pd.DataFrame) -> pd.DataFrame:
    """Count changes of leader in the 36 months to 31 December of each ally-year.

    A change is a non-interim spell whose holder is not the one of the non-interim spell
    before, dated at its start: a return after somebody acted for a few weeks is none. A
    holder whom no source names is another holder than those before and after. The first
    holder in the table is no change.

    Parameters
    ----------
    spells : the table ``leader_spells`` (:func:`underbalance.clean.leaders.merge_spells`).
    ally_years : frame with ``iso3`` and ``year``, one row per ally-year.

    Returns
    -------
    Columns iso3, year, turnover_3y (Int64), the rows and index of ``ally_years``. Missing
    unless the line of leaders is known, and the ally independent, throughout the window.
    """
    changes = _changes_per_year(spells)
    years = ally_years[["iso3", "year"]]
    counts = [_look_up(changes, years.assign(year=years["year"] - b)) for b in range(WINDOW_YEARS)]
    total = pd.concat(counts, axis=1).sum(axis=1).astype("Int64")
    return years.assign(turnover_3y=total.where(_is_covered(spells, years)))


def _changes_per_year(spells: pd.DataFrame) -> pd.Series:
    """Return the number of changes, indexed by iso3 and calendar year."""
    holders = spells[~spells["interim"].astype(bool)].sort_values(["iso3", "spell"])
    before = holders.groupby("iso3")["leader"].shift()
    changes = holders[before.notna() & (holders["leader"] != before)]
    return changes.groupby(["iso3", changes["start"].str[:4].astype(int).rename("year")]).size()


def _look_up(counts: pd.Series, years: pd.DataFrame) -> pd.Series:
    found = counts.reindex(pd.MultiIndex.from_frame(years), fill_value=0)
    return pd.Series(found.to_numpy(), index=years.index)


def _is_covered(spells: pd.DataFrame, years: pd.DataFrame) -> pd.Series:
    """Say for each ally-year whether its whole window is covered; unknown allies are not."""
    covered = spells.groupby("iso3")[["covered_from", "covered_until"]].first()
    first_day = (years["year"] - WINDOW_YEARS + 1).astype("str") + "-01-01"
    last_day = years["year"].astype("str") + "-12-31"
    known_from = years["iso3"].map(covered["covered_from"]).fillna("9999")
    known_until = years["iso3"].map(covered["covered_until"]).fillna("")
    return (known_from <= first_day) & (last_day <= known_until)
