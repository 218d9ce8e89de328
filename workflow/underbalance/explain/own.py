"""A user's own variables and outcomes: the row of the table that the user supplied."""

from __future__ import annotations

from underbalance.explain.building import missing_variable, of_variable, reason
from underbalance.explain.cases import Case, of_column
from underbalance.explain.facts import Facts
from underbalance.explain.rows import only
from underbalance.explain.tree import Node
from underbalance.own.definitions import CASE, DURATION, END, ENDED, START, OwnOutcome

KEY = ["iso3", "year"]
ROW = "value of the row"
YEARS = "calendar years from the start of the row to its end, at most to the last year"
SEEN = "1 if the end of the row is not after the last year"


def own_variable(facts: Facts, iso3: str, year: int, variable: str) -> Node:
    """Return a column of a yearly table of the user with the row that it is from."""
    (table,) = facts.tables_behind(variable)
    rows = facts.of_year(table, iso3, year)
    if not rows:
        return missing_variable(facts, variable, reason(facts, table, iso3, year))
    shown = facts.rows(table, rows, KEY, [variable])
    return of_variable(facts, variable, iso3, year, ROW, rows=shown)


def own_case(facts: Facts, case: Case, entry: OwnOutcome) -> list[Node]:
    """Return the columns of a case of an outcome of the user, the measure first."""
    if entry.kind == "ally_year":
        names = dict.fromkeys([entry.measure, *entry.columns])
        return [_cell(facts, case, name, KEY) for name in names]
    rows = only(facts.of(case.outcome, case.iso3), case=case.row[CASE])
    dates = facts.rows(case.outcome, rows, [CASE, "iso3"], [START, END])
    last = {"last_year": entry.last_year}
    return [
        of_column(facts, case, DURATION, YEARS, parameters=last, rows=dates),
        of_column(facts, case, ENDED, SEEN, parameters=last, rows=dates),
        *(_cell(facts, case, name, [CASE, "iso3"]) for name in entry.columns),
    ]


def _cell(facts: Facts, case: Case, column: str, key: list[str]) -> Node:
    rows = only(facts.of(case.outcome, case.iso3), **{name: case.row[name] for name in key})
    return of_column(facts, case, column, ROW, rows=facts.rows(case.outcome, rows, key, [column]))
