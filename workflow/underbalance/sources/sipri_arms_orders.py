"""SIPRI Arms Transfers Database, all suppliers → facts table ``arms_orders`` (derived)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original
from underbalance.sources.sipri_vintages import LAST_VINTAGE, LAST_YEARS, USA, buyers

FIRST_YEAR, LAST_YEAR = 1985, LAST_YEARS[LAST_VINTAGE]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return counts and sums of the orders of each listed ally in each year of its existence.

    Columns: iso3, year (of the order), and for all suppliers and for the USA: deals, tiv
    (million trend-indicator values), deals whose order year is uncertain, deals of second-hand
    goods, and deals without a value (number or value of the goods not known; they add
    nothing to the sum). Deals that the register marks as selected but not ordered count,
    because the mark is known for US deals only.
    """
    deals = _deals(folder, allies)
    tables = []
    for name, part in (("all", deals), ("usa", deals[deals["supplier"] == USA])):
        years = part.groupby(["iso3", "year"]).agg(
            deals=("tiv", "size"),
            # values have two decimals; what a sum of floats adds behind them is no value
            tiv=("tiv", lambda values: round(values.sum(), 4)),
            year_uncertain=("uncertain", "sum"),
            second_hand=("second_hand", "sum"),
            without_tiv=("unvalued", "sum"),
        )
        tables.append(years.add_suffix(f"_{name}"))
    rows = pd.MultiIndex.from_frame(_years_of_existence(allies))
    # ASSUME: the register has every order of an ally in every year, so that a year without
    # a row is a year without an order
    table = pd.concat(tables, axis=1).reindex(rows).fillna(0)
    counts = [name for name in table.columns if not name.startswith("tiv_")]
    return table.astype(dict.fromkeys(counts, "int64")).reset_index()


def _deals(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    path = find_original(folder, f"all_suppliers_to_allies_deals_{LAST_VINTAGE}.csv")
    columns = [
        "recipient",
        "supplier",
        "order_year",
        "order_year_uncertain",
        "status",
        "tiv_total_order",
    ]
    deals = read_original(path, columns, text=True)
    tiv = deals["tiv_total_order"].astype("float64")
    return pd.DataFrame(
        {
            "iso3": buyers(deals["recipient"], allies),
            "year": deals["order_year"].astype("int64"),
            "supplier": deals["supplier"],
            "tiv": tiv,
            "uncertain": deals["order_year_uncertain"] == "?",
            "second_hand": deals["status"] != "New",
            "unvalued": tiv == 0,
        }
    )


def _years_of_existence(allies: pd.DataFrame) -> pd.DataFrame:
    years = pd.DataFrame({"year": range(FIRST_YEAR, LAST_YEAR + 1)})
    rows = allies[["iso3", "independent_since"]].merge(years, how="cross")
    since = pd.to_numeric(rows["independent_since"].str[:4]).fillna(FIRST_YEAR)
    rows = rows.loc[rows["year"] >= since, ["iso3", "year"]]
    return rows.sort_values(["iso3", "year"], ignore_index=True)
