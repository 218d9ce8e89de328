"""How the economic variables of ally_year came about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from underbalance.explain.building import computed, of_variable, reason
from underbalance.explain.facts import Facts
from underbalance.explain.rows import only
from underbalance.explain.tree import Node, RawRow

if TYPE_CHECKING:
    from underbalance.explain.variables import Explainer

SERIES = (
    "debt",
    "expenditure",
    "fiscal_balance",
    "gdp_usd_bn",
    "inflation",
    "population_m",
    "primary_balance",
    "real_growth",
    "structural_balance",
    "unemployment",
)
ORDER = {"first": "imf_weo", "second": "wb_fiscal_space"}
CHOICE = "observed value, first source before second"
RULE = "the IMF's observed value, else the World Bank's; estimates and forecasts are not used"
YEARS_OF_GROWTH = 3


def series(facts: Facts, iso3: str, year: int, name: str) -> Node:
    """Return a yearly series: the rows of both sources, and which counts."""
    rows = _rows(facts, iso3, year, name)
    note = RULE + _said_missing(facts, iso3, year, rows)
    return of_variable(
        facts, name, iso3, year, CHOICE, parameters=dict(ORDER), rows=rows, note=note
    )


def growth_3y(facts: Facts, iso3: str, year: int) -> Node:
    """Return mean growth with the three years it is the mean of."""
    years = tuple(_growth_of(facts, iso3, year - ago) for ago in reversed(range(YEARS_OF_GROWTH)))
    unknown = [part.name for part in years if part.value is None]
    why = f". Missing: not known: {', '.join(unknown)}" if unknown else ""
    return of_variable(
        facts,
        "growth_3y",
        iso3,
        year,
        "mean of the parts",
        parameters={"min_components": YEARS_OF_GROWTH},
        parts=years,
        note=facts.formula("growth_3y") + why,
    )


def _growth_of(facts: Facts, iso3: str, year: int) -> Node:
    """Return the growth of one year, which may be before the first of ally_year."""
    rows = _rows(facts, iso3, year, "real_growth")
    return computed(
        f"real_growth {year}",
        facts.label("real_growth"),
        CHOICE,
        unit=facts.unit("real_growth"),
        parameters=dict(ORDER),
        rows=rows,
        note=RULE + _said_missing(facts, iso3, year, rows),
    )


def _rows(facts: Facts, iso3: str, year: int, name: str) -> tuple[RawRow, ...]:
    series = only(facts.of_year("economy", iso3, year), series=name)
    rows = facts.rows("economy", series, ["iso3", "year", "series", "source"], ["value", "status"])
    counts = _that_counts(rows)
    return tuple(_flagged(row, counts) for row in rows)


def _that_counts(rows: tuple[RawRow, ...]) -> str | None:
    observed = [str(row.key["source"]) for row in rows if row.values["status"] == "observed"]
    return next((source for source in ORDER.values() if source in observed), None)


def _flagged(row: RawRow, counts: str | None) -> RawRow:
    status = str(row.values["status"])
    unused = f"{status}, not used" if status != "observed" else "not used: second source"
    flag = "used" if row.key["source"] == counts else unused
    return RawRow(row.table, row.key, row.values, row.source, flag)


def _is_observed(rows: tuple[RawRow, ...]) -> bool:
    return _that_counts(rows) is not None


def _said_missing(facts: Facts, iso3: str, year: int, rows: tuple[RawRow, ...]) -> str:
    """Return the ending of a note that says why a value is missing; empty for one that is not."""
    return "" if _is_observed(rows) else f". Missing: {_why_missing(facts, iso3, year, rows)}"


def _why_missing(facts: Facts, iso3: str, year: int, rows: tuple[RawRow, ...]) -> str:
    if rows:
        return "no source has an observed value"
    return reason(facts, "economy", iso3, year)


ECONOMIC: dict[str, Explainer] = {
    **{name: partial(series, name=name) for name in SERIES},
    "growth_3y": growth_3y,
}
