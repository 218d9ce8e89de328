"""The rows of ``ally_year``: every listed ally in every year of its existence."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY

# a designation as major non-NATO ally is no commitment to defend
DEFENCE_COMMITMENTS = (
    "ANZUS",
    "NATO",
    "bilateral_defence_treaty",
    "collective_defence_pledge",
)
OPEN_END = "9999-12-31"
# before the name of what makes a year count only because an extension in force says so
TIE = "tie:"


def ally_years(
    allies: pd.DataFrame,
    alliance: pd.DataFrame,
    first_year: int,
    last_year: int,
    ties: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per listed ally and year in which it existed as a state.

    Parameters
    ----------
    alliance : the shipped facts table.
    ties : the rows that extensions in force have for it.

    Returns
    -------
    Columns iso3, year, name, region, is_ally (a defence commitment of the USA was in force on
    at least one day of the year, or else any tie), commitment (the names of the commitments,
    those of ties with ``tie:`` before them, empty when there is neither).
    """
    years = pd.DataFrame({"year": range(first_year, last_year + 1)})
    rows = allies[["iso3", "name", "region", "independent_since"]].merge(years, how="cross")
    since = pd.to_numeric(rows["independent_since"].str[:4]).fillna(first_year)
    rows = rows[rows["year"] >= since].drop(columns="independent_since")
    pacts = alliance[alliance["commitment"].isin(DEFENCE_COMMITMENTS)]
    in_force = _commitments_by_year(pacts, first_year, last_year)
    table = rows.merge(in_force, on=KEY, how="left", validate="one_to_one")
    if ties is not None:
        marked = ties.assign(commitment=TIE + ties["commitment"])
        tied = _commitments_by_year(marked, first_year, last_year)
        tied = rows[KEY].merge(tied, on=KEY, how="left", validate="one_to_one")
        table = table.assign(commitment=table["commitment"].fillna(tied["commitment"]))
    table = table.assign(
        is_ally=table["commitment"].notna(), commitment=table["commitment"].fillna("")
    )
    columns = ["iso3", "year", "name", "region", "is_ally", "commitment"]
    return table[columns].sort_values(KEY, ignore_index=True)


def is_formal(ally_years: pd.DataFrame) -> pd.Series:
    """Say of which ally-years a defence commitment was in force, whatever ties there are.

    What is measured on all allies together rests on these rows, so that an extension changes
    nobody else's codes.

    Parameters
    ----------
    ally_years : frame with ``is_ally`` and, where ties may count, ``commitment``.
    """
    counted = ally_years["is_ally"].astype(bool)
    if "commitment" not in ally_years:
        return counted
    return counted & ~ally_years["commitment"].str.startswith(TIE)


def _commitments_by_year(pacts: pd.DataFrame, first_year: int, last_year: int) -> pd.DataFrame:
    first = pacts["start"].str[:4].astype(int).clip(lower=first_year)
    last = pacts["end"].replace("", OPEN_END).str[:4].astype(int).clip(upper=last_year)
    spans = pd.Series(map(range, first, last + 1), index=pacts.index).map(list)
    by_year = pacts[["iso3", "commitment"]].assign(year=spans).explode("year").dropna()
    names = by_year.astype({"year": int}).groupby(KEY)["commitment"].agg("+".join)
    return names.reset_index()
