"""Loss: open deals of an older register that are gone from the newest one."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger

FATES_BY_VINTAGE = ["fate_2024_03", "fate_2025_03", "fate_2026_05"]
# kinds of weapon of the armament category Engines, as the registers word them
ENGINES = (
    "aip engine",
    "aircraft engine",
    "diesel engine",
    "gas turbine",
    "ship engine",
    "turbofan",
    "turbojet",
    "turboprop",
    "turboshaft",
    "vehicle engine",
)
# why a deal does not count, in the order in which the reasons are tried
DROPPED = {
    "not_counted_selected_not_ordered": "the register marks the system as selected, not ordered",
    "not_counted_engine": "an engine follows the platform it is built into",
    "fate_ambiguous": "another row of the register may be the deal, or hold it",
    "fate_no_longer_covered": "the register took out delivered deals of this system too",
    "fate_recoded": "something was delivered, which stays in a register: the row was recoded",
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
    register and nothing was delivered. Engines do not count, nor systems that are selected
    and not ordered, as in the outcome delivery; the mark of selection is not known for
    2018-01. SIPRI takes out cancelled deals, but also rows that were wrong:
    successor_possible marks lost deals where a new row of the same kind of weapon came in.
    """
    ledger = Ledger("outcome.loss")
    fates = deal_vintages[FATES_BY_VINTAGE]
    delivered = (fates == "delivered").any(axis=1)
    fate = fates.iloc[:, -1].mask(delivered, "delivered")
    table = deal_vintages.assign(
        fate=fate,
        lost=fate == "not_found",
        years_open=deal_vintages["year"] - deal_vintages["order_year"],
        dropped=_dropped(deal_vintages, fate),
    )
    table = with_is_ally(table, country_years)
    for row in table[table["dropped"] != ""].to_dict("records"):
        key = f"{row['vintage']} deal {row['vintage_deal']}"
        ledger.add(key, row["dropped"], None, None, DROPPED[row["dropped"]])
    table = table[table["dropped"] == ""].sort_values(
        ["vintage", "vintage_deal"], ignore_index=True
    )
    table = table.assign(first_vintage=~table.duplicated("case"))
    return table[COLUMNS], ledger.frame()


def _dropped(deals: pd.DataFrame, fate: pd.Series) -> pd.Series:
    """Return why each deal does not count, a key of :data:`DROPPED`, or nothing."""
    partly = (deals[FATES_BY_VINTAGE] == "partly").any(axis=1) | (deals["number_delivered"] > 0)
    applies = {
        "not_counted_selected_not_ordered": deals["selected_not_ordered"].fillna(False),
        "not_counted_engine": deals["description"].str.lower().isin(ENGINES),
        "fate_ambiguous": fate == "ambiguous",
        "fate_no_longer_covered": fate == "no_longer_covered",
        "fate_recoded": (fate == "not_found") & partly,
    }
    dropped = pd.Series("", index=deals.index, dtype="str")
    for name in DROPPED:
        dropped = dropped.mask((dropped == "") & applies[name].astype(bool), name)
    return dropped
