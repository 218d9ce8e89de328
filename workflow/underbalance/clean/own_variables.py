"""The yearly variables that a user adds to ally_year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.clean.panel import KEY


def with_own_variables(years: pd.DataFrame, own: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return country-years with the columns of the user's yearly tables.

    Where a table has no row the value is missing: nothing is filled in. Rows of years that
    the ally-years do not have are left aside.

    Parameters
    ----------
    own : tables by ally and year, by name.
    """
    for table in own.values():
        years = years.merge(table, on=KEY, how="left", validate="one_to_one")
    return years
