"""Alignment: how much the distance to the USA in the UN General Assembly moves."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY, years_earlier
from underbalance.ledger import Ledger

COLUMNS = ["iso3", "year", "is_ally", "alignment_change", "alignment_shift"]


def alignment(country_years: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the yearly change of the ideal-point distance to the USA, and the ledger.

    Parameters
    ----------
    country_years : ally-years with ``ideal_point_distance``, the absolute difference of
        the ideal points of the ally and of the USA (Bailey, Strezhnev and Voeten 2017).

    Returns
    -------
    One row per ally-year with the distance observed in it and in the year before:
    alignment_change (distance now minus before; negative is closer) and alignment_shift,
    its absolute value.
    """
    distance = country_years.set_index(KEY)["ideal_point_distance"]
    change = (distance - years_earlier(distance, 1)).to_numpy()
    table = country_years[[*KEY, "is_ally"]].assign(alignment_change=change)
    table = table.dropna(subset="alignment_change")
    table = table.assign(alignment_shift=table["alignment_change"].abs())
    return table[COLUMNS].reset_index(drop=True), Ledger("outcome.alignment").frame()
