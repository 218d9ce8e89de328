"""Alliance Treaty Obligations and Provisions, directed dyad-years → table ``alliance_atop``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import USA, iso3_by_cow_code
from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
OBLIGATIONS = {
    "atop_defense": "defence",
    "atop_offense": "offence",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the obligations between each ally and the USA by year.

    An obligation counts when either of the two has it: ATOP gives the US pledge to Japan
    from the USA to Japan only. A year without a row is one without any alliance. Germany
    has two codes, both in 1990.
    """
    path = find_original(folder, "atop*_directed_dyad_year_*.csv")
    rows = read_original(path, ["ccode1", "ccode2", "year", *OBLIGATIONS])
    rows = rows[(rows["year"] >= FIRST_YEAR) & ((rows["ccode1"] == USA) | (rows["ccode2"] == USA))]
    other = rows["ccode1"].where(rows["ccode2"] == USA, rows["ccode2"])
    rows = rows.assign(iso3=other.map(iso3_by_cow_code(allies))).dropna(subset="iso3")
    either = rows.rename(columns=OBLIGATIONS).groupby(["iso3", "year"])[list(OBLIGATIONS.values())]
    table = either.max().astype("boolean").reset_index().astype({"year": "Int64"})
    return table.sort_values(["iso3", "year"], ignore_index=True)
