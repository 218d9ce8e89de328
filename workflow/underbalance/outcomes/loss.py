"""Loss: open deals of an older register that are gone from the newest one."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger

FATES_BY_VINTAGE = ["fate_2024_03", "fate_2025_03", "fate_2026_05"]
DROPPED = {
    "ambiguous": "another row of the register may be the deal, or hold it",
    "no_longer_covered": "the register took out delivered deals of this system too",
}
COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "vintage",
    "vintage_deal",
    "case",
    "first_vintage",
    "order_year",
    "years_open",
    "fate",
    "lost",
    "selected_not_ordered",
    "successor_possible",
]


def loss(
    deal_vintages: pd.DataFrame, country_years: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the open deals of each older register and whether they were lost, and the ledger.

    Parameters
    ----------
    deal_vintages : facts table, one row per register and deal open in it.
    country_years : ally-years with ``is_ally``.

    Returns
    -------
    One row per register and deal; a deal open in several registers has several rows of the
    same ``case``, the first with first_vintage. year: the last year of the register;
    years_open: calendar years from the order to it; fate: in the newest register, or
    delivered when all was delivered in one before; lost: the deal is in no row of the newest
    register and was not delivered in full. SIPRI takes out cancelled deals, but also rows
    that were wrong: successor_possible marks lost deals where a new row of the same kind
    of weapon came in.
    """
    ledger = Ledger("outcome.loss")
    fates = deal_vintages[FATES_BY_VINTAGE]
    delivered = (fates == "delivered").any(axis=1)
    fate = fates.iloc[:, -1].mask(delivered, "delivered")
    table = deal_vintages.assign(
        fate=fate,
        lost=fate == "not_found",
        years_open=deal_vintages["year"] - deal_vintages["order_year"],
        first_vintage=deal_vintages["case"]
        == deal_vintages["vintage"] + "/" + deal_vintages["vintage_deal"].astype("str"),
    )
    table = with_is_ally(table, country_years)
    dropped = table["fate"].isin(list(DROPPED))
    for row in table[dropped].to_dict("records"):
        key = f"{row['vintage']} deal {row['vintage_deal']}"
        ledger.add(key, f"fate_{row['fate']}", None, None, DROPPED[row["fate"]])
    table = table.loc[~dropped, COLUMNS]
    return table.sort_values(["vintage", "vintage_deal"], ignore_index=True), ledger.frame()
