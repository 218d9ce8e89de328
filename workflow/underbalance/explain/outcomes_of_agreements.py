"""Cases of the outcomes of agreements with the USA, and of the systems taken over from it."""

from __future__ import annotations

from underbalance.clean.ally_years import DEFENCE_COMMITMENTS
from underbalance.explain.building import computed
from underbalance.explain.cases import Case, end_of_register, of_column
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.tree import Node, RawRow

FAMILY = ["family", "iso3"]


def agreement(facts: Facts, case: Case) -> list[Node]:
    """Explain the months from signature to entry into force."""
    rows = only(facts.of("agreements", case.iso3), agreement_id=case.row["agreement_id"])
    key = ["agreement_id", "iso3", "category", "text_seen"]
    dates = facts.rows("agreements", rows, key, ["signed", "entered_into_force"])
    signs = facts.rows("agreements", rows, key, ["entered_into_force", "terminated"])
    months = "months between the dates of the row"
    in_force = "1 if a cell of the row says so, else missing"
    return [
        of_column(facts, case, "months_to_force", months, rows=dates),
        of_column(facts, case, "in_force", in_force, rows=signs),
    ]


def adoption(facts: Facts, case: Case) -> list[Node]:
    """Explain the years from the first export of a family to the ally's first order."""
    of_family = only(facts.raw("system_orders").rows, family=case.row["family"])
    own = only(of_family, iso3=case.iso3)
    exported = _year(facts, of_family[:1], "first_export_year", "First export order of the family")
    order = _first_order(facts, case, own)
    until = _at_risk_until(facts, case)
    end = computed(
        "end",
        "Year of the order, or the last year at risk",
        "smallest of the parts",
        unit="year",
        parts=[order, until],
    )
    years, begun = "difference of the parts", "1 if the first part is not after the second"
    entry = _at_risk_from(facts, case, exported)
    return [
        of_column(facts, case, "years_to_adoption", years, parts=[end, exported]),
        of_column(facts, case, "adopted", begun, parts=[order, until]),
        of_column(facts, case, "years_at_entry", years, parts=[entry, exported]),
    ]


def _first_order(facts: Facts, case: Case, own: list[Row]) -> Node:
    label = "First order from the USA"
    if not own:
        note = f"system_orders has no order of {case.row['family']} by {case.iso3}"
        return Node("first_order_year", label, None, "missing", "year", note=note)
    return _year(facts, own, "first_order_year", label)


def _year(facts: Facts, rows: list[Row], column: str, label: str) -> Node:
    shown = facts.rows("system_orders", rows, FAMILY, [column])
    return computed(column, label, "value of the row", unit="year", rows=shown)


def _at_risk_from(facts: Facts, case: Case, exported: Node) -> Node:
    """Explain the year of entry: latest of export, independence and alliance."""
    starts = [exported, *_independence(facts, case)]
    if case.value("is_ally"):
        starts.append(
            computed(
                "allied_from",
                "First year of the alliance",
                "first year of the rows",
                unit="year",
                rows=_pacts(facts, case, "start"),
            )
        )
    return of_column(facts, case, "at_risk_from", "largest of the parts", parts=starts)


def _independence(facts: Facts, case: Case) -> list[Node]:
    """Explain the year of independence of a state younger than the table of ally-years."""
    since = facts.independent_since(case.iso3)
    first, _ = facts.first_and_last_year()
    if not since or int(since[:4]) <= first:
        return []
    source = facts.list_of(case.iso3)
    row = RawRow("allies", {"iso3": case.iso3}, {"independent_since": since}, source)
    label = "Year of independence"
    name, operation = "independent_from", "first year of the rows"
    return [computed(name, label, operation, unit="year", rows=[row])]


def _at_risk_until(facts: Facts, case: Case) -> Node:
    """Explain the last year at risk: the end of the alliance or of the register."""
    if not case.value("is_ally"):
        end = [end_of_register(facts, "system_orders")]
        return of_column(facts, case, "at_risk_until", "first of the parts", parts=end)
    return of_column(
        facts,
        case,
        "at_risk_until",
        "last year of the rows",
        parameters={"last_year": facts.register.last_year("system_orders")},
        rows=_pacts(facts, case, "end"),
    )


def _pacts(facts: Facts, case: Case, column: str) -> tuple[RawRow, ...]:
    pacts = [
        row
        for row in facts.of("alliance", case.iso3)
        if row["commitment"] in DEFENCE_COMMITMENTS
        or (case.iso3, row["commitment"], row["start"]) in facts.ties
    ]
    return facts.rows("alliance", pacts, ["iso3", "commitment"], [column])
