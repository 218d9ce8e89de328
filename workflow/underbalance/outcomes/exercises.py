"""Exercises: how steadily the ally exercises with the USA."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.clean.panel import KEY, years_earlier
from underbalance.ledger import Ledger
from underbalance.registry import is_covered

COLUMNS = ["iso3", "year", "is_ally", "exercises", "exercises_growth", "exercises_change"]


def exercises(
    reported: pd.DataFrame, country_years: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the yearly number of exercises with the USA, its change, and the ledger.

    The source collects news: within its coverage an ally-year without a report counts as
    one without an exercise, and counts grow with reporting, in all allies at once (which
    year effects take up).

    Parameters
    ----------
    reported : the facts table exercises; an exercise counts in the year of its first day.
    country_years : ally-years with ``is_ally``; only they get a count, so that a state
        has no zeros from before its independence.
    sources : the registry, for the coverage of the facts table.

    Returns
    -------
    One row per ally-year whose year before is covered too: exercises (with the USA),
    exercises_growth (difference of ln(1 + exercises) to the year before) and
    exercises_change, its absolute value.
    """
    years = country_years[[*KEY, "is_ally"]]
    covered = is_covered(sources, "exercises", years["iso3"], years["year"].astype(int))
    years = years[covered]
    number = _with_usa(reported).reindex(pd.MultiIndex.from_frame(years[KEY]))
    # a structural zero: the year is covered, and no exercise with the USA was reported
    number = number.fillna(0).astype("Int64")
    log = pd.Series(np.log1p(number.to_numpy("float64")), index=number.index)
    growth = (log - years_earlier(log, 1)).to_numpy()
    table = years.assign(exercises=number.to_numpy(), exercises_growth=growth)
    table = table.dropna(subset="exercises_growth")
    table = table.assign(exercises_change=table["exercises_growth"].abs())
    return table[COLUMNS].reset_index(drop=True), Ledger("outcome.exercises").frame()


def _with_usa(reported: pd.DataFrame) -> pd.Series:
    """Return the number of exercises with the USA that began in a year, by ally and year."""
    joint = reported[reported["with_usa"].astype(bool)]
    year = joint["start"].str[:4].astype(int).rename("year")
    return joint.groupby([joint["iso3"], year])["exercise_id"].nunique()
