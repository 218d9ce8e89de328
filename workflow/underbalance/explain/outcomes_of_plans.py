"""Cases of the outcomes of spending plans: execution and pledge."""

from __future__ import annotations

from operator import itemgetter

from underbalance.explain.building import computed
from underbalance.explain.cases import Case, of_column
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.tree import Node
from underbalance.outcomes.execution import SHORTFALL
from underbalance.outcomes.pledge import PLEDGED_IN, TARGETS
from underbalance.outcomes.spending_plans import BASES, PER_EURO

SERIES_OF = {basis: series for series, basis in BASES.items()}
EDITION = ["iso3", "year", "edition", "series", "currency", "price_base"]
RELEASE = ["iso3", "year", "release_year", "currency"]
LOG_RATIO = "natural logarithm of the ratio"


def execution(facts: Facts, case: Case) -> list[Node]:
    """Explain spending carried out against the plan, from the two editions or releases."""
    planned, carried_out = _amounts(facts, case)
    ratio = of_column(facts, case, "execution", LOG_RATIO, parts=[carried_out, planned])
    short = "1 if the first part is below a share of the second"
    share = {"share": 1 - SHORTFALL}
    return [
        of_column(facts, case, "execution_error", "absolute value of the part", parts=[ratio]),
        of_column(facts, case, "shortfall", short, parameters=share, parts=[carried_out, planned]),
        _settled_revision(facts, case),
        _equipment_gap(facts, case),
    ]


def _amounts(facts: Facts, case: Case) -> tuple[Node, Node]:
    """Return the amounts planned and carried out, in one currency."""
    plan, outturn = (_edition(facts, case, case.year, side) for side in _sides(case))
    return _pair(facts, case, plan, outturn)


def _pair(facts: Facts, case: Case, plan: list[Row], outturn: list[Row]) -> tuple[Node, Node]:
    before = _amount(facts, case, plan, "planned")
    after = _amount(facts, case, outturn, "carried_out")
    old, new = plan[0]["currency"], outturn[0]["currency"]
    if old == new:
        return before, after
    in_euro = computed(
        "planned_in_euro",
        f"{before.label}, in euro",
        "part divided by the fixed rate",
        parameters={"per_euro": PER_EURO[old]},
        parts=[before],
        note=f"the fixed rate of the changeover from {old}",
    )
    return in_euro, after


def _sides(case: Case) -> tuple[str, str]:
    return str(case.row["planned_edition"]), str(case.row["outcome_edition"])


def _edition(facts: Facts, case: Case, year: int, edition: str) -> list[Row]:
    """Return the amount for a year in an edition of NATO or a release of SIPRI."""
    if case.row["source"] == "sipri":
        return only(facts.of("milex_releases", case.iso3), year=year, release_year=int(edition))
    series = SERIES_OF[str(case.row["basis"])]
    listed = facts.of_year("nato_editions", case.iso3, year)
    return only(listed, edition=edition, series=series)


def _amount(facts: Facts, case: Case, rows: list[Row], name: str) -> Node:
    sipri = case.row["source"] == "sipri"
    table, column = ("milex_releases", "local_currency_m") if sipri else ("nato_editions", "value")
    year = rows[0]["year"]
    what = {"planned": "as planned or first reported", "carried_out": "as carried out"}[name]
    return computed(
        name,
        f"Military expenditure of {year}, {what}",
        "value of the row",
        unit="million, national currency" if sipri else "million, see series",
        rows=facts.rows(table, rows, RELEASE if sipri else EDITION, [column]),
    )


def _settled_revision(facts: Facts, case: Case) -> Node:
    column = "settled_revision"
    years = _settled_in_both(facts, case)
    if not years:
        note = "only for editions of NATO, and where both have a settled year before"
        return of_column(facts, case, column, "missing", note=note)
    plan, outturn = (_edition(facts, case, years[-1], side) for side in _sides(case))
    earlier, later = _pair(facts, case, plan, outturn)
    return of_column(facts, case, column, LOG_RATIO, parts=[later, earlier])


def _settled_in_both(facts: Facts, case: Case) -> list[int]:
    """Return the years before the planned one that neither edition marks as an estimate."""
    if case.row["source"] == "sipri":
        return []
    listed = facts.of("nato_editions", case.iso3)
    series = SERIES_OF[str(case.row["basis"])]
    settled = [row for row in only(listed, series=series) if not row["estimate"]]
    plan, outturn = ({row["year"] for row in only(settled, edition=side)} for side in _sides(case))
    return sorted(year for year in plan & outturn if year < case.year)


