"""Turnover: how often the leader changed in the last three years."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.clean.year_end import (
    WINDOW_YEARS,
    count_in_window,
    first_day,
    is_begun,
    last_day,
)


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
    years = ally_years[KEY]
    total = count_in_window(_changes_per_year(spells), years, WINDOW_YEARS)
    return years.assign(turnover_3y=total.where(_is_covered(spells, years)))


def _changes_per_year(spells: pd.DataFrame) -> pd.Series:
    """Return the number of changes, indexed by iso3 and calendar year."""
    holders = spells[~spells["interim"].astype(bool)].sort_values(["iso3", "spell"])
    before = holders.groupby("iso3")["leader"].shift()
    changes = holders[before.notna() & (holders["leader"] != before)]
    return changes.groupby(["iso3", changes["start"].str[:4].astype(int).rename("year")]).size()


def _is_covered(spells: pd.DataFrame, years: pd.DataFrame) -> pd.Series:
    """Say for each ally-year whether its whole window is covered; unknown allies are not."""
    covered = spells.groupby("iso3")[["covered_from", "covered_until"]].first()
    begun = is_begun(years, covered["covered_from"], first_day(years, WINDOW_YEARS))
    known_until = years["iso3"].map(covered["covered_until"]).fillna("")
    return begun & (last_day(years) <= known_until)
