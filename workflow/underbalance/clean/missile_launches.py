"""North Korean missile launches by year and range class."""

from __future__ import annotations

import pandas as pd

KEY = ["year", "range_class"]


def missile_launches_by_year(
    launches: pd.DataFrame, range_classes: tuple[str, ...], first_year: int, last_year: int
) -> pd.DataFrame:
    """Return how many missiles of each class were launched and failed in each year.

    Parameters
    ----------
    launches : the facts table missile_launches.
    range_classes : every class, in the order of the table.
    first_year, last_year : coverage of the source. It lists all launches, so a year and
        class without one is a zero.

    Returns
    -------
    Columns year, range_class, launches, failures, outcomes_unknown (counts).
    """
    dated = launches.assign(
        year=launches["date"].str[:4].astype(int),
        launches=1,
        failures=launches["outcome"] == "failure",
        outcomes_unknown=launches["outcome"] == "unknown",
    )
    years = range(first_year, last_year + 1)
    every = pd.MultiIndex.from_product([years, range_classes], names=KEY)
    counts = dated.groupby(KEY)[["launches", "failures", "outcomes_unknown"]].sum()
    return counts.reindex(every, fill_value=0).astype("Int64").reset_index()
