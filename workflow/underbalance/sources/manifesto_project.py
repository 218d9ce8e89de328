"""Manifesto Project main dataset (Lehmann and others 2024) → table ``manifesto_positions``.

The project asks users to register, so only figures of whole elections are derived from it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.seat_weights import seat_weighted

# the election in force in 1985 may be years older
FIRST_DAY = "1980-01-01"
SPELLINGS = {"Czech Republic": "Czechia"}
# 3: no programme, its text is estimated from others; 99: none found
NOT_PROGRAMMES = (3, 99)
ELECTION = ["iso3", "date"]
COLUMNS = [
    "countryname",
    "edate",
    "party",
    "absseat",
    "totseats",
    "progtype",
    "per101",
    "per102",
    "per104",
    "per105",
]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the positions of the parties in parliament, one row per lower-house election.

    Returns
    -------
    programmes is the number of programmes of parties with seats, seats_covered their part
    of the house (fraction). military is per104 − per105 (favourable minus unfavourable
    mentions of the military), special_relations per101 − per102 (foreign special
    relationships), in percent of the programme: mean and standard deviation (sd) weighted
    by seats, missing if under two thirds of the house are covered, and the plain range.
    Estimated and missing programmes (progtype 3 and 99) are left out.
    """
    path = find_original(folder, "MPDataset_MPDS*.csv")
    rows = read_original(path, COLUMNS)
    day = pd.to_datetime(rows["edate"], format="%d/%m/%Y")
    rows = rows.assign(
        iso3=rows["countryname"].map(iso3_by_name(allies, SPELLINGS)),
        date=day.dt.strftime("%Y-%m-%d"),
        military=rows["per104"] - rows["per105"],
        special_relations=rows["per101"] - rows["per102"],
    )
    rows = rows[rows["iso3"].notna() & (rows["date"] >= FIRST_DAY)]
    return _positions(rows.sort_values([*ELECTION, "party"]))


def _positions(rows: pd.DataFrame) -> pd.DataFrame:
    house = rows.groupby(ELECTION)["totseats"].max()
    real = ~rows["progtype"].isin(NOT_PROGRAMMES) & rows["military"].notna()
    used = rows[real & (rows["absseat"] > 0)]
    by = used.groupby(ELECTION)
    table = pd.DataFrame(
        {
            "programmes": by.size().reindex(house.index, fill_value=0).astype("Int64"),
            "seats_covered": by["absseat"].sum().reindex(house.index, fill_value=0) / house,
        }
    )
    for name in ("military", "special_relations"):
        weighted = seat_weighted(used, ELECTION, name, "absseat", house)
        table[f"{name}_mean"] = weighted["mean"]
        table[f"{name}_sd"] = weighted["sd"]
        table[f"{name}_range"] = by[name].max() - by[name].min()
    return table.reset_index().sort_values(ELECTION, ignore_index=True)
