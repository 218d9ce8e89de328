"""How ministers kept, camps of leaders, and positions of parties in parliament come about."""

from __future__ import annotations

from operator import itemgetter

from underbalance.clean.leader_ideology import CAMPS
from underbalance.clean.parliaments import VARIABLES
from underbalance.clean.year_end import WINDOW_YEARS
from underbalance.explain.building import (
    coded_value,
    in_ally_year,
    missing_variable,
    of_variable,
    reason,
    rows_of_year,
)
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node, RawRow

KEY = ["iso3", "year"]
NEVER = 0


def cabinet_retention(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the share of ministers kept from the July before."""
    name = "cabinet_retention"
    rows = rows_of_year(facts, name, iso3, year)
    shown = facts.rows(name, rows, [*KEY, "ministers"], ["retention_ministers"])
    if coded_value(facts, name, iso3, year) is None:
        # the ledger of the snapshots has no name of a variable in its keys
        note = reason(facts, name, iso3, year, f"{iso3} {year}")
        return missing_variable(facts, name, note, shown)
    return of_variable(facts, name, iso3, year, "value of the row", rows=shown)


def leader_ideology(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the camp of the head of government on 31 December."""
    shown = _camps(facts, iso3, [year])
    if not shown:
        return missing_variable(facts, "leader_ideology", _no_camp(facts, iso3, year))
    return of_variable(facts, "leader_ideology", iso3, year, "value of the row", rows=shown)


def ideology_shift_3y(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the changes of camp between the ends of four consecutive years."""
    years = range(year - WINDOW_YEARS, year + 1)
    shown = _camps(facts, iso3, years)
    if len(shown) < len(years) or not in_ally_year(facts, iso3, year):
        known = {row.key["year"] for row in shown}
        unknown = ", ".join(str(one) for one in years if one not in known)
        note = f"the camp is not known at the end of {unknown}"
        return missing_variable(facts, "ideology_shift_3y", note, shown)
    operation = "changes between the rows"
    return of_variable(facts, "ideology_shift_3y", iso3, year, operation, rows=shown)


def military_dispersion(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the dispersion of party positions on the military."""
    return _of_parliament(facts, "manifesto_positions", "military_sd", iso3, year)


def special_relations_dispersion(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the dispersion of party positions on foreign special relations."""
    return _of_parliament(facts, "manifesto_positions", "special_relations_sd", iso3, year)


def elected_government_share(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the seat share of the government formed after the election in force."""
    return _of_parliament(facts, "party_governments", "government_seat_share", iso3, year)


def left_right_dispersion(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the dispersion of parties on left-right."""
    return _of_parliament(facts, "party_governments", "left_right_sd", iso3, year)


def legislative_constraints(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the legislative constraints on the executive."""
    return _of_year_as_is(facts, "institutions", "legislative_constraints", iso3, year)


def polyarchy(facts: Facts, iso3: str, year: int) -> Node:
    """Explain electoral democracy."""
    return _of_year_as_is(facts, "institutions", "polyarchy", iso3, year)


def _of_year_as_is(facts: Facts, table: str, variable: str, iso3: str, year: int) -> Node:
    rows = rows_of_year(facts, table, iso3, year)
    shown = facts.rows(table, rows, KEY, [variable])
    if all(row[variable] is None for row in rows):
        return missing_variable(facts, variable, reason(facts, table, iso3, year), shown)
    return of_variable(facts, variable, iso3, year, "value of the row", rows=shown)


def _of_parliament(facts: Facts, table: str, column: str, iso3: str, year: int) -> Node:
    """Explain a column of the lower house elected last, or why that does not count."""
    variable = VARIABLES[table][column]
    dated = sorted(facts.of(table, iso3), key=itemgetter("date"))
    elected = [row for row in dated if row["date"] <= f"{year}-12-31"][-1:]
    shown = facts.rows(table, elected, ["iso3", "date"], [column])
    if coded_value(facts, variable, iso3, year) is None:
        note = reason(facts, table, iso3, year, f"{iso3} {year} {variable}")
        return missing_variable(facts, variable, note, shown)
    return of_variable(facts, variable, iso3, year, "value of the row", rows=shown)


def _camps(facts: Facts, iso3: str, years: range | list[int]) -> tuple[RawRow, ...]:
    """Return the rows of the years in which the camp is known and the ally independent."""
    founded = _founded(facts, iso3)
    shown = [
        row
        for row in sorted(facts.of("leader_ideology", iso3), key=itemgetter("year"))
        if row["year"] in years and row["hog_ideology"] in CAMPS and row["year"] >= founded
    ]
    return facts.rows("leader_ideology", shown, [*KEY, "head_of_government"], ["hog_ideology"])


def _founded(facts: Facts, iso3: str) -> int:
    since = facts.independent_since(iso3)
    return int(since[:4]) if since else NEVER


def _no_camp(facts: Facts, iso3: str, year: int) -> str:
    rows = rows_of_year(facts, "leader_ideology", iso3, year)
    found = rows[0]["hog_ideology"] if rows else ""
    if found:
        return f"the source has {found!r}, which is no camp"
    return reason(facts, "leader_ideology", iso3, year)


GOVERNMENTS = {
    "cabinet_retention": cabinet_retention,
    "leader_ideology": leader_ideology,
    "ideology_shift_3y": ideology_shift_3y,
    "military_dispersion": military_dispersion,
    "special_relations_dispersion": special_relations_dispersion,
    "elected_government_share": elected_government_share,
    "left_right_dispersion": left_right_dispersion,
    "legislative_constraints": legislative_constraints,
    "polyarchy": polyarchy,
}
