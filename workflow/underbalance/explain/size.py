"""How the size of an ally comes about: its GDP, and its share of that of all allies."""

from __future__ import annotations

from underbalance.clean.economy import PREFERRED
from underbalance.explain.building import computed, of_variable
from underbalance.explain.economics import series
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.tree import Node

GDP = "gdp_usd_bn"
OBSERVED = "observed"


def log_gdp(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the natural logarithm of GDP."""
    gdp = series(facts, iso3, year, GDP)
    return of_variable(facts, "log_gdp", iso3, year, "natural logarithm of the part", parts=[gdp])


def gdp_share(facts: Facts, iso3: str, year: int) -> Node:
    """Explain the share of allied GDP, with the GDP of each ally of the year."""
    allied = computed(
        "allied_gdp_usd_bn",
        "GDP of all allies with a commitment in the year",
        "sum of the rows",
        unit=facts.unit(GDP),
        rows=facts.rows(
            "economy", _allied_gdp(facts, year), ["iso3", "year", "series", "source"], ["value"]
        ),
        note="allies whose GDP is observed",
    )
    parts = [series(facts, iso3, year, GDP), allied]
    return of_variable(facts, "gdp_share", iso3, year, "ratio of the parts", parts=parts)


def _allied_gdp(facts: Facts, year: int) -> list[Row]:
    """Return a row per ally with an observed GDP: that of the IMF, else of the World Bank."""
    observed = [
        only(facts.of_year("economy", iso3, year), series=GDP, status=OBSERVED)
        for iso3 in sorted(facts.allies["iso3"])
        if facts.value("is_ally", iso3, year)
    ]
    # False comes first
    return [min(rows, key=lambda row: row["source"] != PREFERRED) for rows in observed if rows]


SIZE = {"log_gdp": log_gdp, "gdp_share": gdp_share}
