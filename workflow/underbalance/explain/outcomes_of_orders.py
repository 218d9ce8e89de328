"""Cases of the outcomes of single orders: commitment, delivery and loss."""

from __future__ import annotations

from underbalance.clean.burden import MILLIONS_PER_BILLION
from underbalance.explain.building import computed, reason, rows_of_year, value_of_row
from underbalance.explain.cases import Case, end_of_register, of_column
from underbalance.explain.economics import series
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.tree import Cell, Node, RawRow
from underbalance.outcomes.loss import FATES_BY_VINTAGE
from underbalance.schemas.limits import ORDER_WINDOW_YEARS

DEAL = ["deal_id", "iso3", "designation"]
YEARS = "calendar years"


def delivery(facts: Facts, case: Case) -> list[Node]:
    """Explain the years from order to first delivery, or to the end of the register."""
    deal = _deal(facts, case.iso3, case.row["deal_id"])
    first = _year_of_deal(facts, deal, "first_delivery_year", "Year of the first delivery")
    ordered = _year_of_deal(facts, deal, "order_year", "Year of the order")
    end = first if first.value is not None else end_of_register(facts, "deals")
    return [
        of_column(
            facts, case, "years_to_delivery", "difference of the parts", parts=[end, ordered]
        ),
        of_column(facts, case, "delivered", "1 if the part is known", parts=[first]),
    ]


def commitment(facts: Facts, case: Case) -> list[Node]:
    """Explain the years from notice to order, and whether the request lapsed."""
    notice = only(facts.of("notifications", case.iso3), notice_id=case.row["notice_id"])
    deal = _matched_deal(facts, case)
    watched = computed(
        "years_watched",
        "Years watched for an order",
        "difference of the parts",
        unit=YEARS,
        parameters={"at_most": ORDER_WINDOW_YEARS},
        parts=[end_of_register(facts, "deals"), _year_of_notice(facts, notice)],
    )
    waited = _years_to_order(facts, case, notice, deal, watched)
    shown = facts.rows("deals", deal, DEAL, ["order_year", "order_year_uncertain"])
    ordered = of_column(facts, case, "ordered", "number of the rows", rows=shown)
    window = {"window": ORDER_WINDOW_YEARS}
    lapsed = "1 if nothing came and the watch reached the window"
    censored = "1 if nothing came and the watch ended before the window"
    came = [ordered, watched]
    return [
        waited,
        ordered,
        of_column(facts, case, "lapsed", lapsed, parameters=window, parts=came),
        of_column(facts, case, "censored", censored, parameters=window, parts=came),
        *_bounds(facts, case, notice, waited),
        _burden(facts, case, notice),
    ]


def _matched_deal(facts: Facts, case: Case) -> list[Row]:
    """Return the deal that the notice was matched to, or no row."""
    matched = only(
        facts.made("notification_orders").of(case.iso3),
        notice_id=case.row["notice_id"],
        family=case.row["family"],
    )
    return [deal for row in matched for deal in _deal(facts, case.iso3, row["deal_id"])]


def _years_to_order(
    facts: Facts, case: Case, notice: list[Row], deal: list[Row], watched: Node
) -> Node:
    if not deal:
        note = "no order: the years watched"
        operation = "first of the parts"
        return of_column(facts, case, "years_to_order", operation, parts=[watched], note=note)
    order = _year_of_deal(facts, deal, "order_year", "Year of the order")
    return of_column(
        facts,
        case,
        "years_to_order",
        "difference of the parts",
        parameters={"at_least": 0},
        parts=[order, _year_of_notice(facts, notice)],
        note=f"notice and order were matched so: {case.value('match_rule')}",
    )


def _year_of_notice(facts: Facts, notice: list[Row]) -> Node:
    return computed(
        "notice_year",
        "Year of the notice",
        "first year of the rows",
        unit="year",
        rows=_notice(facts, notice),
    )


def _bounds(facts: Facts, case: Case, notice: list[Row], waited: Node) -> list[Node]:
    """Explain between how many years after the notice the order came."""
    passed = computed(
        "passed",
        "Part of the year before the notice",
        "part of the year before the date",
        unit="years",
        rows=_notice(facts, notice),
    )
    parts, to_the_end = [waited, passed], "first part + 1 - second part"
    if not case.value("ordered"):
        return [
            of_column(facts, case, "years_low", to_the_end, parts=parts),
            of_column(facts, case, "years_high", "missing", note="nothing was ordered"),
        ]
    low = "difference of the parts"
    return [
        of_column(facts, case, "years_low", low, parameters={"at_least": 0}, parts=parts),
        of_column(facts, case, "years_high", to_the_end, parts=parts),
    ]


def _burden(facts: Facts, case: Case, notice: list[Row]) -> Node:
    """Explain the cost of the notice against military expenditure in the year before it."""
    before = case.year - 1
    share = value_of_row(
        facts,
        "milex",
        rows_of_year(facts, "milex", case.iso3, before),
        "share_gdp",
        key=["iso3", "year", "share_gdp_quality"],
        label=facts.label("milex_share_gdp"),
        unit=facts.unit("milex_share_gdp"),
        why_missing=lambda: reason(facts, "milex", case.iso3, before),
    )
    spending = computed(
        "military_expenditure",
        f"Military expenditure of {before}",
        "product of the parts",
        unit="million US$",
        parameters={"factor": MILLIONS_PER_BILLION},
        parts=[share, series(facts, case.iso3, before, "gdp_usd_bn")],
    )
    cost = computed(
        "cost_usd_m",
        "Upper estimate of the cost of the whole notice",
        "value of the row",
        unit="million US$",
        rows=facts.rows("notifications", notice, ["notice_id", "system"], ["cost_usd_m"]),
    )
    return of_column(facts, case, "burden", "ratio of the parts", parts=[cost, spending])


def _notice(facts: Facts, notice: list[Row]) -> tuple[RawRow, ...]:
    return facts.rows("notifications", notice, ["notice_id", "system"], ["date"])


def loss(facts: Facts, case: Case) -> list[Node]:
    """Explain whether an open deal was lost, from its state in the later registers."""
    deal = only(
        facts.of("deal_vintages", case.iso3),
        vintage=case.row["vintage"],
        vintage_deal=case.row["vintage_deal"],
    )
    key = ["vintage", "vintage_deal", "iso3", "designation", "number_ordered", "number_delivered"]
    fates = facts.rows("deal_vintages", deal, key, FATES_BY_VINTAGE)
    years = [
        computed(
            column,
            label,
            "value of the row",
            unit="year",
            rows=facts.rows("deal_vintages", deal, key[:3], [column]),
        )
        for column, label in (("year", "Last year of the register"), ("order_year", "Order"))
    ]
    lost = "1 if not in the newest register and never delivered"
    return [
        of_column(facts, case, "lost", lost, rows=fates),
        of_column(facts, case, "years_open", "difference of the parts", parts=years),
    ]


def _deal(facts: Facts, iso3: str, deal_id: Cell) -> list[Row]:
    return only(facts.of("deals", iso3), deal_id=deal_id)


def _year_of_deal(facts: Facts, deal: list[Row], column: str, label: str) -> Node:
    uncertain = column == "order_year" and any(row["order_year_uncertain"] for row in deal)
    flag = "year uncertain" if uncertain else ""
    shown = facts.rows("deals", deal, DEAL, [column], flag)
    return computed(column, label, "value of the row", unit="year", rows=shown)
