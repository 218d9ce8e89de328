"""How steadily the military expenditure of an ally grew in a decade."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY, years_earlier

DECADE_YEARS = 10
DECADE = ["iso3", "decade_start"]
# fewer known growths in a decade say nothing
MIN_GROWTHS = 5


def decade_of(years: pd.Series) -> pd.Series:
    """Return the first year of the decade of each year."""
    return years - years % DECADE_YEARS


def steadiness(effort: pd.DataFrame) -> pd.DataFrame:
    """Return reversals and variance of the growth of expenditure by ally and decade.

    Parameters
    ----------
    effort : rows of the outcome ``effort`` that count, one per ally-year.

    Returns
    -------
    Indexed by iso3 and decade_start: growths (known), reversal_share (of the pairs of
    consecutive years of the decade, those with growth of opposite sign; with a zero there is
    no reversal) and growth_variance (n - 1, squared log points x 100). Share and variance are
    missing with fewer than five growths.
    """
    growth = effort.set_index(KEY)["effort_growth"].astype("float64")
    # the year before the first of a decade belongs to another one
    paired = growth.index.get_level_values("year") % DECADE_YEARS != 0
    before = years_earlier(growth, 1).where(paired)
    turned = (growth * before < 0).astype("float64").where(before.notna())
    rows = pd.DataFrame({"growth": growth, "turned": turned}).reset_index()
    decades = rows.assign(decade_start=decade_of(rows["year"])).groupby(DECADE)
    found = pd.DataFrame(
        {
            "growths": decades["growth"].count(),
            "reversal_share": decades["turned"].mean(),
            "growth_variance": decades["growth"].var(ddof=1),
        }
    )
    measures = ["reversal_share", "growth_variance"]
    known = found["growths"] >= MIN_GROWTHS
    return found.assign(**{name: found[name].where(known) for name in measures})
