"""The type that the obstacles of the years before predict for an ally's decade."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.coding.cuts import are_above
from underbalance.coding.typology import type_of
from underbalance.config import Group
from underbalance.outcomes.steadiness import DECADE, DECADE_YEARS, decade_of
from underbalance.samples import in_sample
from underbalance.schemas.observed_types import FIRST_DECADE, LAST_DECADE

OBSTACLES = ("political", "social")
# an obstacle that is known in a smaller share of the years is not known for the decade
SMALLEST_SHARE = 0.5
COLUMNS = [
    "iso3",
    "decade_start",
    "decade_end",
    "quantile",
    "years",
    "political_years",
    "social_years",
    "political",
    "social",
    "political_cut",
    "social_cut",
    "high_political",
    "high_social",
    "predicted_type",
]


def predicted_types(typology: pd.DataFrame, group: Group, members: frozenset[str]) -> pd.DataFrame:
    """Return the type that each ally's obstacles predict for each decade, by quantile.

    Parameters
    ----------
    typology : ally-years with both obstacles and their cuts, one row per quantile
        (:func:`underbalance.coding.typology.typology`).
    group, members : the sample.

    Returns
    -------
    One row per ally, decade and quantile. The years are those of the decade in which the
    ally is in the sample and committed; each counts with the obstacles of the year before.
    political and social are the means of the known ones, missing where fewer than half are
    known; they are high above the cut of the ally-years. The type is empty where one is
    missing.
    """
    start = decade_of(typology["year"])
    committed = in_sample(typology, group, members) & typology["is_ally"].astype(bool)
    counted = committed & start.between(FIRST_DECADE, LAST_DECADE)
    cuts = [f"{name}_cut" for name in OBSTACLES]
    years = typology.assign(decade_start=start).loc[
        counted, [*KEY, "decade_start", "quantile", *cuts]
    ]
    before = typology[[*KEY, "quantile", *OBSTACLES]].assign(year=typology["year"] + 1)
    rows = years.merge(before, on=[*KEY, "quantile"], how="left", validate="one_to_one")
    decades = rows.groupby([*DECADE, "quantile"])
    found = decades.size().rename("years").to_frame()
    for name in OBSTACLES:
        known = decades[name].count()
        enough = known >= SMALLEST_SHARE * found["years"]
        mean = decades[name].mean().where(enough & (known > 0))
        cut = decades[f"{name}_cut"].first()
        high = are_above(mean, cut).astype("boolean").where(mean.notna())
        found = found.assign(
            **{name: mean, f"{name}_years": known, f"{name}_cut": cut, f"high_{name}": high}
        )
    pairs = zip(found["high_political"], found["high_social"], strict=True)
    found = found.assign(predicted_type=[type_of(*pair) for pair in pairs]).reset_index()
    return found.assign(decade_end=found["decade_start"] + DECADE_YEARS - 1)[COLUMNS]
