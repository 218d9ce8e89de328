"""Ratification rules (Simmons 2009, appendix 3.2) → facts table ``ratification``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the hurdle a treaty must clear to be ratified, one row per ally.

    1: the executive alone; 1.5: the legislature is told by rule or tradition; 2: consent
    of one house; 3: of two houses, or a super-majority; 4: a plebiscite. One score for
    all years.
    """
    path = find_original(folder, "BSrat.csv")
    rows = read_original(path, ["StatID", "Rat"])
    rows = rows[rows["StatID"].isin(allies["iso3"])]
    table = rows.rename(columns={"StatID": "iso3", "Rat": "ratification_hurdle"})
    table = table.astype({"ratification_hurdle": float})
    return table.sort_values("iso3", ignore_index=True)
