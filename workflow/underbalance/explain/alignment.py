"""How the distance of an ally to the USA in the UN General Assembly comes about."""

from __future__ import annotations

from underbalance.explain.building import of_variable, reason, rows_of_year, value_of_row
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node


def ideal_point_distance(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the distance of the ideal points of the ally and of the USA."""
    rows = rows_of_year(facts, "ideal_points", iso3, year)
    points = [
        value_of_row(
            facts,
            "ideal_points",
            rows,
            column,
            key=["iso3", "year"],
            label=facts.label(column),
            unit=facts.unit(column),
            why_missing=lambda: reason(facts, "ideal_points", iso3, year),
        )
        for column in ("ideal_point", "ideal_point_usa")
    ]
    operation = "absolute difference of the parts"
    return of_variable(facts, "ideal_point_distance", iso3, year, operation, parts=points)


ALIGNMENT = {"ideal_point_distance": ideal_point_distance}
