"""Events known by month or year, bounded by the time in office of the head they name."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from underbalance.claims.periods import first_day, last_day
from underbalance.outcomes.event_governments import name_words

OPEN_END = "9999-12-31"


def with_possible_days(events: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Add the first and the last day on which each event can have been.

    They are those of its date, narrowed to the days on which the head of government named in
    its coding led, when that is one of several who led in the time of the date: an event of
    1998 under Hashimoto was not after July.

    Parameters
    ----------
    events : the facts table missile_defence_events.
    spells : the processed table leader_spells.

    Returns
    -------
    ``events`` with ``earliest`` and ``latest``, ISO days.
    """
    by_ally = {iso3: own.to_dict("records") for iso3, own in spells.groupby("iso3")}
    days = [_days(event, by_ally.get(event["iso3"], [])) for event in events.to_dict("records")]
    bounds = pd.DataFrame(days, columns=["earliest", "latest"], index=events.index, dtype="str")
    return pd.concat([events, bounds], axis=1)


def possible_in(events: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Say for each event with its possible days whether it may lie in a period."""
    return (events["earliest"] <= end) & (events["latest"] >= start)


def _days(event: dict[Hashable, Any], spells: list[dict[Hashable, Any]]) -> tuple[str, str]:
    first, last = first_day(event["date"]), last_day(event["date"])
    led = [s for s in spells if s["start"] <= last and (s["end"] or OPEN_END) >= first]
    named = name_words(event["head_of_government"])
    shared = {s["leader"]: len(name_words(s["leader"]) & named) for s in led}
    best = [leader for leader, words in shared.items() if words and words == max(shared.values())]
    if len(shared) < 2 or len(best) != 1:
        return first, last
    own = [s for s in led if s["leader"] == best[0]]
    since = min(s["start"] for s in own)
    until = max(s["end"] or OPEN_END for s in own)
    return max(first, since), min(last, until)
