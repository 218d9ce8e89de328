"""In how many ally-years each facts table has what it could have."""

from __future__ import annotations

from typing import Final

import pandas as pd

OBSERVED, MISSING, OUTSIDE = "observed", "missing", "outside"
STATUSES: Final = (OBSERVED, MISSING, OUTSIDE)
COLUMNS = ["table", "source", "allies", "first_year", "last_year", *STATUSES]


def coverage_by_source(coverage: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return one row per facts table and source, in the order of the registry.

    Parameters
    ----------
    coverage : the processed table coverage: a status for each ally, year, table and source.
    sources : the registry; an extension may have rows of a shipped source, too.

    Returns
    -------
    :data:`COLUMNS`: allies with an observed year, first and last such year, and the number of
    ally-years of each status.
    """
    keys = ["table", "source"]
    counts = coverage.groupby([*keys, "status"]).size().unstack("status", fill_value=0)
    counts = counts.reindex(columns=list(STATUSES), fill_value=0)
    observed = coverage[coverage["status"] == OBSERVED].groupby(keys)
    spans = observed.agg(
        allies=("iso3", "nunique"), first_year=("year", "min"), last_year=("year", "max")
    )
    found = (
        sources[keys]
        .drop_duplicates()
        .merge(
            counts.join(spans, how="left", validate="one_to_one").reset_index(),
            on=keys,
            how="inner",
            validate="one_to_one",
        )
    )
    return found.fillna({"allies": 0})[COLUMNS]
