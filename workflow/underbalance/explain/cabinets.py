"""How the variables of cabinets come about: turnover, caretakers, the government's seats."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

from underbalance.clean.year_end import WINDOW_YEARS
from underbalance.explain.building import (
    computed,
    in_ally_year,
    missing_variable,
    of_variable,
    reason,
)
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.explain.tree import Node
from underbalance.sources.parlgov import HALF

KEY = ["iso3", "cabinet", "start"]


def cabinet_turnover_3y(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the changes of cabinet in the 36 months to 31 December, with each new cabinet."""
    first = f"{year - WINDOW_YEARS + 1}-01-01"
    if not _known_since(facts, iso3, year, first):
        return _missing(facts, "cabinet_turnover_3y", iso3, year, first)
    cabinets = _cabinets(facts, iso3)
    within = [row for row in cabinets if first <= row["start"] <= f"{year}-12-31"]
    new = [row for row in _changes(cabinets) if row["start"] > _since(facts, iso3)]
    counted = [row for row in within if row in new]
    left_out = ", ".join(row["cabinet"] for row in within if row not in new)
    return of_variable(
        facts,
        "cabinet_turnover_3y",
        iso3,
        year,
        "number of the rows",
        rows=facts.rows("cabinets", counted, KEY, ["prime_minister"]),
        note=facts.formula("cabinet_turnover_3y")
        + (f"; not a change: {left_out}" if left_out else ""),
    )


def _changes(cabinets: list[Row]) -> list[Row]:
    """Return the cabinets but those in which the prime minister before stays on as caretaker."""
    following = [
        row
        for before, row in pairwise(cabinets)
        if not (row["caretaker"] and row["prime_minister"] == before["prime_minister"])
    ]
    return [*cabinets[:1], *following]


