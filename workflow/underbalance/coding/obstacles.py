"""The table ally_year: yearly variables, turnover, and coded obstacles."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.coding.indices import code_indices
from underbalance.coding.turnover import turnover_3y
from underbalance.config import Coding
from underbalance.samples import ReferenceRows, reference_rows


def code_ally_years(
    country_years: pd.DataFrame,
    spells: pd.DataFrame,
    codings: Mapping[str, Coding],
    references: Mapping[str, ReferenceRows] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return country-years with turnover, z-scores and indices, and the ledger.

    Parameters
    ----------
    country_years : :func:`underbalance.clean.country_years.country_years`.
    spells : :func:`underbalance.clean.leaders.merge_spells`.
    codings : indices by name.
    references : the reference samples of codings that have their own, by name.
    """
    turnover = turnover_3y(spells, country_years)
    table = country_years.merge(turnover, on=KEY, how="left", validate="one_to_one")
    own = {name: reference_rows(table, rows) for name, rows in (references or {}).items()}
    return code_indices(table, codings, own)
