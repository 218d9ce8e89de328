"""Multinational Military Exercises (D'Orazio and Galambos 2021) → facts table ``exercises``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import USA
from underbalance.sources.originals import find_original, read_original
from underbalance.sources.partial_dates import partial_dates

FIRST_YEAR, LAST_YEAR = 1985, 2010
KINDS = {"CPX": "command_post", "Air": "air", "Land": "land", "Sea": "sea"}
DATES = ["s.year", "s.month", "s.day", "e.year", "e.month", "e.day"]
NO_CODE, NO_NAME = "NA", "-9"
KEY = ["MMEID", "start"]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per exercise and listed ally that took part.

    Years are those of the first day. An exercise that spans two calendar years has its
    participants twice in the source, and some are listed twice for no reason: one row
    per exercise and state is kept. Three numbers stand for two exercises each, on
    different days; who exercised with whom is therefore told by number and first day.
    ``participants`` counts the parties named (states, territories, organisations); the
    source's own count takes repeated rows for participants. A few last days lie before
    the first; the table keeps them. Germany is 260 in all years.
    """
    path = find_original(folder, "mme-v*-long.csv")
    rows = read_original(path, ["MMEID", "gwcode", "country", *DATES, *KINDS], text=True)
    rows = rows.assign(
        start=partial_dates(rows["s.year"], rows["s.month"], rows["s.day"]),
        end=partial_dates(rows["e.year"], rows["e.month"], rows["e.day"]),
        party=rows["gwcode"].where(rows["gwcode"] != NO_CODE, rows["country"]),
    )
    named = rows[rows["party"] != NO_NAME]
    with_usa = pd.MultiIndex.from_frame(named.loc[named["gwcode"] == str(USA), KEY])
    participants = named.groupby(KEY)["party"].nunique().rename("participants").reset_index()
    iso3_of = dict(zip(allies["gw_code"].astype("str"), allies["iso3"], strict=True))
    own = named.assign(
        iso3=named["gwcode"].map(iso3_of),
        with_usa=pd.MultiIndex.from_frame(named[KEY]).isin(with_usa),
    )
    own = own[own["iso3"].notna() & own["s.year"].astype(int).between(FIRST_YEAR, LAST_YEAR)]
    own = own.sort_values(["MMEID", "iso3", "start"]).drop_duplicates(["MMEID", "iso3"])
    own = own.merge(participants, on=KEY, how="left", validate="many_to_one")
    table = pd.DataFrame(
        {
            "exercise_id": own["MMEID"],
            "iso3": own["iso3"],
            "start": own["start"],
            "end": own["end"],
            "with_usa": own["with_usa"],
            "participants": own["participants"].astype("Int64"),
            **{name: own[flag] == "1" for flag, name in KINDS.items()},
        }
    )
    return table.sort_values(["exercise_id", "iso3"], ignore_index=True)
