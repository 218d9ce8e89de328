"""Archigos (Goemans, Gleditsch and Chiozza 2009) → rows of the facts table ``leaders``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_DAY = "1980-01-01"
STILL_IN_OFFICE = "Still in Office"
ORIGINAL = ["gwcode", "leader", "startdate", "enddate", "exit"]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per leader spell of Archigos.

    Parameters
    ----------
    folder : holds one ``archigos*.csv``.
    allies : the listed allies (:func:`underbalance.registry.read_allies`).

    Returns
    -------
    Columns iso3, source, leader, start, end (ISO days; end empty while in office),
    in_office, party (always empty), first_snapshot and last_snapshot (always missing);
    spells that reach 1980 or later.

    Raises
    ------
    FaultsError : when the file is not exactly one, or lacks a column.
    """
    path = find_original(folder, "[Aa]rchigos*.csv")
    rows = read_original(path, ORIGINAL, text=True)
    iso3_of = dict(zip(allies["gw_code"].astype("str"), allies["iso3"], strict=True))
    rows = rows.assign(iso3=rows["gwcode"].map(iso3_of)).dropna(subset=["iso3"])
    # the end date of a leader still in office is the day the record was last updated
    in_office = rows["exit"].str.strip() == STILL_IN_OFFICE
    table = pd.DataFrame(
        {
            "iso3": rows["iso3"],
            "source": "archigos",
            "leader": rows["leader"].str.strip(),
            "start": rows["startdate"],
            "end": rows["enddate"].mask(in_office, ""),
            "in_office": in_office,
            "party": "",
            "first_snapshot": pd.array([pd.NA] * len(rows), dtype="Int64"),
            "last_snapshot": pd.array([pd.NA] * len(rows), dtype="Int64"),
        }
    )
    reaching = table[table["in_office"] | (table["end"] >= FIRST_DAY)]
    return reaching.sort_values(["iso3", "start", "leader", "end"], ignore_index=True)
