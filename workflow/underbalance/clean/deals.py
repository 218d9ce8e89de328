"""US arms deals: register and notes joined, and which deals the delivery outcome counts."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.burden import burden_of_deals
from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger
from underbalance.schemas.limits import EXCLUSIONS

COHORT_YEARS = 5


def clean_deals(
    deals: pd.DataFrame, notes: pd.DataFrame, ally_years: pd.DataFrame, last_year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row per deal with its notes, and the ledger.

    Parameters
    ----------
    deals, notes : facts tables; every deal has exactly one row of notes.
    ally_years : frame with iso3, year, is_ally, milex_constant_usd_m.
    last_year : last year of deliveries the register covers.

    Returns
    -------
    Columns of ``deals`` and of ``notes``, and: is_ally (at the order), delivered,
    years_to_delivery (calendar years, missing when not delivered), order_cohort (such as
    ``1990-1994``), tiv_order (missing instead of zero where the number or the value of
    the goods is unknown), burden (:func:`underbalance.clean.burden.burden_of_deals`),
    exclusion (empty when the deal counts for the delivery outcome, else a key of
    :data:`EXCLUSIONS`). Whether the buyer was an ally when it ordered is for the sample of
    a model to ask.
    """
    ledger = Ledger("deals")
    table = deals.merge(notes, on="deal_id", how="left", validate="one_to_one")
    table = _without_unknown_size(with_is_ally(table, ally_years, "order_year"), ledger)
    table = table.assign(
        delivered=table["first_delivery_year"].notna(),
        years_to_delivery=table["first_delivery_year"] - table["order_year"],
        order_cohort=order_cohort(table["order_year"]),
        burden=burden_of_deals(table, ally_years),
    )
    table = table.assign(exclusion=_exclusion(table, last_year))
    for row in table[table["exclusion"] != ""].to_dict("records"):
        rule, reason = f"not_counted_{row['exclusion']}", EXCLUSIONS[row["exclusion"]]
        ledger.add(f"deal {row['deal_id']}", rule, None, None, reason)
    return table.sort_values("deal_id", ignore_index=True), ledger.frame()


def order_cohort(order_year: pd.Series) -> pd.Series:
    """Return the five-year cohort of an order year, such as ``1990-1994``."""
    first = order_year // COHORT_YEARS * COHORT_YEARS
    return first.astype("str") + "-" + (first + COHORT_YEARS - 1).astype("str")


def _without_unknown_size(table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    unknown = table["tiv_order"] == 0
    for row in table[unknown].itertuples():
        ledger.add(
            f"deal {row.deal_id} tiv_order",
            "size_unknown",
            row.tiv_order,
            None,
            "the register shows 0 where the number or the unit value is not known",
        )
    return table.assign(tiv_order=table["tiv_order"].mask(unknown))


def _exclusion(table: pd.DataFrame, last_year: int) -> pd.Series:
    applies = {
        "selected_not_ordered": table["selected_not_ordered"],
        "second_hand": table["condition"] != "new",
        "engine": table["category"] == "Engines",
        "ordered_in_last_year": table["order_year"] >= last_year,
    }
    exclusion = pd.Series("", index=table.index, dtype="str")
    for name in EXCLUSIONS:
        exclusion = exclusion.mask((exclusion == "") & applies[name].astype(bool), name)
    return exclusion
