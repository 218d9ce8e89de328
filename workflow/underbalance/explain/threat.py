"""What makes up threat: rivals, their capabilities at a distance, and the news."""

from __future__ import annotations

from operator import itemgetter

from underbalance.clean.threat import (
    CONTIGUITY_MILES,
    KM_PER_MILE,
    MILES_PER_DAY,
    MONTHS,
    RIVALRY_LIST,
)
from underbalance.explain.building import (
    computed,
    in_ally_year,
    missing_variable,
    of_variable,
    reason,
    value_of_row,
)
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.tree import Cell, Node

PAIR = ["iso3", "rival", "year"]
NO_DISTANCE = "the source has none for the pair"


def rivalries(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the number of strategic rivalries alive in the year."""
    if not _covered(facts, "rivalries", iso3, year):
        return missing_variable(facts, "rivalries", reason(facts, "rivalries", iso3, year))
    columns = ["iso3", "rival", "list"], ["start", "end"]
    rows = facts.rows("rivalries", _alive(facts.of("rivalries", iso3), year), *columns)
    return of_variable(facts, "rivalries", iso3, year, "number of the rows", rows=rows)


def rival_capabilities(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the capabilities of the rivals, each discounted by its distance."""
    listed = facts.of("rivalries", iso3)
    return _pressure(facts, "rival_capabilities", listed, "rivalries", iso3, year)


def us_rival_capabilities(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the capabilities of the rivals of the USA, by their distance to the ally."""
    listed = [row for row in facts.raw("us_rivalries").rows if row["rival"] != iso3]
    return _pressure(facts, "us_rival_capabilities", listed, "us_rivalries", iso3, year)


def _pressure(
    facts: Facts, variable: str, listed: list[Row], table: str, iso3: str, year: int
) -> Node:
    for needed in (table, "capabilities"):
        if not _covered(facts, needed, iso3, year):
            return missing_variable(facts, variable, reason(facts, needed, iso3, year))
    rivals = [_discounted(facts, iso3, row["rival"], year) for row in _alive(listed, year)]
    return of_variable(facts, variable, iso3, year, "sum of all parts", parts=rivals)


def rival_capability_ratio(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the rivals' discounted capabilities per own capabilities."""
    parts = [rival_capabilities(facts, iso3, year), _cinc(facts, iso3, iso3, year)]
    operation = "ratio of the parts"
    return of_variable(facts, "rival_capability_ratio", iso3, year, operation, parts=parts)


def gpr(facts: Facts, iso3: str, year: int) -> Node:
    """Explain geopolitical risk: the mean of the source's months, if it has all twelve."""
    rows = only(facts.of_year("geopolitical_risk", iso3, year), months=MONTHS)
    if not rows or not in_ally_year(facts, iso3, year):
        key = f"{iso3} {year} gpr"
        return missing_variable(facts, "gpr", reason(facts, "geopolitical_risk", iso3, year, key))
    shown = facts.rows("geopolitical_risk", rows, ["iso3", "year", "months"], ["gpr"])
    return of_variable(facts, "gpr", iso3, year, "value of the row", rows=shown)


def _alive(listed: list[Row], year: int) -> list[Row]:
    """Return the rivalries of the list that were alive in the year, one per rival."""
    alive: dict[str, Row] = {}
    for row in only(listed, list=RIVALRY_LIST):
        if row["start"] <= year and (row["end"] is None or row["end"] >= year):
            alive.setdefault(row["rival"], row)
    return list(alive.values())


def _discounted(facts: Facts, iso3: str, rival: str, year: int) -> Node:
    exponent = computed(
        "exponent",
        f"Exponent that discounts {rival} by distance",
        "log10(miles / miles per day + 10 - e)",
        parameters={"km_per_mile": KM_PER_MILE, "miles_per_day": MILES_PER_DAY},
        parts=[_distance(facts, iso3, rival, year)],
    )
    return computed(
        f"discounted_{rival}",
        f"Capabilities of {rival}, discounted by distance",
        "first part to the power of the second",
        unit="CINC, discounted",
        parts=[_cinc(facts, iso3, rival, year), exponent],
        note="CINC^log10(miles / 500 + 10 - e), Bueno de Mesquita 1981",
    )


def _cinc(facts: Facts, iso3: str, state: str, year: int) -> Node:
    return value_of_row(
        facts,
        "capabilities",
        facts.of_year("capabilities", state, year),
        "cinc",
        key=["state", "year"],
        label=f"Capabilities of {state} (CINC)",
        unit="share of the world",
        why_missing=lambda: reason(facts, "capabilities", iso3, year),
    )


def _distance(facts: Facts, iso3: str, rival: str, year: int) -> Node:
    """Explain the distance: the least, else what contiguity says, else that of the capitals."""
    of_year = only(facts.of_year("distances", iso3, year), rival=rival)
    pair = sorted(only(facts.of("distances", iso3), rival=rival), key=itemgetter("year"))
    classes: dict[str, Cell] = {
        f"miles_of_class_{kind}": miles for kind, miles in CONTIGUITY_MILES.items()
    }
    contiguity = _in_force(facts, pair, "contiguity", year)
    touching = computed(
        "contiguity",
        "Distance that their contiguity allows at most",
        "kilometres of the class of contiguity" if contiguity else "missing",
        unit="km",
        parameters={**classes, "km_per_mile": KM_PER_MILE},
        rows=facts.rows("distances", contiguity, PAIR, ["contiguity"]),
        note=_carried(contiguity, year) if contiguity else NO_DISTANCE,
    )
    ways = [
        _kilometres(facts, _in_force(facts, pair, "min_km", year), "min_km", year),
        touching,
        _kilometres(facts, of_year, "capital_km", year),
    ]
    used = "the least distance, else by contiguity, else between the capitals"
    label = f"Distance of {iso3} and {rival}"
    operation = "first known of the parts"
    return computed("distance", label, operation, unit="km", parts=ways, note=used)


def _kilometres(facts: Facts, rows: list[Row], column: str, year: int) -> Node:
    names = {
        "min_km": "Least distance of the territories",
        "capital_km": "Distance of the capitals",
    }
    return value_of_row(
        facts,
        "distances",
        rows,
        column,
        key=PAIR,
        label=names[column],
        unit="km",
        why_missing=lambda: NO_DISTANCE,
        note=_carried(rows, year),
    )


def _in_force(facts: Facts, pair: list[Row], column: str, year: int) -> list[Row]:
    """Return the pair's row of the year, or the last with a value after the source ended."""
    if year <= facts.raw("distances").last_year_with(column):
        return only(pair, year=year)
    return [row for row in pair if row["year"] <= year and row[column] is not None][-1:]


def _carried(rows: list[Row], year: int) -> str:
    if not rows or rows[0]["year"] == year:
        return ""
    return f"of {rows[0]['year']}, the last known: no border moved since"


def _covered(facts: Facts, table: str, iso3: str, year: int) -> bool:
    return in_ally_year(facts, iso3, year) and facts.covers(table, iso3, year)


THREAT = {
    "rivalries": rivalries,
    "rival_capabilities": rival_capabilities,
    "rival_capability_ratio": rival_capability_ratio,
    "us_rival_capabilities": us_rival_capabilities,
    "gpr": gpr,
}
