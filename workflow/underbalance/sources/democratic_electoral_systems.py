"""Democratic Electoral Systems (Bormann and Golder) → rows of the facts table ``elections``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import iso3_by_cow_code
from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1980


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per democratic lower-house election with the source's own enpp.

    Negative codes (−99, −88 …) mean missing. The largest seat share is not in the source.
    Elections of Germany before 1990 carry the code of West Germany.
    """
    path = find_original(folder, "es_data-v*.csv")
    rows = read_original(
        path, ["ccode", "presidential", "year", "month", "day", "enpp", "seats"], text=True
    )
    numbers = rows.apply(pd.to_numeric, errors="coerce")
    numbers = numbers.assign(iso3=numbers["ccode"].map(iso3_by_cow_code(allies)))
    rows = numbers[
        numbers["iso3"].notna()
        & (numbers["presidential"] == 0)
        & (numbers["year"] >= FIRST_YEAR)
        & (numbers["enpp"] > 0)
        & numbers["day"].between(1, 31)
    ]
    dates = pd.to_datetime(rows[["year", "month", "day"]].astype(int))
    table = pd.DataFrame(
        {
            "iso3": rows["iso3"],
            "date": dates.dt.strftime("%Y-%m-%d"),
            "source": "democratic_electoral_systems",
            "enpp": rows["enpp"],
            "largest_seat_share": float("nan"),
            "seats": rows["seats"].where(rows["seats"] > 0).astype("Int64"),
        }
    )
    return table.sort_values(["iso3", "date"], ignore_index=True)
