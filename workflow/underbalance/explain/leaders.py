"""How changes of leader were counted: the spells of the window, and the sources behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from underbalance.explain.building import computed, missing_variable, of_variable, reason
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node, RawRow

if TYPE_CHECKING:
    from underbalance.explain.variables import Explainer

WINDOW_YEARS = 3
STILL = "9999-12-31"
KEY = ["iso3", "source", "leader", "start"]
VALUES = ["end", "first_snapshot", "last_snapshot"]


def turnover_3y(facts: Facts, iso3: str, year: int) -> Node:
    """Return the changes of leader in the 36 months to 31 December, one part per spell."""
    spells = facts.processed("leader_spells")
    spells = spells[spells["iso3"] == iso3].sort_values("spell")
    window = f"{year - WINDOW_YEARS + 1}-01-01", f"{year}-12-31"
    why = _why_not_covered(facts, iso3, year, spells, window)
    if why:
        return missing_variable(facts, "turnover_3y", why)
    holders = _with_holder_before(spells)
    until = spells["end"].replace("", STILL)
    inside = holders[(spells["start"] <= window[1]) & (until >= window[0])]
    parts = [_spell(facts, row, window) for row in inside.to_dict("records")]
    return of_variable(facts, "turnover_3y", iso3, year, "sum of the parts", parts=parts)


def _why_not_covered(
    facts: Facts, iso3: str, year: int, spells: pd.DataFrame, window: tuple[str, str]
) -> str:
    """Return why the window is not covered, empty when it is."""
    if spells.empty:
        return reason(facts, "leaders", iso3, year)
    first, last = (str(spells[name].iloc[0]) for name in ("covered_from", "covered_until"))
    if first > window[0]:
        return f"the line of leaders begins on {first}, after the window does on {window[0]}"
    if last < window[1]:
        return f"the line of leaders is known to {last}, the window lasts to {window[1]}"
    return ""


def _with_holder_before(spells: pd.DataFrame) -> pd.DataFrame:
    """Add who held the office last without acting for another, None for the first."""
    before: list[str | None] = []
    last: str | None = None
    for leader, interim in zip(spells["leader"], spells["interim"], strict=True):
        before.append(last)
        last = last if interim else leader
    return spells.assign(before=pd.Series(before, index=spells.index, dtype=object))


def _spell(facts: Facts, spell: dict[Any, Any], window: tuple[str, str]) -> Node:
    named = spell["leader"] or "a holder whom no source names"
    end = spell["end"] or "in office at the end of the data"
    return computed(
        f"spell {spell['spell']}",
        f"{named}, {spell['start']} to {end}",
        "1 if a change of leader",
        unit="change",
        parameters={
            "before": spell["before"],
            "window_start": window[0],
            "window_end": window[1],
        },
        rows=(*_of_the_line(facts, spell), *_of_the_sources(facts, spell)),
        note=_verdict(spell, window),
    )


def _verdict(spell: dict[Any, Any], window: tuple[str, str]) -> str:
    if spell["interim"]:
        return f"not counted: acted for another ({spell['days']:.0f} days)"
    if spell["start"] < window[0]:
        return "not counted: in office since before the window"
    if spell["before"] is None:
        return "not counted: the first holder known"
    if spell["leader"] == spell["before"]:
        return "not counted: the holder before returned"
    return f"counted: follows {spell['before'] or 'a holder whom no source names'}"


def _of_the_line(facts: Facts, spell: dict[Any, Any]) -> tuple[RawRow, ...]:
    """Return the row of the merged line of leaders."""
    key = {name: spell[name] for name in ("iso3", "spell")}
    values = {name: spell[name] for name in ("leader", "start", "end", "interim")}
    flag = "merged from the sources below (data/processed/leader_spells.csv)"
    return (RawRow("leader_spells", key, values, facts.source("leaders"), flag),)


def _of_the_sources(facts: Facts, spell: dict[Any, Any]) -> tuple[RawRow, ...]:
    """Return the rows of all sources that lie in the spell, or the spell in them, for half."""
    rows = facts.of("leaders", spell["iso3"])
    start = pd.to_datetime(rows["start"].where(rows["start"] > spell["start"], spell["start"]))
    spell_end = spell["end"] or STILL
    ends = rows["end"].replace("", STILL).map(_last_possible_day)
    end = pd.to_datetime(ends.where(ends < spell_end, spell_end))
    shared = (end - start).dt.days
    own = (pd.to_datetime(ends) - pd.to_datetime(rows["start"])).dt.days
    length = (pd.Timestamp(spell_end) - pd.Timestamp(spell["start"])).days
    beside = rows[(shared > 0) & (2 * shared >= own.clip(upper=length))]
    return facts.rows("leaders", beside.sort_values(["source", "start"]), KEY, VALUES)


def _last_possible_day(day: str) -> str:
    """Return a day of the month where a source gives the month alone."""
    return day if len(day) > len("1994-04") else f"{day}-28"


POLITICAL_LEADERS: dict[str, Explainer] = {"turnover_3y": turnover_3y}
