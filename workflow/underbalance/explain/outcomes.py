"""The outcomes of an ally-year, each case recomputed from the rows it rests on."""

from __future__ import annotations

from collections.abc import Callable

from underbalance.explain.cases import Case, CaseExplainer, cases_of, described_columns
from underbalance.explain.facts import Facts
from underbalance.explain.outcomes_of_agreements import adoption, agreement
from underbalance.explain.outcomes_of_orders import commitment, delivery, loss
from underbalance.explain.outcomes_of_plans import execution, pledge
from underbalance.explain.outcomes_of_years import alignment, effort, exercises, sourcing
from underbalance.explain.own import own_case
from underbalance.explain.tree import Node
from underbalance.outcomes.listed import all_outcomes
from underbalance.own.definitions import CASE, ENDED
from underbalance.present.tie_words import counting_of_ally

CASES: dict[str, CaseExplainer] = {
    "adoption": adoption,
    "agreement": agreement,
    "alignment": alignment,
    "commitment": commitment,
    "delivery": delivery,
    "effort": effort,
    "execution": execution,
    "exercises": exercises,
    "loss": loss,
    "pledge": pledge,
    "sourcing": sourcing,
}
# columns of facts tables that name the goods of an order or a notice
GOODS = ("designation", "system")
# the columns that tell the cases of one ally-year apart
NAMED_BY = {
    "adoption": ("family",),
    "agreement": ("agreement_id",),
    "commitment": ("notice_id", "family"),
    "delivery": ("deal_id",),
    "execution": ("source",),
    "loss": ("vintage", "vintage_deal"),
    "pledge": ("pledge",),
}


def outcome_nodes(facts: Facts, iso3: str, year: int) -> list[Node]:
    """Return a node per case of an outcome that counts for the ally-year.

    The name of a node is that of the outcome, followed by what tells the case apart.

    The value of a node is the measure of the outcome, its first part; the parts after it
    are other columns of the case, such as the event of a duration. An outcome without a
    case in the year has no node.
    """
    return [
        _case_node(facts, case)
        for outcome in all_outcomes()
        for case in cases_of(facts, outcome, iso3, year)
    ]


def _case_node(facts: Facts, case: Case) -> Node:
    outcome = all_outcomes()[case.outcome]
    own = facts.own.outcomes.get(case.outcome)
    named_by = (CASE,) if own and own.kind == "duration" else NAMED_BY.get(case.outcome, ())
    names = " ".join(str(case.value(column)) for column in named_by)
    _, unit, _ = described_columns(facts, case.outcome)[outcome.measure]
    parts = tuple(own_case(facts, case, own) if own else CASES[case.outcome](facts, case))
    goods = next((goods for part in parts for goods in _goods(part)), "")
    return Node(
        f"{case.outcome} {names}".strip(),
        f"{outcome.label}: {goods}" if goods else outcome.label,
        case.value(outcome.measure),
        "first of the parts",
        unit,
        parts=parts,
        note=_statement(facts, case, outcome.concept),
    )


def _goods(node: Node) -> list[str]:
    """Return what the rows of a node are about, as the register or the notice names it."""
    own = [str(row.key[name]) for row in node.rows for name in GOODS if name in row.key]
    return own or [goods for part in node.parts for goods in _goods(part)]


def _statement(facts: Facts, case: Case, concept: str) -> str:
    """Say what the case tells of, and for durations how it ended."""
    ended = ENDS.get(case.outcome) or (_end_of_own if ENDED in case.row else None)
    counting = counting_of_ally(facts.of("alliance", case.iso3), facts.ties, case.iso3)
    ally = "" if case.value("is_ally") else f"; no {counting.of_usa} in force in the year"
    return f"measures {concept} cooperation{'; ' + ended(case) if ended else ''}{ally}"


def _end_of_adoption(case: Case) -> str:
    if case.value("adopted"):
        return "ordered while at risk"
    return f"censored: no order from the USA by {case.value('at_risk_until')}"


def _end_of_agreement(case: Case) -> str:
    if case.value("months_to_force") is not None:
        return "in force"
    return "month of entry into force not known: missing, not censored"


def _end_of_commitment(case: Case) -> str:
    if case.value("ordered"):
        return f"ordered (match: {case.value('match_rule')})"
    return "lapsed: no order within the window" if case.value("lapsed") else "censored"


def _end_of_delivery(case: Case) -> str:
    return "delivered" if case.value("delivered") else "censored at the end of the register"


def _end_of_own(case: Case) -> str:
    return "ended" if case.value(ENDED) else "censored in the last year that the table covers"


def _end_of_pledge(case: Case) -> str:
    if case.value("at_target_at_start"):
        return "at the target when the clock started: never at risk"
    return "reached" if case.value("reached") else "censored in the last year of the edition"


ENDS: dict[str, Callable[[Case], str]] = {
    "adoption": _end_of_adoption,
    "agreement": _end_of_agreement,
    "commitment": _end_of_commitment,
    "delivery": _end_of_delivery,
    "pledge": _end_of_pledge,
}
