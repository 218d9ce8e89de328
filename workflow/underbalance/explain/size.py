"""How the size of an ally comes about: its GDP, and its share of that of all allies."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.economy import PREFERRED
from underbalance.explain.building import computed, of_variable
from underbalance.explain.economics import series
from underbalance.explain.facts import Facts
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


def _allied_gdp(facts: Facts, year: int) -> pd.DataFrame:
    """Return a row per ally with an observed GDP: that of the IMF, else of the World Bank."""
    table = facts.ally_year
    allies = table.loc[(table["year"] == year) & table["is_ally"].astype(bool), "iso3"]
    economy = facts.table("economy")
    observed = economy[(economy["series"] == GDP) & (economy["status"] == OBSERVED)]
    listed = observed[(observed["year"] == year) & observed["iso3"].isin(allies)]
    listed = listed.assign(second=listed["source"] != PREFERRED)
    return listed.sort_values(["iso3", "second"]).drop_duplicates("iso3")


SIZE = {"log_gdp": log_gdp, "gdp_share": gdp_share}