def caretaker_days(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the days of the year under a caretaker cabinet, with the caretakers."""
    first = f"{year}-01-01"
    if not _known_since(facts, iso3, year, first):
        return _missing(facts, "caretaker_days", iso3, year, first)
    caretakers = [
        row
        for row in _cabinets(facts, iso3)
        if row["caretaker"]
        and row["start"] <= f"{year}-12-31"
        and (row["end"] == "" or row["end"] >= first)
    ]
    return of_variable(
        facts,
        "caretaker_days",
        iso3,
        year,
        "days of the year in the rows",
        parameters={"year": year, "last_year": facts.register.last_year("cabinets")},
        rows=facts.rows("cabinets", caretakers, ["iso3", "cabinet"], ["start", "end"]),
    )


def minority_government(facts: Facts, iso3: str, year: int) -> Node:
    """Explain whether the government of 31 December has less than half of the seats."""
    share = government_seat_share(facts, iso3, year)
    operation = "1 if the part is below the cut"
    cut = {"cut": HALF}
    return of_variable(
        facts, "minority_government", iso3, year, operation, parameters=cut, parts=[share]
    )


def government_seat_share(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the seat share of the government in force on 31 December."""
    rows = _in_force(facts, iso3, year)
    if not rows or rows[0]["seat_share"] is None:
        return _missing(facts, "government_seat_share", iso3, year, f"{year}-12-31")
    # the parties of France before 1993 have seats that the total leaves out
    house = "seats_parties" if _more_seats_by_party(rows[0]) else "seats_total"
    labels = {"seats_government": "Seats of the government", house: "Seats of the house"}
    seats = [
        computed(
            column,
            label,
            "value of the row",
            unit="seats",
            rows=facts.rows("cabinets", rows, KEY, [column]),
        )
        for column, label in labels.items()
    ]
    return of_variable(
        facts, "government_seat_share", iso3, year, "ratio of the parts", parts=seats
    )


def government_parties(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the number of governing parties on 31 December."""
    return _cell_in_force(facts, "government_parties", "parties", iso3, year)


def government_left_right(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the position of the government of 31 December."""
    return _cell_in_force(facts, "government_left_right", "left_right", iso3, year)


def left_right_shift(facts: Facts, iso3: str, year: int) -> Node:
    """Explain how far the position of the government moved from that of a year before."""
    if not in_ally_year(facts, iso3, year):
        return missing_variable(facts, "left_right_shift", reason(facts, "cabinets", iso3, year))
    positions = [_position(facts, iso3, year), _position(facts, iso3, year - 1)]
    operation = "absolute difference of the parts"
    return of_variable(facts, "left_right_shift", iso3, year, operation, parts=positions)


def _position(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the position on 31 December of a year that may lie before the table's first."""
    rows = _in_force(facts, iso3, year)
    label = f"Left-right position of the government, end of {year}"
    unit = facts.unit("government_left_right")
    if not rows:
        note = _why_missing(facts, iso3, year, f"{year}-12-31")
        return Node("government_left_right", label, None, "missing", unit, note=note)
    return computed(
        "government_left_right",
        label,
        "value of the row",
        unit=unit,
        rows=facts.rows("cabinets", rows, KEY, ["left_right"]),
    )


def _cell_in_force(facts: Facts, variable: str, column: str, iso3: str, year: int) -> Node:
    rows = _in_force(facts, iso3, year)
    if not rows or not in_ally_year(facts, iso3, year):
        return _missing(facts, variable, iso3, year, f"{year}-12-31")
    shown = facts.rows("cabinets", rows, KEY, [column])
    return of_variable(facts, variable, iso3, year, "value of the row", rows=shown)


def _in_force(facts: Facts, iso3: str, year: int) -> list[Row]:
    """Return the cabinet of 31 December, or no row where it is not known."""
    if not _known_since(facts, iso3, year, f"{year}-12-31"):
        return []
    return [row for row in _cabinets(facts, iso3) if row["start"] <= f"{year}-12-31"][-1:]


def _cabinets(facts: Facts, iso3: str) -> list[Row]:
    return sorted(facts.of("cabinets", iso3), key=itemgetter("start"))


def _since(facts: Facts, iso3: str) -> str:
    """Return the day of independence or of the first cabinet, whichever is later."""
    first: str = min(row["start"] for row in facts.of("cabinets", iso3))
    return max(first, facts.independent_since(iso3))


def _known_since(facts: Facts, iso3: str, year: int, day: str) -> bool:
    """Say whether cabinets are known, and the ally independent, from a day of the window on."""
    listed = bool(facts.of("cabinets", iso3))
    return listed and _since(facts, iso3) <= day and facts.covers("cabinets", iso3, year)


def _missing(facts: Facts, variable: str, iso3: str, year: int, day: str) -> Node:
    rows = facts.rows("cabinets", _in_force(facts, iso3, year), KEY, ["parties", "seats_doubtful"])
    note = _why_missing(facts, iso3, year, day, f"{iso3} {year} {variable}")
    return missing_variable(facts, variable, note, rows)


def _why_missing(facts: Facts, iso3: str, year: int, day: str, key: str = "") -> str:
    covered = facts.covers("cabinets", iso3, year)
    if covered and not _known_since(facts, iso3, year, day):
        return f"cabinets of the independent state are not known from {day} on"
    rows = _in_force(facts, iso3, year)
    if rows and rows[0]["parties"] == 0:
        return "no party governs: the cabinet of 31 December is technical"
    return reason(facts, "cabinets", iso3, year, key)


def _more_seats_by_party(row: Row) -> bool:
    return row["seats_parties"] is not None and row["seats_parties"] > (row["seats_total"] or 0)


CABINETS = {
    "cabinet_turnover_3y": cabinet_turnover_3y,
    "caretaker_days": caretaker_days,
    "minority_government": minority_government,
    "government_seat_share": government_seat_share,
    "government_parties": government_parties,
    "government_left_right": government_left_right,
    "left_right_shift": left_right_shift,
}
