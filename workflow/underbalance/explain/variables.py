"""Which function explains which variable of ally_year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from underbalance.explain.alternatives import ALTERNATIVES
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node

# (facts, iso3, year) → the node of the variable in that ally-year
Explainer: TypeAlias = Callable[[Facts, str, int], Node]

EXPLAINERS: dict[str, Explainer] = {
    **ALTERNATIVES,
}
