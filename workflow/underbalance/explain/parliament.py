"""How parties in parliament and V-Dem's indices of politics came about."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from underbalance.explain.building import missing_variable, of_variable, reason
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.tree import Cell, Node, RawRow

if TYPE_CHECKING:
    from underbalance.explain.variables import Explainer

INDICES = ("divided_control", "legislative_constraints", "polarization", "polyarchy")
PREFERRED = "ppeg"
SHOWN_ELECTIONS = 2


def index_of_vdem(facts: Facts, iso3: str, year: int, name: str) -> Node:
    """Return an index of V-Dem: the row of the year."""
    rows = facts.of_year("institutions", iso3, year)
    if not rows:
        return missing_variable(facts, name, reason(facts, "institutions", iso3, year))
    shown = facts.rows("institutions", rows, ["iso3", "year"], [name])
    note = facts.formula(name)
    if all(row[name] is None for row in rows):
        note = f"{note}. Missing: V-Dem has no value for the year"
    return of_variable(facts, name, iso3, year, "value of the row", rows=shown, note=note)


def enpp(facts: Facts, iso3: str, year: int) -> Node:
    """Return the effective number of parties: the election in force on 31 December."""
    elections = facts.of("elections", iso3)
    if not elections:
        return missing_variable(facts, "enpp", reason(facts, "elections", iso3, year))
    source = source_used(elections)
    valid = facts.config.election_valid_years
    why = _why_none_is_in_force(facts, iso3, year, only(elections, source=source), valid)
    last = "last election, not in force" if why else "election in force"
    rows = _elections_shown(facts, elections, source, year, last)
    if why:
        return missing_variable(facts, "enpp", why, rows)
    note = (
        f"{facts.formula('enpp')}; the last election by 31 December of {source}, the source used "
        "for all years of the ally (the facts table has the effective number, not the parties)"
    )
    parameters: dict[str, Cell] = {"source": source, "year": year, "valid_years": valid}
    return of_variable(
        facts,
        "enpp",
        iso3,
        year,
        "value of the election in force",
        parameters=parameters,
        rows=rows,
        note=note,
    )


def source_used(elections: list[Row]) -> str:
    """Return the source whose elections count, in all years of an ally."""
    return PREFERRED if only(elections, source=PREFERRED) else str(elections[0]["source"])


def _elections_shown(
    facts: Facts, elections: list[Row], source: str, year: int, flag_of_last: str
) -> tuple[RawRow, ...]:
    """Return the last elections of the source that is used, then those of the other."""
    held = [row for row in elections if row["date"] <= f"{year}-12-31"]
    newest_first = sorted(held, key=itemgetter("date"), reverse=True)
    used = only(newest_first, source=source)[:SHOWN_ELECTIONS]
    others = [row for row in newest_first if row["source"] != source][:1]
    key, values = ["iso3", "date", "source"], ["enpp", "seats", "largest_seat_share"]
    shown = [facts.rows("elections", used[:1], key, values, flag_of_last)]
    shown += [facts.rows("elections", used[1:], key, values, "the election before")]
    shown += [facts.rows("elections", others, key, values, "not used: second source")]
    return tuple(row for rows in shown for row in rows)


def _why_none_is_in_force(
    facts: Facts, iso3: str, year: int, elections: list[Row], valid_years: int
) -> str:
    """Return why no election counts, empty when one does."""
    held = [row for row in elections if row["date"] <= f"{year}-12-31"]
    source = elections[0]["source"]
    if not held:
        return f"{source} has no election of the ally by 31 December {year}"
    if not facts.covers("elections", iso3, year, source):
        return f"outside coverage: {source} does not cover {iso3} in {year}"
    last = max(held, key=itemgetter("date"))
    elected = int(last["date"][:4])
    if year - elected > valid_years:
        return f"the last election, of {last['date']}, is more than {valid_years} years old"
    if last["enpp"] is None:
        return f"{source} has no effective number of parties for the election of {last['date']}"
    closed = [row["year"] for row in only(facts.of("institutions", iso3), legislature_closed=1)]
    since = [one for one in closed if elected < one <= year]
    if since:
        ended = f"the legislature elected on {last['date']} was closed down in {since[0]}"
        return f"{ended}, and {source} has no later election by 31 December {year}"
    return ""


PARLIAMENTARY: dict[str, Explainer] = {
    **{name: partial(index_of_vdem, name=name) for name in INDICES},
    "enpp": enpp,
}
