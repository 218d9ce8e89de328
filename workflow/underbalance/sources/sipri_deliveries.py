"""SIPRI's deliveries of US arms by deal and year, and the register's rows of those deals."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.schemas.facts.deal_histories import EVENT_RELEASES
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_deal_matching import (
    YEARS_APART,
    Rule,
    match,
    name_key,
    renamed,
    renamings,
)
from underbalance.sources.sipri_vintages import CONDITIONS, USA, buyers

OLDER, NEWER = EVENT_RELEASES
# the newer release has no delivery before this year
FIRST_YEAR_OF_NEWER = 1995
COLUMNS = {
    "sipri_id": "sipri_id",
    "supplier": "supplier",
    "recipient": "buyer",
    "designation": "designation",
    "order_year": "order_year",
    "order_year_is_estimate": "order_year_estimate",
    "number_delivered": "number_delivered",
    "number_delivered_is_estimate": "number_delivered_estimate",
    "delivery_year": "delivery_year",
    "delivery_year_is_estimate": "delivery_year_estimate",
    "status": "condition",
    "tiv_deal_unit": "tiv_per_unit",
}
ESTIMATES = ["order_year_estimate", "number_delivered_estimate", "delivery_year_estimate"]
# The release names systems by other words than the register. Its rows are therefore found by
# their numbers and years first; how those call a system is then known for the rest.
BY_DELIVERIES = Rule(
    "same_deliveries",
    (
        "buyer",
        "order_year",
        "condition",
        "tiv_per_unit",
        "number_delivered",
        "first_delivery_year",
        "last_delivery_year",
    ),
)
BY_NAME = (
    Rule(
        "later_deliveries_added",
        ("buyer", "designation_key", "order_year", "condition", "first_delivery_year"),
    ),
    Rule("deliveries_revised", ("buyer", "designation_key", "order_year", "condition")),
    Rule(
        "order_year_revised",
        (
            "buyer",
            "designation_key",
            "condition",
            "number_delivered",
            "first_delivery_year",
            "last_delivery_year",
        ),
        years_apart=YEARS_APART,
    ),
)


def read_events(
    folder: Path, allies: pd.DataFrame, releases: tuple[str, ...] = (OLDER, NEWER)
) -> pd.DataFrame:
    """Return the deliveries of US arms to every buyer.

    With both releases the older one gives the deliveries before 1995, the newer the rest.
    """
    parts = [_release(folder, release, allies) for release in releases]
    if len(parts) > 1:
        parts[0] = parts[0][parts[0]["delivery_year"] < FIRST_YEAR_OF_NEWER]
    return pd.concat(parts, ignore_index=True)


def _release(folder: Path, release: str, allies: pd.DataFrame) -> pd.DataFrame:
    path = find_original(folder, f"us_to_allies_delivery_events_{release}.csv")
    events = read_original(path, list(COLUMNS), text=True).rename(columns=COLUMNS)
    events = events[events["supplier"] == USA].drop(columns="supplier")
    whole = ["sipri_id", "order_year", "number_delivered", "delivery_year"]
    flags = {name: events[name].map({"Yes": True, "No": False}) for name in ESTIMATES}
    return events.assign(
        buyer=buyers(events["buyer"], allies),
        condition=events["condition"].replace(CONDITIONS),
        tiv_per_unit=pd.to_numeric(events["tiv_per_unit"]),
        release=release,
        **{name: pd.to_numeric(events[name]).astype("int64") for name in whole},
        **{name: flag.astype("boolean") for name, flag in flags.items()},
    )


def deals_of(events: pd.DataFrame) -> pd.DataFrame:
    """Return one row per deal of the events: row (SIPRI's id), what it is, its deliveries."""
    # the newest release names the deal
    events = events.sort_values(["sipri_id", "release", "delivery_year"])
    deals = events.groupby("sipri_id", as_index=False).agg(
        buyer=("buyer", "last"),
        order_year=("order_year", "last"),
        designation=("designation", "last"),
        condition=("condition", "last"),
        tiv_per_unit=("tiv_per_unit", "last"),
        number_delivered=("number_delivered", "sum"),
        first_delivery_year=("delivery_year", "min"),
        last_delivery_year=("delivery_year", "max"),
    )
    return deals.rename(columns={"sipri_id": "row"}).astype(
        {
            "number_delivered": "float64",
            "first_delivery_year": "float64",
            "last_delivery_year": "float64",
        }
    )


def match_events(deals: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Return which row of a vintage each deal of the events is, and by which rule."""
    certain = match(deals, register, [BY_DELIVERIES])
    deals = deals.assign(designation_key=name_key(deals["designation"]))
    register = register.assign(designation_key=name_key(register["designation"]))
    called = renamings(
        certain["row"].map(deals.set_index("row")["designation_key"]),
        certain["next_row"].map(register.set_index("row")["designation_key"]),
    )
    deals = deals.assign(designation_key=renamed(deals["designation_key"], called))
    return match(deals, register, [BY_DELIVERIES, *BY_NAME])


def with_sipri_ids(
    vintage: pd.DataFrame, folder: Path, allies: pd.DataFrame, releases: tuple[str, ...]
) -> pd.DataFrame:
    """Add SIPRI's deal id to the rows of a vintage, from the events of the same update.

    Only rows that are equal in buyer, years, condition, value and number get one.
    """
    deals = deals_of(read_events(folder, allies, releases))
    ids = match(deals, vintage, [BY_DELIVERIES]).set_index("next_row")["row"]
    return vintage.assign(sipri_id=vintage["row"].map(ids).astype("float64"))