def _equipment_gap(facts: Facts, case: Case) -> Node:
    column = "equipment_gap"
    if case.value(column) is None:
        note = "the share of equipment is not in both editions"
        return of_column(facts, case, column, "missing", note=note)
    listed = only(facts.of_year("nato_editions", case.iso3, case.year), series="equipment_percent")
    shares = [
        computed(
            f"equipment_{name}",
            f"Share of equipment, {name.replace('_', ' ')}",
            "value of the row",
            unit="percent",
            rows=facts.rows("nato_editions", only(listed, edition=side), EDITION[:4], ["value"]),
        )
        for name, side in zip(("planned", "carried_out"), _sides(case), strict=True)
    ]
    return of_column(facts, case, column, "difference of the parts", parts=shares[::-1])


def pledge(facts: Facts, case: Case) -> list[Node]:
    """Explain the years until the pledge was reached, from the newest edition's shares."""
    target = {"target": _target(case)}
    start = _start(facts, case)
    shares = _shares(facts, case, int(float(start.value or 0)))
    shown = facts.rows("nato_editions", shares, EDITION[:4], ["value"])
    end = computed(
        "end",
        "First year at the target, else the last of the edition",
        "first year of a row at the target, else the last",
        unit="year",
        parameters=target,
        rows=shown,
    )
    end_row = only(shares, year=end.value)
    first_row = only(shares, year=start.value)
    at = "1 if a row is at the target"
    first = facts.rows("nato_editions", first_row, EDITION[:4], ["value"])
    mark = facts.rows("nato_editions", end_row, EDITION[:4], ["estimate"])
    at_start = of_column(facts, case, "at_target_at_start", at, parameters=target, rows=first)
    return [
        *_passage(facts, case, end, start),
        at_start,
        _kept(facts, case, [row for row in shares if row["year"] > end.value]),
        of_column(facts, case, "ends_in_estimate", "value of the row", rows=mark),
    ]


def _passage(facts: Facts, case: Case, end: Node, start: Node) -> list[Node]:
    """Explain how long it took and whether it was reached; missing if never at risk."""
    if case.value("at_target_at_start"):
        note = "at the target when the clock started: never at risk of reaching it"
        columns = ("years_to_pledge", "reached")
        return [of_column(facts, case, column, "missing", note=note) for column in columns]
    reached = "1 if a row is at the target"
    return [
        of_column(facts, case, "years_to_pledge", "difference of the parts", parts=[end, start]),
        of_column(facts, case, "reached", reached, parameters=end.parameters, rows=end.rows),
    ]


def _kept(facts: Facts, case: Case, later: list[Row]) -> Node:
    never = not case.value("reached") and not case.value("at_target_at_start")
    if never or not later:
        note = "never at the target, or first in the last year"
        return of_column(facts, case, "kept", "missing", note=note)
    rows = facts.rows("nato_editions", later, EDITION[:4], ["value"])
    operation, target = "1 if every row is at the target", {"target": _target(case)}
    return of_column(facts, case, "kept", operation, parameters=target, rows=rows)


def _start(facts: Facts, case: Case) -> Node:
    accession = only(facts.of("alliance", case.iso3), commitment="NATO")
    return computed(
        "start",
        f"First year of the clock: {PLEDGED_IN}, or that of accession if later",
        "first year of the rows",
        unit="year",
        parameters={"at_least": PLEDGED_IN},
        rows=facts.rows("alliance", accession, ["iso3", "commitment"], ["start"]),
    )


def _shares(facts: Facts, case: Case, start: int) -> list[Row]:
    """Return the shares of the newest edition from the first year of the clock on."""
    series = next(series for series, (name, _) in TARGETS.items() if name == case.row["pledge"])
    newest = max(row["edition"] for row in facts.raw("nato_editions").rows)
    shares = only(facts.of("nato_editions", case.iso3), edition=newest, series=series)
    since = [row for row in shares if row["year"] >= start]
    return sorted(since, key=itemgetter("year"))


def _target(case: Case) -> float:
    return next(target for name, target in TARGETS.values() if name == case.row["pledge"])
