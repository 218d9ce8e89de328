"""How the balance expected at the time comes about, from the editions of the IMF."""

from __future__ import annotations

from underbalance.clean.economy_vintages import EDITION, EXPECTED, SERIES
from underbalance.explain.building import in_ally_year, missing_variable, of_variable, reason
from underbalance.explain.facts import Facts
from underbalance.explain.rows import only
from underbalance.explain.tree import Node

TABLE = "economy_vintages"
YEARS_AHEAD = {variable: ahead for ahead, variable in EXPECTED.items()}


def expected_balance(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the balance of the year as the October edition of the year expected it."""
    return _expected(facts, "expected_balance", iso3, year)


def expected_balance_next(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the balance of the next year as the October edition of the year expected it."""
    return _expected(facts, "expected_balance_next", iso3, year)


def _expected(facts: Facts, variable: str, iso3: str, year: int) -> Node:
    edition = f"{year}-{EDITION}"
    of_year = facts.of_year(TABLE, iso3, year + YEARS_AHEAD[variable])
    ahead = only(of_year, vintage=edition, series=SERIES)
    if not ahead or not in_ally_year(facts, iso3, year):
        return missing_variable(facts, variable, _why_missing(facts, iso3, year, edition))
    rows = facts.rows(TABLE, ahead, ["vintage", "iso3", "year", "series"], ["value"])
    return of_variable(facts, variable, iso3, year, "value of the row", rows=rows)


def _why_missing(facts: Facts, iso3: str, year: int, edition: str) -> str:
    if edition not in {row["vintage"] for row in facts.raw(TABLE).rows}:
        return f"{TABLE} has no edition {edition}"
    return reason(facts, TABLE, iso3, year)


EXPECTATIONS = {
    "expected_balance": expected_balance,
    "expected_balance_next": expected_balance_next,
}
