"""PPEG parliamentary elections (WZB) → rows of the facts table ``elections``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

# the election in force in 1985 may be years older
FIRST_YEAR = 1980
# "Others - X coalition" are the small members of a coalition; Independents' Alliance is a party
NOT_A_PARTY = r"^(?:Independents/Non-Partisans|Others)(?:$|/| - )"


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per lower-house election.

    Columns: enpp, the effective number of parliamentary parties by seats, 1/Σs² (Laakso
    and Taagepera 1979); largest_seat_share (fraction); seats (both tiers).
    """
    path = find_original(folder, "ppeg_parl_*.csv")
    rows = read_original(
        path,
        ["iso3c", "edate", "total_seats", "total_seats_2ndtier", "pname_en", "s_share"],
    )
    rows = rows[rows["iso3c"].isin(allies["iso3"]) & (rows["edate"] >= str(FIRST_YEAR))]
    rows = rows.assign(seats=rows["total_seats"] + rows["total_seats_2ndtier"].fillna(0))
    # ASSUME: independents and "others" are that many parties of one seat each, so a share
    # s of them adds s × (1/seats) to Σs², not s².
    single = rows["pname_en"].str.contains(NOT_A_PARTY)
    squares = (rows["s_share"] ** 2).where(~single, rows["s_share"] / rows["seats"])
    rows = rows.assign(squares=squares, party_share=rows["s_share"].where(~single))
    elections = rows.groupby(["iso3c", "edate"], as_index=False).agg(
        seated=("s_share", "sum"),
        squares=("squares", "sum"),
        largest_seat_share=("party_share", "max"),
        seats=("seats", "max"),
    )
    elections = elections[elections["seated"] > 0]
    table = pd.DataFrame(
        {
            "iso3": elections["iso3c"],
            "date": elections["edate"],
            "source": "ppeg",
            "enpp": 1 / elections["squares"],
            "largest_seat_share": elections["largest_seat_share"],
            "seats": elections["seats"].astype("Int64"),
        }
    )
    return table.sort_values(["iso3", "date"], ignore_index=True)
