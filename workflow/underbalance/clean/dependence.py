"""What the ally depends on the USA for: troops, military aid, trade; and its treaty hurdle."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.registry import is_covered

MILLIONS_PER_BILLION = 1000
COLUMNS = [
    *KEY,
    "us_troops_per_1000_personnel",
    "military_aid_gdp",
    "us_trade_gdp",
    "ratification_hurdle",
]


def dependence(
    ally_years: pd.DataFrame,
    facts: Mapping[str, pd.DataFrame],
    us_troops: pd.DataFrame,
    economy: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Return dependence on the USA and the ratification hurdle by ally and year.

    Parameters
    ----------
    ally_years : the rows wanted (iso3, year).
    facts : facts tables capabilities, ratification, us_aid and us_trade.
    us_troops : US personnel by year (:func:`underbalance.clean.us_troops.us_troops_by_year`).
    economy : series by year (:func:`underbalance.clean.economy.choose_economy`).
    sources : the registry, for the coverage of us_aid.

    Returns
    -------
    One row per row of ``ally_years``: us_troops_per_1000_personnel (US troops per 1,000 of
    the ally's own active personnel), military_aid_gdp (without loans) and us_trade_gdp
    (percent of GDP), ratification_hurdle (1 to 4, Simmons 2009).
    """
    rows = ally_years[KEY]
    for part in (
        _own_personnel(facts["capabilities"]),
        facts["us_trade"],
        us_troops,
        economy[[*KEY, "gdp_usd_bn"]],
    ):
        rows = rows.merge(part, on=KEY, how="left", validate="one_to_one")
    # ASSUME: the rules for treaties are those Simmons coded about 2000, in all years
    rows = rows.merge(facts["ratification"], on="iso3", how="left", validate="many_to_one")
    gdp = MILLIONS_PER_BILLION * rows["gdp_usd_bn"]
    own = rows["personnel"].astype("float64")
    troops = rows["us_troops"].astype("float64")
    table = rows.assign(
        us_troops_per_1000_personnel=1000 * troops / own.where(own > 0),
        # ASSUME: a fiscal year (October to September) stands for the calendar year it ends in
        military_aid_gdp=100 * _military_aid(rows[KEY], facts["us_aid"], sources) / gdp,
        us_trade_gdp=100 * (rows["imports_usd_m"] + rows["exports_usd_m"]) / gdp,
    )
    return table[COLUMNS]


def _own_personnel(capabilities: pd.DataFrame) -> pd.DataFrame:
    """Return the active military personnel of every state and year (persons)."""
    own = capabilities.rename(columns={"state": "iso3"})
    return own.assign(personnel=1000 * own["personnel_thousand"])[[*KEY, "personnel"]]


def _military_aid(rows: pd.DataFrame, us_aid: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return US military assistance without loans (million US dollars, current).

    Loans are paid back, and stand with their whole amount in one year: Poland's of 2003
    alone would set the scale for everybody.

    The Greenbook lists obligations only: within its coverage no row is no obligation,
    a structural zero; outside of it the value is missing.
    """
    found = rows.merge(us_aid, on=KEY, how="left", validate="one_to_one")
    grants = found["military_aid_current_usd_m"] - found["military_loans_current_usd_m"]
    aid = grants.set_axis(rows.index)
    covered = is_covered(sources, "us_aid", rows["iso3"], rows["year"].astype(int))
    return aid.mask(aid.isna() & covered, 0.0)
