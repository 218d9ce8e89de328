"""How the legal constraints and the ratification hurdle came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from underbalance.explain.building import computed, missing_variable, of_variable, reason
from underbalance.explain.facts import Facts
from underbalance.explain.rows import only
from underbalance.explain.tree import Node
from underbalance.explain.wording import shown

if TYPE_CHECKING:
    from underbalance.explain.variables import Explainer

# the item of the coding behind each column of ally_year
ITEMS = {
    "legal_arms_transfer_limits": "arms_transfer_limits",
    "legal_basing_nuclear_space": "basing_nuclear_space_limits",
    "legal_defence_spending_ceiling": "defence_spending_ceiling",
    "legal_deployment_veto": "deployment_veto",
    "legal_fiscal_rule": "fiscal_rule",
    "legal_force_limits": "force_limits",
}
CODERS = ("a", "b")
KEY = ["iso3", "item", "coder", "start", "end"]
VALUES = ["value", "confidence", "basis", "source", "note"]
# clarifications made after both codings were finished, by item
CLARIFIED = {
    "basing_nuclear_space_limits": "a clause that only requires consent to foreign forces is no "
    "limit",
    "defence_spending_ceiling": "totals of procurement programmes are no ceiling; Japan had one "
    "from 1997-06-03 to 1998-12-17 only",
}
AGREED = "both coders give the same value"
SURER = "the coders differ; the value of the more confident one is taken"
MEAN = "the coders differ with the same confidence; the mean is taken"
ONE_MISSING = "one coder could not establish a value; that of the other is taken"
BOTH_MISSING = "Missing: neither coder could establish a value"


def legal_item(facts: Facts, iso3: str, year: int, name: str) -> Node:
    """Return a legal constraint: both codings in force on 31 December, and the verdict."""
    parts = [_coding(facts, iso3, year, ITEMS[name], coder) for coder in CODERS]
    if all(not part.rows for part in parts):
        why = reason(facts, "legal_constraints", iso3, year)
        return missing_variable(facts, name, f"no period of the coding holds on the day: {why}")
    note = f"{facts.formula(name)}; {_verdict(parts)}"
    return of_variable(
        facts, name, iso3, year, "adjudicated between the coders", parts=parts, note=note
    )


def ratification_hurdle(facts: Facts, iso3: str, year: int) -> Node:
    """Return the ratification hurdle: one score per ally."""
    rows = facts.of("ratification", iso3)
    if not rows:
        why = f"ratification has no row of {iso3}"
        return missing_variable(facts, "ratification_hurdle", why)
    shown = facts.rows("ratification", rows, ["iso3"], ["ratification_hurdle"])
    return of_variable(facts, "ratification_hurdle", iso3, year, "value of the row", rows=shown)


def _verdict(parts: Sequence[Node]) -> str:
    """Return in words which rule of adjudication applies."""
    values = [part.value for part in parts]
    if None in values:
        return BOTH_MISSING if values == [None, None] else ONE_MISSING
    if values[0] == values[1]:
        return AGREED
    trust = {row.values["confidence"] for part in parts for row in part.rows}
    return MEAN if len(trust) == 1 else SURER


def _coding(facts: Facts, iso3: str, year: int, item: str, coder: str) -> Node:
    """Return the value of one coder on 31 December, under the clarified rules."""
    day = f"{year}-12-31"
    coded = only(facts.of("legal_constraints", iso3), item=item, coder=coder)
    rows = [row for row in coded if row["start"] <= day <= row["end"]]
    label = f"Coder {coder}, in force on {day}"
    if not rows:
        return Node(f"coder {coder}", label, None, "missing", note=f"no period holds on {day}")
    node = computed(
        f"coder {coder}",
        label,
        "value of the coder, clarified",
        unit="code",
        parameters={"day": day},
        rows=facts.rows("legal_constraints", rows, KEY, VALUES),
    )
    value = node.rows[0].values["value"]
    note = ""
    if value != node.value:
        note = f"coded {shown(value)}, clarified to {shown(node.value)}: {CLARIFIED[item]}"
    elif value is None:
        note = "the coder could not establish a value"
    return replace(node, note=note)


LEGAL: dict[str, Explainer] = {
    **{name: partial(legal_item, name=name) for name in ITEMS},
    "ratification_hurdle": ratification_hurdle,
}
