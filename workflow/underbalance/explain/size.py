"""How GDP, population and the balance corrected for the cycle come about; and the ally's size."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.economy import PREFERRED
from underbalance.explain.building import (
    computed,
    in_ally_year,
    of_variable,
    reason,
    value_of_row,
)
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node

OBSERVED = "observed"
KEY = ["iso3", "year", "series", "source"]


def economic_series(facts: Facts, iso3: str, year: int, series: str) -> Node:
    """Explain a series of the table economy: IMF, where it has no observed value World Bank."""
    label, unit = facts.label(series), facts.unit(series)
    if not in_ally_year(facts, iso3, year):
        return Node(series, label, None, "missing", unit, note=reason(facts, "economy", iso3, year))
    listed = facts.of("economy", iso3)
    listed = listed[(listed["year"] == year) & (listed["series"] == series)]
    rows = _chosen(listed)
    return value_of_row(
        facts,
        "economy",
        rows,
        "value",
        key=KEY,
        name=series,
        label=label,
        unit=unit,
        why_missing=lambda: _why_not_observed(facts, iso3, year, listed),
        note="the value of the IMF" if _is_preferred(rows) else "World Bank: the IMF has none",
    )


def structural_balance(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the balance corrected for the cycle, which the IMF alone has."""
    series = economic_series(facts, iso3, year, "structural_balance")
    return of_variable(
        facts,
        "structural_balance",
        iso3,
        year,
        series.operation,
        rows=series.rows,
        note=series.note,
    )


def log_gdp(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the natural logarithm of GDP."""
    gdp = economic_series(facts, iso3, year, "gdp_usd_bn")
    return of_variable(facts, "log_gdp", iso3, year, "natural logarithm of the part", parts=[gdp])


def gdp_share(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the share of allied GDP, with the GDP of each ally of the year."""
    gdp = economic_series(facts, iso3, year, "gdp_usd_bn")
    allied = computed(
        "allied_gdp_usd_bn",
        "GDP of all allies with a commitment in the year",
        "sum of the rows",
        unit=facts.unit("gdp_usd_bn"),
        rows=facts.rows("economy", _allied_gdp(facts, year), KEY, ["value"]),
        note="allies whose GDP is observed",
    )
    parts = [gdp, allied]
    return of_variable(facts, "gdp_share", iso3, year, "ratio of the parts", parts=parts)


def _allied_gdp(facts: Facts, year: int) -> pd.DataFrame:
    table = facts.ally_year
    allies = table.loc[(table["year"] == year) & table["is_ally"].astype(bool), "iso3"]
    economy = facts.table("economy")
    of_year = economy[(economy["year"] == year) & (economy["series"] == "gdp_usd_bn")]
    rows = [_chosen(of_year[of_year["iso3"] == iso3]) for iso3 in allies]
    return pd.concat(rows) if rows else of_year.head(0)


def _chosen(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the row that counts: observed, of the IMF first; or none."""
    observed = listed[listed["status"] == OBSERVED]
    second = observed["source"] != PREFERRED
    return observed.assign(second=second).sort_values("second").head(1)


def _is_preferred(rows: pd.DataFrame) -> bool:
    return bool((rows["source"] == PREFERRED).all())


def _why_not_observed(facts: Facts, iso3: str, year: int, listed: pd.DataFrame) -> str:
    estimates = [
        f"{row['source']} has {row['value']:g}, {row['status']}"
        for row in listed.to_dict("records")
    ]
    if estimates:
        return f"no observed value, others are not used: {'; '.join(estimates)}"
    return reason(facts, "economy", iso3, year)


SIZE = {
    "structural_balance": structural_balance,
    "log_gdp": log_gdp,
    "gdp_share": gdp_share,
}
