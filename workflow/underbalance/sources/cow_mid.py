"""Militarised interstate disputes (COW MID 5.0 and GML) → facts table ``disputes``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.registry import read_rivals
from underbalance.sources.cow_states import demand_listed, iso3_by_cow_code
from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
# how the two lists of directed dyads call their file and the first year of a dyad's dispute
LISTS = {
    "cow_mid": ("cow_mid5_directed_dyadic_disputes_*.csv", "disponset"),
    "gml": ("gml_*_directed_dyadic_disputes_*.csv", "midonset"),
}
COLUMNS = ["dispnum", "ccode1", "ccode2", "year", "sidea2", "orig1", "hostlev1", "hostlev2"]
KEY = ["iso3", "opponent", "dispute", "year", "list"]


def parse(folder: Path, allies: pd.DataFrame, rivals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the years of the disputes of listed allies with their opponents.

    One row per ally, opponent, dispute, year and list (``cow_mid`` to 2014, ``gml`` to
    2010). ``onset`` marks the first year of the pair in the dispute, ``target`` that the
    opponent was on the side that took the first militarised action, ``originator`` that
    the ally was in the dispute from its first day. Hostility is the highest level that
    either state reached in the dispute: 1 no action, 2 threat, 3 display, 4 use of force,
    5 war.
    """
    files = {name: find_original(folder, pattern) for name, (pattern, _) in LISTS.items()}
    lists = [_directed(files[name], onset, name) for name, (_, onset) in LISTS.items()]
    rows = pd.concat(lists, ignore_index=True)
    of_allies = iso3_by_cow_code(allies)
    rows = rows[rows["ccode1"].isin(list(of_allies)) & (rows["year"] >= FIRST_YEAR)]
    codes = of_allies | iso3_by_cow_code(read_rivals() if rivals is None else rivals)
    demand_listed(rows, files, codes)
    table = pd.DataFrame(
        {
            "iso3": rows["ccode1"].map(of_allies).astype("str"),
            "opponent": rows["ccode2"].map(codes).astype("str"),
            "dispute": rows["dispnum"].astype("Int64"),
            "year": rows["year"].astype("Int64"),
            "list": rows["list"].astype("str"),
            "onset": (rows["onset"] == 1).astype("boolean"),
            "target": (rows["sidea2"] == 1).astype("boolean"),
            "originator": (rows["orig1"] == 1).astype("boolean"),
            "hostility": rows["hostlev1"].astype("Int64"),
            "hostility_opponent": rows["hostlev2"].astype("Int64"),
        }
    )
    return table.sort_values(KEY, ignore_index=True)


def _directed(path: Path, onset: str, name: str) -> pd.DataFrame:
    rows = read_original(path, [*COLUMNS, onset])
    return rows.rename(columns={onset: "onset"}).assign(list=name)
