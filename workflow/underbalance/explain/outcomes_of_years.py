"""Cases of the outcomes with one row per ally-year: alignment, effort, exercises, sourcing."""

from __future__ import annotations

from operator import itemgetter

from underbalance.clean.arms_orders import WINDOW
from underbalance.explain.alignment import ideal_point_distance
from underbalance.explain.building import computed, reason, rows_of_year, value_of_row
from underbalance.explain.cases import Case, of_column
from underbalance.explain.dependence import orders_in_window, us_share
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node
from underbalance.outcomes.sourcing import LEAST_ORDERS

PERCENT = 100


def alignment(facts: Facts, case: Case) -> list[Node]:
    """Explain the change of the distance of the ideal points, and its absolute value."""
    distances = [ideal_point_distance(facts, case.iso3, year) for year in _and_before(case)]
    operation = "difference of the parts"
    change = of_column(facts, case, "alignment_change", operation, parts=distances)
    size = "absolute value of the part"
    return [of_column(facts, case, "alignment_shift", size, parts=[change])]


def effort(facts: Facts, case: Case) -> list[Node]:
    """Explain the growth of real military expenditure, and whether its sign turned."""
    now = [_spending(facts, case.iso3, year) for year in _and_before(case)]
    growth = of_column(
        facts,
        case,
        "effort_growth",
        "natural logarithm of the ratio",
        parameters={"factor": PERCENT},
        parts=now,
        note=facts.formula("effort_growth"),
    )
    before = computed(
        "effort_growth",
        f"{growth.label}, {case.year - 1}",
        growth.operation,
        unit=growth.unit,
        parameters=growth.parameters,
        parts=[now[1], _spending(facts, case.iso3, case.year - 2)],
    )
    turned = "1 if the signs of the parts differ"
    return [growth, of_column(facts, case, "reversal", turned, parts=[growth, before])]


def _spending(facts: Facts, iso3: str, year: int) -> Node:
    return value_of_row(
        facts,
        "milex",
        rows_of_year(facts, "milex", iso3, year),
        "constant_usd_m",
        key=["iso3", "year", "constant_usd_quality"],
        name="milex_constant_usd_m",
        label=facts.label("milex_constant_usd_m"),
        unit=facts.unit("milex_constant_usd_m"),
        why_missing=lambda: reason(facts, "milex", iso3, year),
    )


def exercises(facts: Facts, case: Case) -> list[Node]:
    """Explain the change of the number of exercises with the USA, from the exercises."""
    counts = [_exercises(facts, case.iso3, year) for year in _and_before(case)]
    growth = of_column(facts, case, "exercises_growth", "difference of ln(1 + part)", parts=counts)
    size = "absolute value of the part"
    return [of_column(facts, case, "exercises_change", size, parts=[growth])]


def _exercises(facts: Facts, iso3: str, year: int) -> Node:
    begun = [row for row in facts.of("exercises", iso3) if row["start"][:4] == str(year)]
    # the first of those with the same number stays
    once = {row["exercise_id"]: row for row in reversed(begun) if row["with_usa"]}
    joint = sorted(once.values(), key=itemgetter("start", "exercise_id"))
    return computed(
        f"exercises_{year}",
        f"Exercises with the USA begun in {year}",
        "number of the rows",
        unit="count",
        rows=facts.rows("exercises", joint, ["exercise_id"], ["start", "end", "participants"]),
        note="" if joint else f"none reported in {year}, which the source covers: zero",
    )


def sourcing(facts: Facts, case: Case) -> list[Node]:
    """Explain the change of the US share of arms orders between windows of five years."""
    windows = case.year, case.year - WINDOW
    by_value = [us_share(facts, case.iso3, year, "tiv") for year in windows]
    by_deals = [us_share(facts, case.iso3, year, "deals") for year in windows]
    change = of_column(facts, case, "sourcing_change", "difference of the parts", parts=by_value)
    size, moved = "absolute value of the part", "absolute difference of the parts"
    orders = [orders_in_window(facts, case.iso3, case.year, "deals_all")]
    least = f"both windows must have {LEAST_ORDERS} orders"
    return [
        of_column(facts, case, "sourcing_shift", size, parts=[change]),
        of_column(facts, case, "sourcing_shift_deals", moved, parts=by_deals),
        _yearly_change(facts, case, by_value[0]),
        of_column(facts, case, "orders", "first of the parts", parts=orders, note=least),
    ]


def _yearly_change(facts: Facts, case: Case, share: Node) -> Node:
    before = orders_in_window(facts, case.iso3, case.year - 1, "deals_all")
    few = before.value is None or float(before.value) < LEAST_ORDERS
    column = "sourcing_yearly_change"
    if few:
        note = f"fewer than {LEAST_ORDERS} orders in the window that ended a year earlier"
        return of_column(facts, case, column, "missing", note=note)
    last = us_share(facts, case.iso3, case.year - 1, "tiv")
    return of_column(facts, case, column, "difference of the parts", parts=[share, last])


def _and_before(case: Case) -> tuple[int, int]:
    return case.year, case.year - 1
