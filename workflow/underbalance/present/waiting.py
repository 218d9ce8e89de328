"""Cases that wait for something to happen, by the obstacle that they began with."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.config import Group
from underbalance.errors import EstimationError
from underbalance.models.curves import at_risk_counts
from underbalance.models.design import counts, measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.models.design_years import FIRST_AFTER_START
from underbalance.specifications import Specification

LOW: Final = "low"
HIGH: Final = "high"
GROUPS: Final = (LOW, HIGH)
# with fewer at risk in a group a curve says little, and is not drawn further
LEAST_AT_RISK: Final = 5
COLUMNS: Final = ["iso3", "spell", "entry", "stop", "event", "ended_by", "social"]
# the year of the first export, or of the pledge, defines time zero and is not at risk
LATER_START: Final = {"adoption": FIRST_AFTER_START, "pledge": FIRST_AFTER_START}


def periods_before(outcome: str) -> int:
    """Return how much later the periods of :func:`waiting_cases` end than the outcome's clock.

    The clock of an outcome counts differences of calendar years or months, which begin at 0 where
    something may happen in the first one.
    """
    return 1 - LATER_START.get(outcome, 0)


def waiting_cases(
    spec: Specification,
    tables: Tables,
    types: pd.DataFrame,
    group: Group,
    members: frozenset[str],
) -> pd.DataFrame:
    """Return the cases of a primary model of durations, one row each, in all their years.

    The model itself counts years at risk in which threat is known, and lets obstacles change; here
    a case stays in the group in which it began.

    Parameters
    ----------
    tables : those of the outcome, by name (:func:`underbalance.models.design.files_of`).
    types : the table typology at one quantile.
    group, members : the sample and its allies.

    Returns
    -------
    iso3, spell, entry and stop (periods since the clock began, the first period at risk being
    1), event, ended_by (how it ended; empty where it has not), and ``social``: low or high in the
    year before the case was first watched. The watch begins when the obstacle is first known;
    ``social`` is empty where it never is.
    """
    rows = all_rows()[spec.outcome]
    data = rows.build(tables)
    data = data[counts(spec, data, group, members)]
    data = data.merge(_social_before(types), on=KEY, how="left", validate="many_to_one")
    clock = data[rows.duration].astype("float64") - LATER_START.get(spec.outcome, 0)
    at_risk = data[["iso3", "spell", "social"]].assign(
        entry=clock,
        stop=clock + 1,
        event=data[measure_of(spec)].astype("float64"),
        ended_by=data[rows.ending] if rows.ending else "",
        social=data["social"].fillna(""),
    )
    at_risk = at_risk.sort_values(["spell", "entry"])
    known = at_risk["social"] != ""
    # who was at risk before the obstacles are known is watched from then on
    watched = known.groupby(at_risk["spell"]).cummax() | ~known.groupby(at_risk["spell"]).transform(
        "any"
    )
    by_case = at_risk[watched].groupby("spell", as_index=False)
    return by_case.agg(
        iso3=("iso3", "first"),
        entry=("entry", "first"),
        stop=("stop", "last"),
        event=("event", "max"),
        ended_by=("ended_by", "max"),
        social=("social", "first"),
    )


def _social_before(types: pd.DataFrame) -> pd.DataFrame:
    """Return iso3, year and whether the social obstacle was low or high in the year before."""
    words = types["high_social"].map({True: HIGH, False: LOW}).fillna("").astype("str")
    return types[KEY].assign(year=types["year"] + 1, social=words)


def no_cases() -> pd.DataFrame:
    """Return the frame of :func:`waiting_cases` without a case."""
    texts = dict.fromkeys(("iso3", "spell", "ended_by", "social"), "str")
    return pd.DataFrame(columns=COLUMNS).astype(
        dict.fromkeys(("entry", "stop", "event"), "float64") | texts
    )


def shown_until(cases: pd.DataFrame) -> float:
    """Return the last time at which every group that has cases has enough of them at risk."""
    times = np.arange(1, cases["stop"].max() + 1) if len(cases) else np.ones(1)
    until = [
        times[enough].max()
        for name in GROUPS
        if len(own := cases[cases["social"] == name])
        and (enough := at_risk(own, times).to_numpy() >= LEAST_AT_RISK).any()
    ]
    return float(min(until, default=times[-1]))


def at_risk(cases: pd.DataFrame, times: np.ndarray) -> pd.Series[int]:
    """Return how many cases are at risk at each time, none where there is no case."""
    try:
        return at_risk_counts(cases, list(times), stop="stop", entry="entry")
    except EstimationError:
        return pd.Series(0, index=pd.Index(times, name="time"), name="at_risk")
