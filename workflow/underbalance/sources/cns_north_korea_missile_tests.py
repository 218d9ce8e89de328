"""CNS North Korea Missile Test Database, continued → facts table ``missile_launches``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.schemas.columns import LAST_YEAR
from underbalance.sources.originals import find_original, numbers, read_original

# the tests of 1984 have placeholder dates
FIRST_YEAR = 1985
KEY = ["date", "missile", "salvo"]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per missile launched by North Korea.

    Columns: date (ISO day, or year and month where the day is not known), missile, salvo
    (number within the launches of the missile that day, empty for a single one),
    range_class, outcome. It is the same table for every list of allies.
    """
    path = find_original(folder, "nk_missile_tests_*.csv")
    rows = read_original(path, ["date", "series", "missile", "outcome"], text=True)
    types = read_original(
        find_original(folder, "missile_types*.csv"), ["missile", "name", "type"], text=True
    )
    _demand_types(rows["missile"], types["missile"], path)
    rows = rows[rows["date"].str[:4].astype(int).between(FIRST_YEAR, LAST_YEAR)]
    rows = rows.merge(types, on="missile", how="left", validate="many_to_one")
    salvo = numbers(rows["series"]).astype("Int64")
    table = pd.DataFrame(
        {
            "date": rows["date"],
            "missile": rows["name"],
            "salvo": salvo,
            "range_class": rows["type"].replace("Unknown", "unknown"),
            "outcome": rows["outcome"],
        }
    )
    return table.sort_values(KEY, ignore_index=True)


def _demand_types(missiles: pd.Series, known: pd.Series, path: Path) -> None:
    raise_if_any(
        [
            Fault(
                str(path),
                f"missile {missile}",
                "every missile must have a range class",
                missile,
                "a missile of missile_types.csv",
                "add a line with its name and class there",
            )
            for missile in sorted(set(missiles) - set(known))
        ]
    )
