"""Agreements: one row per agreement and month at risk."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.clean.deals import order_cohort
from underbalance.models.design_cases import spell_name

CASE = ["agreement_id", "iso3"]
MONTHS = 12


def agreement_rows(agreement: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the calendar months from the signature to the entry into force.

    ``months_since_signature`` is 0 in the month of the signature; ``year`` is the calendar
    year of the month at risk, from which obstacles are lagged. Agreements whose date of
    entry into force is not known have no rows: they are missing data, not still waiting.
    ``cohort`` is of the signature.

    Parameters
    ----------
    agreement : the outcome.
    agreements : the facts table, for the month of the signature.
    """
    dates = agreements[[*CASE, "signed"]]
    cases = agreement[agreement["months_to_force"].notna()].merge(
        dates, on=CASE, how="left", validate="one_to_one"
    )
    cases = cases.assign(spell=spell_name(cases, *CASE), cohort=order_cohort(cases["year"]))
    last = cases["months_to_force"].astype("int64")
    rows = cases.loc[cases.index.repeat(last + 1)]
    clock = rows.groupby(level=0).cumcount()
    signed_in = rows["signed"].str[5:7].astype("int64") - 1
    return rows.assign(
        months_since_signature=clock,
        year=rows["year"].astype("int64") + (signed_in + clock) // MONTHS,
        in_force=np.asarray(clock == last.loc[rows.index]),
    ).reset_index(drop=True)
