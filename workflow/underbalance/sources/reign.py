"""REIGN leader list (Bell, Besaw and Frank 2021) → rows of the facts table ``leaders``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import iso3_by_cow_code
from underbalance.sources.originals import find_original, numbers, read_original

FIRST_MONTH = "1980-01"
ORIGINAL = ["ccode", "leader", "sdate", "smonth", "syear", "emonth", "eyear"]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per spell of REIGN's leader list.

    Parameters
    ----------
    folder : holds one ``leaderlist*.csv``.
    allies : the listed allies (:func:`underbalance.registry.read_allies`).

    Returns
    -------
    Columns iso3, source, leader, start (ISO day), end (ISO month, the source has no day;
    empty while in office), in_office, party (always empty), first_snapshot and
    last_snapshot (always missing); spells that reach 1980 or later.

    Raises
    ------
    FaultsError : when the file is not exactly one, or lacks a column.
    """
    path = find_original(folder, "leaderlist*.csv")
    rows = read_original(path, ORIGINAL, encoding="latin1", text=True)
    iso3 = numbers(rows["ccode"]).map(iso3_by_cow_code(allies))
    rows = rows.assign(iso3=iso3).dropna(subset=["iso3"])
    end = _iso(rows["eyear"], rows["emonth"])
    table = pd.DataFrame(
        {
            "iso3": rows["iso3"],
            "source": "reign",
            "leader": rows["leader"].map(_repair_encoding).str.strip(),
            "start": _iso(rows["syear"], rows["smonth"], rows["sdate"]),
            "end": end,
            "in_office": end == "",
            "party": "",
            "first_snapshot": pd.array([pd.NA] * len(rows), dtype="Int64"),
            "last_snapshot": pd.array([pd.NA] * len(rows), dtype="Int64"),
        }
    )
    reaching = table[table["in_office"] | (table["end"] >= FIRST_MONTH)]
    return reaching.sort_values(["iso3", "start", "leader", "end"], ignore_index=True)


def _iso(year: pd.Series, *smaller: pd.Series) -> pd.Series:
    """Join year, month and day columns as an ISO date; empty where the year is."""
    joined = year.str.strip()
    for part in smaller:
        joined = joined + "-" + part.str.strip().str.zfill(2)
    return joined.mask(year.str.strip() == "", "")


def _repair_encoding(name: str) -> str:
    """Return a name whose UTF-8 bytes were read as Latin-1; the file mixes the two."""
    try:
        return name.encode("latin1").decode("utf-8")
    except UnicodeDecodeError:
        return name
