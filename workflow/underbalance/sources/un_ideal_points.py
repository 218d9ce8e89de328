"""UN General Assembly ideal points (Bailey, Strezhnev and Voeten) → ``ideal_points``."""

from __future__ import annotations

import struct
from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import USA, iso3_by_cow_code
from underbalance.sources.originals import demand_columns, find_original, unreadable

FIRST_YEAR = 1985
POINTS = {"idealpointfp": "ideal_point", "idealpointall": "ideal_point_all_votes"}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the ideal points of the ally and, beside them, of the USA in the same year.

    ``ideal_point`` rests on the column ``idealpointfp``, which reaches 2024;
    ``ideal_point_all_votes`` on all roll calls, without 2024 for the USA. States are
    matched by Correlates of War code, since some rows have no ISO code.
    """
    path = find_original(folder, "Idealpoints*.dta")
    rows = _read_stata(path, ["ccode", "year", *POINTS])
    rows = rows.rename(columns=POINTS).astype({"year": int})
    # single precision in the file: its shortest decimal form, not its binary tail
    rows = rows.assign(**{p: rows[p].astype("str").astype("float64") for p in POINTS.values()})
    rows = rows[rows["year"] >= FIRST_YEAR].dropna(subset=list(POINTS.values()), how="all")
    usa = rows[rows["ccode"] == USA].drop(columns="ccode")
    iso3 = rows["ccode"].map(iso3_by_cow_code(allies))
    own = rows.assign(iso3=iso3).dropna(subset=["iso3"])
    table = own.merge(usa, on="year", how="left", suffixes=("", "_usa"), validate="many_to_one")
    columns = ["iso3", "year", *(f"{p}{s}" for p in POINTS.values() for s in ("", "_usa"))]
    return table[columns].sort_values(["iso3", "year"], ignore_index=True)


def _read_stata(path: Path, columns: list[str]) -> pd.DataFrame:
    try:
        data: pd.DataFrame = pd.read_stata(path)
    except (ValueError, struct.error) as error:
        allowed = "the file as it was published"
        raise unreadable(path, "a Stata data set (dta)", str(error), allowed) from None
    demand_columns(list(data.columns), columns, path)
    return data[columns]
