"""SIPRI Arms Transfers Database, deliveries by year → facts table ``deal_events``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.sipri_arms_transfers import FIRST_ORDER_YEAR
from underbalance.sources.sipri_deal_vintages import OPEN_IN, link_vintages
from underbalance.sources.sipri_deliveries import deals_of, match_events, read_events
from underbalance.sources.sipri_vintages import LAST_VINTAGE, is_shipped

THROUGH = OPEN_IN[-1]
THROUGH_RULE = f"through_{THROUGH.replace('-', '_')}"
COLUMNS = [
    "sipri_id",
    "deal_id",
    "match_rule",
    "iso3",
    "order_year",
    "order_year_estimate",
    "delivery_year",
    "delivery_year_estimate",
    "number_delivered",
    "number_delivered_estimate",
    "release",
]


def parse_deal_events(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per US deal of a listed ally and year of delivery.

    Columns: sipri_id (SIPRI's own number of the deal), deal_id (its row in the table
    ``deals``, missing when no rule finds it alone), match_rule, iso3, order_year,
    delivery_year, number_delivered (units in that year), whether SIPRI marks the two years
    and the number as estimates (missing in a few new rows), and the release. Deliveries
    before 1995 are in the older release only.
    """
    events = read_events(folder, allies)
    table = events[is_shipped(events, allies, FIRST_ORDER_YEAR)].merge(
        _register_rows(events, folder, allies), on="sipri_id", how="left", validate="many_to_one"
    )
    table = table.rename(columns={"buyer": "iso3"}).astype({"deal_id": "Int64"})
    table = table.fillna({"match_rule": ""})[COLUMNS]
    return table.sort_values(["sipri_id", "delivery_year"], ignore_index=True)


def _register_rows(events: pd.DataFrame, folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return sipri_id, deal_id and match_rule of the deals whose row is found.

    A deal that is not found in the last vintage itself may be in the one before, which is
    of the same update as the newer events, and be followed from there.
    """
    vintages, links = link_vintages(folder, allies)
    register, before = vintages[LAST_VINTAGE], vintages[THROUGH]
    found = match_events(deals_of(events), register)
    followed = before[["row", "sipri_id"]].merge(
        links[THROUGH, LAST_VINTAGE], on="row", validate="one_to_one"
    )
    followed = followed.dropna(subset=["sipri_id", "next_row"]).assign(
        row=lambda rows: rows["sipri_id"].astype("int64"),
        rule=THROUGH_RULE,
    )
    followed = followed[
        ~followed["row"].isin(found["row"]) & ~followed["next_row"].isin(found["next_row"])
    ]
    found = pd.concat([found, followed[list(found.columns)]])
    shipped = register.loc[is_shipped(register, allies, FIRST_ORDER_YEAR), "row"]
    found = found[found["next_row"].isin(shipped)]
    names = {"row": "sipri_id", "next_row": "deal_id", "rule": "match_rule"}
    return found.rename(columns=names).astype({"sipri_id": "int64"})
