"""In which years each ally belongs to the sample."""

from __future__ import annotations

import pandas as pd

from underbalance.claims.years import spanned
from underbalance.models.estimate import Plan
from underbalance.samples import in_sample


def membership(ally_year: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return one row per ally of the sample: iso3, years (spans, in words) and ally_years."""
    inside = ally_year[in_sample(ally_year, plan.group, plan.members).astype(bool)]
    years = inside.sort_values(["iso3", "year"]).groupby("iso3")["year"]
    spans = {str(iso3): spanned([int(year) for year in own]) for iso3, own in years}
    return pd.DataFrame(
        {"iso3": list(spans), "years": list(spans.values()), "ally_years": years.size().to_list()}
    )
