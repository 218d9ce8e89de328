"""The camp of the head of government by year, and how often it changed."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from underbalance.clean.panel import KEY, look_up
from underbalance.clean.year_end import WINDOW_YEARS

CAMPS = ("leftist", "centrist", "rightist")


def ideology_by_year(
    ally_years: pd.DataFrame, leader_ideology: pd.DataFrame, allies: pd.DataFrame
) -> pd.DataFrame:
    """Return the camp of the head of government on 31 December and its changes.

    The head of government is taken, not the source's effective leader, since that is the
    president in Finland or Portugal and missing in Montenegro.

    Parameters
    ----------
    ally_years : frame with iso3 and year, one row per ally-year.
    leader_ideology : the facts table.
    allies : the listed allies, for ``independent_since``.

    Returns
    -------
    Columns iso3, year, leader_ideology (leftist, centrist, rightist; empty where the source
    does not know or cover it) and ideology_shift_3y, the number of changes of camp between
    the ends of consecutive years from t−3 to t; missing unless the camp is known, and the
    ally independent, at all four. A leader who came and went within a year is not seen.
    """
    keys = ally_years[KEY].reset_index(drop=True)
    camps = leader_ideology.set_index(KEY)["hog_ideology"]
    camps = camps[camps.isin(CAMPS)]
    since = keys["iso3"].map(allies.set_index("iso3")["independent_since"].str[:4])
    founded = pd.to_numeric(since.replace("", "0")).astype("Int64")
    at = [
        _camp(keys.assign(year=keys["year"] - back), camps, founded)
        for back in range(WINDOW_YEARS + 1)
    ]
    known = pd.concat([camp.notna() for camp in at], axis=1).all(axis=1)
    changed = [after != before for after, before in pairwise(at)]
    shifts = pd.concat(changed, axis=1).sum(axis=1).astype("Int64")
    return keys.assign(leader_ideology=at[0].fillna(""), ideology_shift_3y=shifts.where(known))


def _camp(keys: pd.DataFrame, camps: pd.Series, founded: pd.Series) -> pd.Series:
    camp = look_up(camps, keys).astype("str")
    return camp.where((keys["year"] >= founded).fillna(False).astype(bool))
