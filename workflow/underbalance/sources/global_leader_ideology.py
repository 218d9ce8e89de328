"""Global Leader Ideology (Herre 2023) → facts table ``leader_ideology``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import iso3_by_cow_code
from underbalance.sources.originals import find_original, numbers, read_original

# changes of camp in 1985 look three years back
FIRST_YEAR = 1982
COLUMNS = {
    "hog": "head_of_government",
    "hog_ideology": "hog_ideology",
    "leader": "leader",
    "leader_ideology": "leader_ideology",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the head of government and the effective leader on 31 December, with their camp.

    The codes of the camp are the source's: leftist, centrist, rightist, none (of no
    economic ideology), no information, not applicable (no such office). Who the effective
    leader is, is the author's coding: the president in FIN, LTU, POL, PRT and others.
    """
    path = find_original(folder, "global_leader_ideologies*.csv")
    rows = read_original(path, ["country_code_cow", "year", *COLUMNS], text=True)
    iso3 = numbers(rows["country_code_cow"]).map(iso3_by_cow_code(allies))
    rows = rows.assign(iso3=iso3, year=rows["year"].astype("Int64"))
    rows = rows[rows["iso3"].notna() & (rows["year"] >= FIRST_YEAR)].rename(columns=COLUMNS)
    table = rows[["iso3", "year", *COLUMNS.values()]]
    return table.sort_values(["iso3", "year"], ignore_index=True)
