"""Which of two governments an event belongs to that is dated by the month of a handover."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd

WORD = re.compile(r"\w{2,}")


def days_of_government(events: pd.DataFrame, periods: pd.DataFrame) -> pd.Series:
    """Return for each event a day that lies in the government it belongs to.

    It is the middle day, unless the date is known by month or year only, several heads of
    government are possible, and the head named in the event's coding is one of them: then it
    is that head's first possible day. Names are compared word by word, for sources write
    them differently (Roh, Roh Moo-hyun, Roh Moo-Hyun).

    Parameters
    ----------
    events : iso3, earliest, middle, latest (days) and head_of_government.
    periods : :func:`underbalance.outcomes.camps.governments`.
    """
    by_ally = {iso3: own.to_dict("records") for iso3, own in periods.groupby("iso3")}
    days = [_day(event, by_ally.get(event["iso3"], [])) for event in events.to_dict("records")]
    return pd.Series(days, index=events.index, dtype="datetime64[us]")


def _day(event: dict[Hashable, Any], periods: list[dict[Hashable, Any]]) -> pd.Timestamp:
    possible = [
        period
        for period in periods
        if period["start"] <= event["latest"] and event["earliest"] <= period["end"]
    ]
    shared = {
        head: len(name_words(head) & name_words(event["head_of_government"]))
        for head in {period["head"] for period in possible}
    }
    best = [head for head, words in shared.items() if words and words == max(shared.values())]
    middle: pd.Timestamp = event["middle"]
    if len(shared) < 2 or len(best) != 1:
        return middle
    (first, *_) = [period for period in possible if period["head"] == best[0]]
    of_middle = [p["head"] for p in possible if p["start"] <= middle <= p["end"]]
    day: pd.Timestamp = middle if of_middle == best else max(first["start"], event["earliest"])
    return day


def name_words(name: str) -> set[str]:
    """Return the words of a name, to compare names that sources write differently."""
    return set(WORD.findall(name.casefold()))
