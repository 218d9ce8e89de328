"""What happened in an ally, with dates: leaders, orders of US arms, and events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from underbalance.explain.facts import Facts
from underbalance.explain.parliament import source_used
from underbalance.explain.rows import Row, only

LANES = (
    "Missile defence",
    "Agreements",
    "US notices",
    "Cabinets",
    "Elections",
)
DIRECTIONS = {1: "forward", -1: "back", 0: "neither"}
DAY = 1 / 365
CALENDAR = {4: "{}-07-01", 7: "{}-15", 10: "{}"}


@dataclass(frozen=True)
class Span:
    """The years that the charts of a page show.

    Parameters
    ----------
    first, last : the first and the last of them.
    """

    first: int
    last: int

    def shows(self, day: str) -> bool:
        """Say whether a date is of one of the years."""
        return self.first <= int(day[:4]) <= self.last


def leaders_of(facts: Facts, iso3: str, span: Span) -> list[Row]:
    """Return the leaders in office within the span: leader, start, end (empty: still), interim.

    ``from`` and ``to`` are decimal years within the span; a spell that lasts ends with what is
    known.
    """
    found = []
    for spell in sorted(facts.made("leader_spells").of(iso3), key=lambda row: int(row["spell"])):
        until = spell["end"] or spell["covered_until"]
        if decimal_year(until) <= span.first or decimal_year(spell["start"]) > span.last + 1:
            continue
        begun = max(decimal_year(spell["start"]), float(span.first))
        row = {name: spell[name] for name in ("leader", "start", "end", "party")}
        row |= {"interim": bool(spell["interim"]), "leader": spell["leader"] or "not named"}
        found.append(row | {"from": begun, "to": min(decimal_year(until), span.last + 1.0)})
    return found


def deals_of(facts: Facts, iso3: str) -> list[Row]:
    """Return the orders of US arms of an ally, by year of order: facts of the register only.

    Beside columns of the table deals: ``open`` (no delivery known by the end of the register)
    and ``until``, the year of the first delivery or that end.
    """
    end = facts.register.last_year("deals")
    rows = [
        {**row, "open": row["first_delivery_year"] is None}
        | {"until": row["first_delivery_year"] or end}
        for row in facts.made("deals").of(iso3)
    ]
    return sorted(rows, key=lambda row: (row["order_year"], row["until"], row["deal_id"]))


def events_of(facts: Facts, iso3: str, span: Span) -> list[Row]:
    """Return what has a date, in the order of lanes and dates: lane, date, what, direction."""
    found = [
        *(_missile_defence(row) for row in facts.of("missile_defence_events", iso3)),
        *(_agreement(row) for row in only(facts.of("agreements", iso3), with_usa=1)),
        *(_event("US notices", r["date"], r["system"]) for r in _notices(facts, iso3)),
        *(_cabinet(row) for row in facts.of("cabinets", iso3)),
        *(_event("Elections", day, "election") for day in _elections(facts, iso3)),
    ]
    shown = [row for row in found if span.shows(row["date"])]
    return sorted(shown, key=lambda row: (LANES.index(row["lane"]), row["date"], row["what"]))


def decimal_year(day: str) -> float:
    """Return a date as a decimal year; the middle of a month or year where no more is known."""
    found = date.fromisoformat(CALENDAR[len(day)].format(day))
    passed = (found - date(found.year, 1, 1)).days
    days = (date(found.year + 1, 1, 1) - date(found.year, 1, 1)).days
    return found.year + passed / days


def _event(lane: str, day: str, what: str, direction: str = "") -> Row:
    place = decimal_year(day)
    return {"lane": lane, "date": day, "what": what, "direction": direction, "at": place}


def _missile_defence(row: Row) -> Row:
    direction = DIRECTIONS[int(row["direction"])]
    what = f"{row['programme']}, {row['stage']}: {row['summary']}"
    return _event("Missile defence", row["date"], what, direction)


def _agreement(row: Row) -> Row:
    force = row["entered_into_force"]
    when = f"in force {force}" if force else "entry into force not known"
    what = f"defence agreement ({row['category']}) signed; {when}"
    return _event("Agreements", row["signed"], what)


def _cabinet(row: Row) -> Row:
    kind = ", caretaker" if row["caretaker"] else ""
    return _event("Cabinets", row["start"], f"{row['cabinet']}{kind}")


def _notices(facts: Facts, iso3: str) -> list[Row]:
    return [row for row in facts.of("notifications", iso3) if row["date"]]


def _elections(facts: Facts, iso3: str) -> list[str]:
    """Return the days of elections in the source that the coding uses."""
    listed = facts.of("elections", iso3)
    return [row["date"] for row in only(listed, source=source_used(listed))] if listed else []
