"""Why an ally-year is coded as it is: the trees of its obstacles, type and outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from underbalance.config import is_primary
from underbalance.errors import Fault, raise_if_any
from underbalance.explain.codings import node_of
from underbalance.explain.facts import Facts
from underbalance.explain.operations import recomputed, that_do_not_add_up
from underbalance.explain.outcomes import outcome_nodes
from underbalance.explain.tree import Node
from underbalance.explain.typology import type_nodes
from underbalance.explain.wording import shown
from underbalance.outcomes.listed import all_outcomes
from underbalance.places import in_run

ASKED = "underbalance explain"
TYPE = "type"
CLOSE = 5


def explain(
    iso3: str, year: int, variables: Sequence[str] = (), facts: Facts | None = None
) -> list[Node]:
    """Return the trees of an ally-year, each recomputed from the data.

    Parameters
    ----------
    iso3, year : the ally-year.
    variables : codings, other columns of ally_year, ``type`` or outcomes; by default the
        primary codings, the type and the cases of all outcomes in the ally-year.
    facts : the tables, by default those of the folder; give the same for many questions.

    Raises
    ------
    FaultsError : for an unknown ally, year or variable, for results that were not made yet,
        and for results that are not what the data and the rules give.
    """
    facts = facts or Facts()
    raise_if_any([*_ally_faults(facts, iso3, year), *_variable_faults(facts, variables)])
    found = _asked(facts, iso3, year, variables) if variables else _all(facts, iso3, year)
    raise_if_any([_stale(node, iso3, year) for tree in found for node in that_do_not_add_up(tree)])
    return found


def _all(facts: Facts, iso3: str, year: int) -> list[Node]:
    primary = [name for name, coding in facts.codings.items() if is_primary(name, coding)]
    obstacles = [node_of(facts, iso3, year, name) for name in primary]
    return obstacles + type_nodes(facts, iso3, year) + outcome_nodes(facts, iso3, year)


def _asked(facts: Facts, iso3: str, year: int, variables: Sequence[str]) -> list[Node]:
    outcomes = outcome_nodes(facts, iso3, year) if set(variables) & set(all_outcomes()) else []
    nodes = []
    for name in variables:
        if name == TYPE:
            nodes += type_nodes(facts, iso3, year)
        elif name in all_outcomes():
            nodes += _cases(name, outcomes)
        else:
            nodes.append(node_of(facts, iso3, year, name))
    return nodes


def _cases(outcome: str, nodes: Sequence[Node]) -> list[Node]:
    """Return the cases of one outcome; a node without a value where it has none."""
    found = [node for node in nodes if node.name.partition(" ")[0] == outcome]
    note = "no case of the outcome counts for the ally-year"
    return found or [Node(outcome, all_outcomes()[outcome].label, None, "missing", note=note)]


def _ally_faults(facts: Facts, iso3: str, year: int) -> list[Fault]:
    names = dict(zip(facts.allies["iso3"], facts.allies["name"], strict=True))
    if iso3 not in names:
        known = ", ".join(f"{code} {name}" for code, name in names.items())
        mend = "give one of these codes"
        return [_fault("--ally", "the ally must be listed in config/allies.csv", iso3, known, mend)]
    if facts.value("year", iso3, year) is not None:
        return []
    years = facts.ally_year.loc[facts.ally_year["iso3"] == iso3, "year"]
    if years.empty:
        rule = "the results must be made with the allies of config/allies.csv"
        return [_fault("--ally", rule, iso3, "allies of ally_year", "run `make`, then ask again")]
    first, last = facts.first_and_last_year()
    rule = f"the year must be one of ally_year, {first} to {last}"
    if first <= year <= last:
        since = facts.independent_since(iso3)
        rule = f"the ally must exist in the year; {names[iso3]} does since {since}"
    allowed = f"{years.min()} to {years.max()} for {iso3}"
    return [_fault("--year", rule, str(year), allowed, "give one of these years")]


def _variable_faults(facts: Facts, variables: Sequence[str]) -> list[Fault]:
    known = [*facts.codings, TYPE, *all_outcomes(), *facts.ally_year.columns]
    return [
        _fault(
            "--variable",
            "the variable must be a coding, a column of ally_year, an outcome or type",
            name,
            ", ".join(dict.fromkeys(get_close_matches(name, known, n=CLOSE, cutoff=0.5) or known)),
            "give one of these names; docs/codebook.md has all",
        )
        for name in variables
        if name not in known
    ]


def _stale(node: Node, iso3: str, year: int) -> Fault:
    """Return the fault of a value that is not what its parts give."""
    return Fault(
        in_run("data/processed"),
        f"{iso3} {year}, {node.name}",
        f"the coded value must be what its parts give ({node.operation})",
        shown(node.value),
        shown(recomputed(node)),
        "the results are older than the data or the rules: run `make`, then ask again",
    )


def _fault(where: str, rule: str, value: str, allowed: str, mend: str) -> Fault:
    return Fault(ASKED, where, rule, value, allowed, mend)
