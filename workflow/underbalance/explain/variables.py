"""Which function explains which variable of ally_year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from underbalance.explain.alternatives import ALTERNATIVES
from underbalance.explain.building import coded_value
from underbalance.explain.economics import ECONOMIC
from underbalance.explain.facts import Facts
from underbalance.explain.law import LEGAL
from underbalance.explain.leaders import POLITICAL_LEADERS
from underbalance.explain.own import own_variable
from underbalance.explain.parliament import PARLIAMENTARY
from underbalance.explain.tree import Node, RawRow
from underbalance.places import in_run

# (facts, iso3, year) → the node of the variable in that ally-year
Explainer: TypeAlias = Callable[[Facts, str, int], Node]

EXPLAINERS: dict[str, Explainer] = {
    **POLITICAL_LEADERS,
    **PARLIAMENTARY,
    **ECONOMIC,
    **LEGAL,
    **ALTERNATIVES,
}

UNEXPLAINED = "no explanation from raw rows"


def variable_node(facts: Facts, iso3: str, year: int, variable: str) -> Node:
    """Return the node of a variable of ally_year; without raw rows where no function has them."""
    if variable in facts.own.columns():
        return own_variable(facts, iso3, year, variable)
    explainer = EXPLAINERS.get(variable)
    if explainer is None:
        return _as_processed(facts, iso3, year, variable)
    # the coded value, whatever the explanation comes to: the two are compared
    return replace(explainer(facts, iso3, year), value=coded_value(facts, variable, iso3, year))


def _as_processed(facts: Facts, iso3: str, year: int, variable: str) -> Node:
    """Return the processed value with its rule and sources, marked as no more than that."""
    steps = facts.made("parts/country_years").of_year(iso3, year)
    in_steps = any(variable in row for row in steps)
    table = "parts/country_years" if in_steps else "ally_year"
    value = coded_value(facts, variable, iso3, year)
    processed = steps[0][variable] if in_steps else value
    shown = RawRow(
        table,
        {"iso3": iso3, "year": year},
        {variable: None if value is None else processed},
        "; ".join(facts.source(name) for name in facts.tables_behind(variable)),
        f"{UNEXPLAINED}: the value is that of {in_run('data/processed')}",
    )
    missing = "" if value is not None else f"Missing in {in_run('data/processed')}"
    note = ". ".join(text for text in (facts.formula(variable), missing) if text)
    label, unit = facts.label(variable), facts.unit(variable)
    return Node(variable, label, value, "value of the row", unit, rows=(shown,), note=note)
