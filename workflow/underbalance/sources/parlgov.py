"""ParlGov, view of cabinets (Döring and others 2023) → facts table ``cabinets``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original
from underbalance.sources.seat_weights import seat_weighted

# the cabinet in force in 1985, and those of the three years before it
FIRST_DAY = "1980-01-01"
# "none" and Italy's "PC" stand for ministers or a prime minister of no party
PARTLESS = ("no party affiliation", "Prime minister")
# elections after which only the seats of one tier are in the file: the 176 proportional
# seats of Japan's 465 (SOURCE.yaml); a release with another total passes
PART_OF_HOUSE = {("JPN", "2021-10-31"): 176}
# a government with a smaller share of the seats is a minority
HALF = 0.5
NUMERAL = r"\s+[IVX]+$"
COLUMNS = {
    "country_name_short": "iso3",
    "cabinet_id": "cabinet_id",
    "cabinet_name": "cabinet",
    "start_date": "start",
    "election_date": "election_date",
    "caretaker": "caretaker",
    "election_seats_total": "seats_total",
    "party_id": "party_id",
    "party_name_english": "party",
    "cabinet_party": "in_cabinet",
    "prime_minister": "leads",
    "seats": "seats",
    "left_right": "position",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per cabinet in office in 1980 or later.

    Returns
    -------
    ``end`` is the day before the next cabinet (empty for the last). prime_minister is the
    name of the cabinet without its numeral. parties and seats_government leave out
    ministers of no party. seat_share is seats_government over the larger of the total and
    the sum of all parties' seats, for the totals of France before 1993 leave out overseas
    seats that the parties have; missing where no party governs and where seats are
    doubtful (seats_doubtful: the file has a part of the house only, or no seats for the
    prime minister's party, as for HUN from 2022, whose seats are with another label).
    left_right is the seat-weighted mean of the governing parties (0 left to 10 right),
    left_right_pm the prime minister's party.
    """
    path = find_original(folder, "view_cabinet.csv")
    rows = read_original(path, list(COLUMNS)).rename(columns=COLUMNS).drop_duplicates()
    rows = rows[rows["iso3"].isin(allies["iso3"])]
    governing = rows[(rows["in_cabinet"] == 1) & ~rows["party"].isin(PARTLESS)]
    cabinets = _with_end(rows.drop_duplicates("cabinet_id").set_index("cabinet_id"))
    name = cabinets["cabinet"].str.strip()
    table = pd.DataFrame(
        {
            "iso3": cabinets["iso3"],
            "cabinet": name,
            "start": cabinets["start"],
            "end": cabinets["end"],
            "election_date": cabinets["election_date"],
            "prime_minister": name.str.replace(NUMERAL, "", regex=True),
            "caretaker": cabinets["caretaker"] == 1,
            "parties": _by_cabinet(governing, "party_id", "nunique", cabinets),
            "seats_government": _by_cabinet(governing, "seats", "sum", cabinets),
            "seats_parties": _by_cabinet(rows, "seats", "sum", cabinets),
            "seats_total": cabinets["seats_total"].astype("Int64"),
            "seats_doubtful": _part_of_house(cabinets) | _leader_without_seats(governing, cabinets),
        }
    )
    table = _with_positions(_with_share(table), governing)
    table = table[(table["end"] == "") | (table["end"] >= FIRST_DAY)]
    return table.reset_index().sort_values(["iso3", "start"], ignore_index=True)


def _with_end(cabinets: pd.DataFrame) -> pd.DataFrame:
    """Add the day before the next cabinet of the ally."""
    cabinets = cabinets.sort_values(["iso3", "start"])
    start = pd.to_datetime(cabinets["start"])
    end = start.groupby(cabinets["iso3"]).shift(-1) - pd.Timedelta(days=1)
    return cabinets.assign(end=end.dt.strftime("%Y-%m-%d").fillna(""))


def _by_cabinet(
    rows: pd.DataFrame, column: str, statistic: str, cabinets: pd.DataFrame
) -> pd.Series:
    """Return a statistic of the parties' rows; a cabinet without a row has 0 parties and seats."""
    found = rows.groupby("cabinet_id")[column].agg(statistic)
    return found.reindex(cabinets.index, fill_value=0).astype("Int64")


def _part_of_house(cabinets: pd.DataFrame) -> pd.Series:
    known = [
        PART_OF_HOUSE.get((row["iso3"], row["election_date"])) == row["seats_total"]
        for row in cabinets.to_dict("records")
    ]
    return pd.Series(known, index=cabinets.index)


def _leader_without_seats(governing: pd.DataFrame, cabinets: pd.DataFrame) -> pd.Series:
    without = governing.loc[(governing["leads"] == 1) & (governing["seats"] == 0), "cabinet_id"]
    return pd.Series(cabinets.index.isin(without), index=cabinets.index)


def _with_share(table: pd.DataFrame) -> pd.DataFrame:
    seats = table[["seats_total", "seats_parties"]].max(axis=1).astype("float64")
    known = (table["parties"] > 0) & ~table["seats_doubtful"]
    share = (table["seats_government"].astype("float64") / seats).where(known)
    minority = (share < HALF).astype("boolean").where(known)
    return table.assign(seat_share=share, minority=minority)


def _with_positions(table: pd.DataFrame, governing: pd.DataFrame) -> pd.DataFrame:
    government = table["seats_government"].astype("float64").where(~table["seats_doubtful"])
    means = seat_weighted(governing, ["cabinet_id"], "position", "seats", government)
    leading = governing[governing["leads"] == 1].set_index("cabinet_id")["position"]
    return table.assign(left_right=means["mean"], left_right_pm=leading.reindex(table.index))
