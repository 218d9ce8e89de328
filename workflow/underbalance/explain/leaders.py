"""How changes of leader were counted: the spells of the window, and the sources behind each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from underbalance.explain.building import computed, missing_variable, of_variable, reason
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.explain.tree import Node, RawRow
from underbalance.places import in_run

if TYPE_CHECKING:
    from underbalance.explain.variables import Explainer

WINDOW_YEARS = 3
STILL = "9999-12-31"
KEY = ["iso3", "source", "leader", "start"]
VALUES = ["end", "first_snapshot", "last_snapshot"]


def turnover_3y(facts: Facts, iso3: str, year: int) -> Node:
    """Return the changes of leader in the 36 months to 31 December, one part per spell."""
    spells = sorted(facts.made("leader_spells").of(iso3), key=itemgetter("spell"))
    window = f"{year - WINDOW_YEARS + 1}-01-01", f"{year}-12-31"
    why = _why_not_covered(facts, iso3, year, spells, window)
    if why:
        return missing_variable(facts, "turnover_3y", why)
    parts = [
        _spell(facts, spell, window)
        for spell in _with_holder_before(spells)
        if spell["start"] <= window[1] and (spell["end"] or STILL) >= window[0]
    ]
    return of_variable(facts, "turnover_3y", iso3, year, "sum of the parts", parts=parts)


def _why_not_covered(
    facts: Facts, iso3: str, year: int, spells: list[Row], window: tuple[str, str]
) -> str:
    """Return why the window is not covered, empty when it is."""
    if not spells:
        return reason(facts, "leaders", iso3, year)
    first, last = (str(spells[0][name]) for name in ("covered_from", "covered_until"))
    if first > window[0]:
        return f"the line of leaders begins on {first}, after the window does on {window[0]}"
    if last < window[1]:
        return f"the line of leaders is known to {last}, the window lasts to {window[1]}"
    return ""


def _with_holder_before(spells: list[Row]) -> Iterator[Row]:
    """Add who held the office last without acting for another, None for the first."""
    last: str | None = None
    for spell in spells:
        yield {**spell, "before": last}
        last = last if spell["interim"] else spell["leader"]


def _spell(facts: Facts, spell: Row, window: tuple[str, str]) -> Node:
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


def _verdict(spell: Row, window: tuple[str, str]) -> str:
    if spell["interim"]:
        return f"not counted: acted for another ({spell['days']:.0f} days)"
    if spell["start"] < window[0]:
        return "not counted: in office since before the window"
    if spell["before"] is None:
        return "not counted: the first holder known"
    if spell["leader"] == spell["before"]:
        return "not counted: the holder before returned"
    return f"counted: follows {spell['before'] or 'a holder whom no source names'}"


def _of_the_line(facts: Facts, spell: Row) -> tuple[RawRow, ...]:
    """Return the row of the merged line of leaders."""
    key = {name: spell[name] for name in ("iso3", "spell")}
    values = {name: spell[name] for name in ("leader", "start", "end", "interim")}
    table = in_run("data/processed/leader_spells.csv")
    flag = f"merged from the sources below ({table})"
    return (RawRow("leader_spells", key, values, facts.source("leaders"), flag),)


def _of_the_sources(facts: Facts, spell: Row) -> tuple[RawRow, ...]:
    """Return the rows of all sources that lie in the spell, or the spell in them, for half."""
    rows = [row for row in facts.of("leaders", spell["iso3"]) if _shares_half(row, spell)]
    return facts.rows("leaders", sorted(rows, key=itemgetter("source", "start")), KEY, VALUES)


def _shares_half(row: Row, spell: Row) -> bool:
    """Say whether half of a row of a source lies in the spell, or half of the spell in it."""
    row_end, spell_end = _last_possible_day(row["end"] or STILL), spell["end"] or STILL
    shared = _days(max(row["start"], spell["start"]), min(row_end, spell_end))
    shorter = min(_days(row["start"], row_end), _days(spell["start"], spell_end))
    return shared > 0 and 2 * shared >= shorter


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _last_possible_day(day: str) -> str:
    """Return a day of the month where a source gives the month alone."""
    return day if len(day) > len("1994-04") else f"{day}-28"


POLITICAL_LEADERS: dict[str, Explainer] = {"turnover_3y": turnover_3y}
