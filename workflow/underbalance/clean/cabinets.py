"""Cabinets by year: turnover, caretakers, and the government in force on 31 December."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.clean.year_end import (
    WINDOW_YEARS,
    count_in_window,
    first_day,
    is_begun,
    last_day,
    latest_at_year_end,
)
from underbalance.ledger import Ledger
from underbalance.registry import is_covered, last_year_of

# columns of the facts table → columns of ally_year
IN_FORCE = {
    "minority": "minority_government",
    "seat_share": "government_seat_share",
    "parties": "government_parties",
    "left_right": "government_left_right",
}


def cabinets_by_year(
    ally_years: pd.DataFrame, cabinets: pd.DataFrame, allies: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cabinet variables of each ally-year, and the ledger.

    Parameters
    ----------
    ally_years : frame with iso3 and year, one row per ally-year.
    cabinets : the facts table (:mod:`underbalance.sources.parlgov`).
    allies : the listed allies, for ``independent_since``.
    sources : the registry; the last year it states is the last that counts.

    Returns
    -------
    The keys with cabinet_turnover_3y (changes of cabinet in the 36 months to 31 December)
    and caretaker_days (days of the year under a caretaker cabinet), both missing unless
    cabinets are known, and the ally independent, throughout the time they count; and of
    the cabinet in force on 31 December minority_government, government_seat_share,
    government_parties, government_left_right, and left_right_shift, the absolute change of
    the latter from the cabinet in force a year before.
    """
    keys = ally_years[KEY].reset_index(drop=True)
    since = _known_since(cabinets, allies)
    now = _in_force(keys, cabinets, sources, since)
    before = _in_force(keys.assign(year=keys["year"] - 1), cabinets, sources, since)
    table = keys.assign(
        cabinet_turnover_3y=_turnover(keys, cabinets, sources, since),
        caretaker_days=_caretaker_days(keys, cabinets, sources, since),
        **{ours: now[theirs] for theirs, ours in IN_FORCE.items()},
        left_right_shift=(now["left_right"] - before["left_right"]).abs(),
    )
    return table, _ledger_of_doubtful_seats(now)


def _known_since(cabinets: pd.DataFrame, allies: pd.DataFrame) -> pd.Series:
    """Return the day of independence or of the first cabinet, whichever is later."""
    first = cabinets.groupby("iso3")["start"].min()
    independent = allies.set_index("iso3")["independent_since"].reindex(first.index).fillna("")
    return first.where(first > independent, independent)


def _known_throughout(
    keys: pd.DataFrame, years: int, sources: pd.DataFrame, since: pd.Series
) -> pd.Series:
    """Say where cabinets are known from the first day of the window to 31 December."""
    begun = is_begun(keys, since, first_day(keys, years))
    return begun & is_covered(sources, "cabinets", keys["iso3"], keys["year"])


def _in_force(
    keys: pd.DataFrame, cabinets: pd.DataFrame, sources: pd.DataFrame, since: pd.Series
) -> pd.DataFrame:
    """Return the cabinet of 31 December beside each key; its cells are missing if not known."""
    found = latest_at_year_end(keys, cabinets, "start")
    begun = is_begun(keys, since, last_day(keys))
    known = begun & is_covered(sources, "cabinets", keys["iso3"], keys["year"])
    return found.assign(**{c: found[c].where(known) for c in [*IN_FORCE, "seats_doubtful"]})


def _turnover(
    keys: pd.DataFrame, cabinets: pd.DataFrame, sources: pd.DataFrame, since: pd.Series
) -> pd.Series:
    """Count the changes of cabinet in the window, each at the start of the new cabinet.

    Every new cabinet is a change, as ParlGov counts them (another prime minister, other
    parties, or an election), but for a caretaker under the prime minister of the cabinet
    before: it is the outgoing cabinet that waits for its successor. A technical
    cabinet under another prime minister (Dini 1995, Monti 2011) is a change. The first
    cabinet in the table, and the one a state is born with, is none.
    """
    ordered = cabinets.sort_values(["iso3", "start"])
    before = ordered.groupby("iso3")["prime_minister"].shift()
    stays_on = ordered["caretaker"].astype(bool) & (ordered["prime_minister"] == before)
    begun = ordered["start"] > ordered["iso3"].map(since)
    changes = ordered[~stays_on & begun]
    counts = changes.groupby(["iso3", changes["start"].str[:4].astype(int)]).size()
    known = _known_throughout(keys, WINDOW_YEARS, sources, since)
    return count_in_window(counts, keys, WINDOW_YEARS).where(known)


def _caretaker_days(
    keys: pd.DataFrame, cabinets: pd.DataFrame, sources: pd.DataFrame, since: pd.Series
) -> pd.Series:
    """Count the days of the year on which ParlGov has a caretaker cabinet in office."""
    last_day = f"{last_year_of(sources, 'cabinets')}-12-31"
    caretakers = cabinets["caretaker"].astype(bool) & (cabinets["start"] <= last_day)
    spells = cabinets.loc[caretakers, ["iso3", "start", "end"]]
    spells = spells.assign(end=spells["end"].where(spells["end"] != "", last_day))
    years = [
        list(range(int(start[:4]), int(end[:4]) + 1))
        for start, end in zip(spells["start"], spells["end"], strict=True)
    ]
    spells = spells.assign(year=pd.Series(years, index=spells.index, dtype="object"))
    spells = spells.explode("year", ignore_index=True).astype({"year": "int64"})
    first, last = spells["year"].astype(str) + "-01-01", spells["year"].astype(str) + "-12-31"
    begin = pd.to_datetime(spells["start"].where(spells["start"] > first, first))
    finish = pd.to_datetime(spells["end"].where(spells["end"] < last, last))
    days = ((finish - begin).dt.days + 1).groupby([spells["iso3"], spells["year"]]).sum()
    # a year without a caretaker in a known line of cabinets has 0 days of one
    return count_in_window(days, keys, 1).where(_known_throughout(keys, 1, sources, since))


def _ledger_of_doubtful_seats(now: pd.DataFrame) -> pd.DataFrame:
    ledger = Ledger("cabinets")
    for row in now[now["seats_doubtful"].fillna(False).astype(bool)].itertuples():
        ledger.add(
            f"{row.iso3} {row.year} government_seat_share",
            "seats_doubtful",
            f"{row.seats_government} of {row.seats_total}",
            None,
            f"{row.cabinet}: seats of a part of the house, or none of the prime minister's party",
        )
    return ledger.frame()
