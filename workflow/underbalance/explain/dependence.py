"""What makes up dependence on the USA: troops, arms orders, military aid, trade."""

from __future__ import annotations

from operator import itemgetter

from underbalance.clean.arms_orders import DECIMALS, WINDOW
from underbalance.clean.dependence import MILLIONS_PER_BILLION
from underbalance.clean.us_troops import SEPTEMBER
from underbalance.explain.building import (
    computed,
    in_ally_year,
    missing_variable,
    of_variable,
    reason,
    rows_of_year,
    value_of_row,
)
from underbalance.explain.economics import series
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.explain.tree import Cell, Node

PER_THOUSAND, PERCENT, PERSONS_PER_MILLION = 1000, 100, 1_000_000
KEY = ["iso3", "year"]


def us_troops_per_1000_personnel(facts: Facts, iso3: str, year: int) -> Node:
    """Explain US troops per 1,000 of the ally's own military personnel."""
    own = value_of_row(
        facts,
        "capabilities",
        rows_of_year(facts, "capabilities", iso3, year),
        "personnel_thousand",
        key=["state", "year"],
        label="Military personnel of the ally",
        unit="thousand persons",
        why_missing=lambda: reason(facts, "capabilities", iso3, year),
    )
    return of_variable(
        facts,
        "us_troops_per_1000_personnel",
        iso3,
        year,
        "ratio of the parts",
        parameters={"factor": PER_THOUSAND, "unit_below": 1000},
        parts=[us_troops(facts, iso3, year), own],
    )


def us_troops_per_1000(facts: Facts, iso3: str, year: int) -> Node:
    """Explain US troops per 1,000 inhabitants."""
    return of_variable(
        facts,
        "us_troops_per_1000",
        iso3,
        year,
        "ratio of the parts",
        parameters={"factor": PER_THOUSAND, "unit_below": PERSONS_PER_MILLION},
        parts=[
            us_troops(facts, iso3, year),
            series(facts, iso3, year, "population_m"),
        ],
    )


def us_troops(facts: Facts, iso3: str, year: int) -> Node:
    """Explain US personnel in the ally: the report of September, else the latest of the year."""
    reports = rows_of_year(facts, "us_troops", iso3, year)
    reports = sorted(reports, key=lambda row: (row["month"] != SEPTEMBER, -row["month"]))
    return value_of_row(
        facts,
        "us_troops",
        reports[:1],
        "active_duty",
        key=[*KEY, "month"],
        name="us_troops",
        label=facts.label("us_troops"),
        unit=facts.unit("us_troops"),
        note=facts.formula("us_troops"),
        why_missing=lambda: reason(facts, "us_troops", iso3, year),
    )


def military_aid_gdp(facts: Facts, iso3: str, year: int) -> Node:
    """Explain US military assistance without loans as percent of GDP."""
    return of_variable(
        facts,
        "military_aid_gdp",
        iso3,
        year,
        "ratio of the parts",
        parameters={"factor": PERCENT, "unit_below": MILLIONS_PER_BILLION},
        parts=[_grants(facts, iso3, year), series(facts, iso3, year, "gdp_usd_bn")],
    )


def _grants(facts: Facts, iso3: str, year: int) -> Node:
    label, unit = "US military assistance without loans", "million US$"
    rows = rows_of_year(facts, "us_aid", iso3, year)
    if rows:
        amounts = [
            _amount(facts, "us_aid", rows, column, name)
            for column, name in (
                ("military_aid_current_usd_m", "US military assistance"),
                ("military_loans_current_usd_m", "Loans in it"),
            )
        ]
        return computed("grants", label, "difference of the parts", unit=unit, parts=amounts)
    if in_ally_year(facts, iso3, year) and facts.covers("us_aid", iso3, year):
        note = f"us_aid covers {iso3} in {year} and lists no obligation: zero, not missing"
        return computed("grants", label, "sum of the rows", unit=unit, note=note)
    return Node("grants", label, None, "missing", unit, note=reason(facts, "us_aid", iso3, year))


def us_trade_gdp(facts: Facts, iso3: str, year: int) -> Node:
    """Explain trade in goods with the USA as percent of GDP."""
    rows = rows_of_year(facts, "us_trade", iso3, year)
    label, unit = "Trade in goods with the USA", "million US$"
    trade = Node("trade", label, None, "missing", unit, note=reason(facts, "us_trade", iso3, year))
    if rows:
        flows = [
            _amount(facts, "us_trade", rows, column, name)
            for column, name in (("imports_usd_m", "US imports"), ("exports_usd_m", "US exports"))
        ]
        trade = computed("trade", label, "sum of all parts", unit=unit, parts=flows)
    return of_variable(
        facts,
        "us_trade_gdp",
        iso3,
        year,
        "ratio of the parts",
        parameters={"factor": PERCENT, "unit_below": MILLIONS_PER_BILLION},
        parts=[trade, series(facts, iso3, year, "gdp_usd_bn")],
    )


def us_arms_share_5y(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the US share of the arms orders of five years, by value."""
    if not in_ally_year(facts, iso3, year):
        note = reason(facts, "arms_orders", iso3, year)
        return missing_variable(facts, "us_arms_share_5y", note)
    share = us_share(facts, iso3, year, "tiv")
    return of_variable(facts, "us_arms_share_5y", iso3, year, share.operation, parts=share.parts)


def us_share(facts: Facts, iso3: str, year: int, counted: str) -> Node:
    """Explain the US share of the orders of five years.

    Parameters
    ----------
    counted : ``tiv``, the trend-indicator value, or ``deals``, their number.
    """
    sums = [
        orders_in_window(facts, iso3, year, f"{counted}_{suppliers}")
        for suppliers in ("usa", "all")
    ]
    what = "value" if counted == "tiv" else "deals"
    label = f"US share of the orders of {year - WINDOW + 1} to {year}, by {what}"
    return computed(f"us_share_{counted}", label, "ratio of the parts", unit="0 to 1", parts=sums)


def orders_in_window(facts: Facts, iso3: str, year: int, column: str) -> Node:
    """Explain the sum of a column of arms_orders over the window; missing unless it has all."""
    counted, _, suppliers = column.partition("_")
    parameters: dict[str, Cell] = {"rows_needed": WINDOW, "decimals": DECIMALS}
    first = year - WINDOW + 1
    rows = [row for row in facts.of("arms_orders", iso3) if first <= row["year"] <= year]
    rows = sorted(rows, key=itemgetter("year"))
    return computed(
        column,
        f"{'Value' if counted == 'tiv' else 'Number'} of the orders of {first} to {year}, "
        f"{'from the USA' if suppliers == 'usa' else 'from all suppliers'}",
        "sum of the rows",
        unit="trend-indicator value" if counted == "tiv" else "deals",
        parameters=parameters,
        rows=facts.rows("arms_orders", rows, KEY, [column]),
        note="" if len(rows) == WINDOW else f"arms_orders has {len(rows)} of the {WINDOW} years",
    )


def _amount(facts: Facts, table: str, rows: list[Row], column: str, label: str) -> Node:
    return value_of_row(
        facts, table, rows, column, key=KEY, label=label, unit="million US$", why_missing=str
    )


DEPENDENCE = {
    "us_troops_per_1000_personnel": us_troops_per_1000_personnel,
    "us_troops_per_1000": us_troops_per_1000,
    "military_aid_gdp": military_aid_gdp,
    "us_trade_gdp": us_trade_gdp,
    "us_arms_share_5y": us_arms_share_5y,
}
