"""Execution: what was carried out of the spending that was planned or first reported."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger, join_ledgers
from underbalance.outcomes.spending_plans import COMPARED, nato_plans, sipri_plans
from underbalance.schemas.limits import IMPLAUSIBLE, REDEFINED

# Figures of settled years hardly ever move by more than this between editions, and what
# moves them is rounding or late bookings: a smaller gap is no sign of a plan not kept.
SHORTFALL = 0.02
COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "source",
    "basis",
    "planned_edition",
    "outcome_edition",
    "execution",
    "execution_error",
    "shortfall",
    "settled_revision",
    "equipment_gap",
]


def execution(
    milex_releases: pd.DataFrame, nato_editions: pd.DataFrame, country_years: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how spending carried out compares with the plan for the year, and the ledger.

    Parameters
    ----------
    milex_releases, nato_editions : facts tables.
    country_years : ally-years, for ``is_ally``.

    Returns
    -------
    One row per ally, year and source. ``nato``: the estimate for the year in the edition
    of that year (national plans; that of 2015 came out just after the year) against the
    next edition at hand that counts the year as settled, in the same money. ``sipri``: the
    first release after the year against that of 2025, an upper bound, since new
    definitions and added budgets are in it too.

    execution is ln(carried out / planned), execution_error its absolute value; shortfall
    says that the ratio is below 1 - :data:`SHORTFALL`. settled_revision is the same
    logarithm for the latest year that both NATO editions count as settled. equipment_gap
    is the share spent on equipment minus the planned share, in percentage points (NATO).
    """
    nato, nato_ledger = nato_plans(nato_editions)
    sipri, sipri_ledger = sipri_plans(milex_releases)
    table = pd.concat([nato, sipri], ignore_index=True)[COMPARED]
    table = table.assign(
        execution=np.log(table["carried_out"] / table["planned"]),
        shortfall=table["carried_out"] < (1 - SHORTFALL) * table["planned"],
    )
    table, ledger = _comparable(table)
    table = with_is_ally(table, country_years)
    table = table.assign(execution_error=table["execution"].abs())
    table = table[COLUMNS].sort_values(["iso3", "year", "source"], ignore_index=True)
    return table, join_ledgers([ledger, nato_ledger, sipri_ledger])


def _comparable(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Drop the cases whose two figures do not count the same thing."""
    ledger = Ledger("outcome.execution")
    redefined = table["settled_revision"].abs() > REDEFINED
    implausible = table["execution"].abs() > IMPLAUSIBLE
    for case in table[redefined | implausible].to_dict("records"):
        key = f"{case['iso3']} {case['year']} {case['source']}"
        rule, reason = "implausible_ratio", "over threefold or under a third: a change of unit"
        if abs(case["settled_revision"]) > REDEFINED:
            rule = "redefined"
            reason = (
                f"a settled year moved by a factor of {np.exp(case['settled_revision']):.3f} "
                f"between the editions {case['planned_edition']} and {case['outcome_edition']}: "
                "counted in another way since"
            )
        ledger.add(key, rule, round(case["execution"], 4), None, reason)
    return table[~redefined & ~implausible], ledger.frame()
