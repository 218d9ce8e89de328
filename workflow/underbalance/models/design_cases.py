"""Outcomes with one row per case, and what the rows of all cases share."""

from __future__ import annotations

from math import log

import pandas as pd

from underbalance.clean.deals import order_cohort


def lapse_rows(commitment: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Return the notices whose fate is known: ordered, or lapsed after five years.

    ``year`` is that of the notice. Censored notices are left out.
    """
    known = commitment[~commitment["censored"].astype(bool)]
    return known.assign(
        spell=spell_name(known, "notice_id", "family"),
        category=category_of(known["family"], families),
        cohort=order_cohort(known["year"]),
        log_cost=log_cost(known["cost_usd_m"]),
    ).reset_index(drop=True)


def loss_rows(loss: pd.DataFrame) -> pd.DataFrame:
    """Return the deals of every older register in which they were open.

    ``year`` is the last year of the register.
    """
    return loss.assign(spell=spell_name(loss, "vintage", "vintage_deal"))


def spell_name(cases: pd.DataFrame, *keys: str) -> pd.Series:
    """Return the key columns of each case as one text."""
    first, *others = (cases[key].astype("str") for key in keys)
    return first.str.cat(pd.concat(others, axis=1), sep=" ")


def category_of(family: pd.Series, families: pd.DataFrame) -> pd.Series:
    """Return the armament category of each system family (config/system_families.csv)."""
    return family.map(families.set_index("family")["category"])


def log_cost(cost: pd.Series) -> pd.Series:
    """Return the natural log of a cost, missing where it is unknown or zero."""
    known = cost.astype("float64")
    return known.where(known > 0).map(log, na_action="ignore")
