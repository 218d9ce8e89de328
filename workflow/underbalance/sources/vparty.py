"""V-Party, version 2 (Lindberg and others 2022) → facts table ``party_governments``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original
from underbalance.sources.seat_weights import seat_weighted

# the election in force in 1985 may be years older
FIRST_YEAR = 1980
# V-Party codebook, v2pagovsup: 0 senior partner (has the head of government), 1 junior
# partner, 2 supports the government from outside, 3 opposition, 4 no government was formed
SENIOR, JUNIOR, NONE_FORMED = 0, 1, 4
# the National Assembly of Taiwan elected presidents and amended the constitution; the
# lower house is the Legislative Yuan
OTHER_BODIES = {("TWN", "1991-12-22"), ("TWN", "1996-03-23"), ("TWN", "2005-05-14")}
ELECTION = ["iso3", "date"]
COLUMNS = {
    "country_text_id": "iso3",
    "historical_date": "date",
    "v2paid": "party_id",
    "v2paseatshare": "seats",
    "v2pagovsup": "support",
    "v2pariglef": "left_right",
    "v2xpa_popul": "populism",
    "v2xpa_antiplural": "antipluralism",
}
PERCENT = 100


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per lower-house election: parliament, and the government formed after it.

    Returns
    -------
    Seat shares are fractions of the house. The source lists parties from about 5 % of the
    votes, so seats_listed is below 1 and small governing parties are left out. Government
    columns are missing where no listed party governs or no government was formed;
    has_senior_partner says whether the party of the head of government is listed. Means
    and the standard deviation are weighted by seats; left_right is V-Party's latent
    scale (higher = right), populism and antipluralism run from 0 to 1.
    """
    path = find_original(folder, "[vV]*[pP]arty*.csv")
    rows = read_original(path, list(COLUMNS)).rename(columns=COLUMNS)
    rows = rows[rows["iso3"].isin(allies["iso3"]) & (rows["date"] >= str(FIRST_YEAR))]
    others = pd.MultiIndex.from_frame(rows[ELECTION]).isin(OTHER_BODIES)
    rows = rows[~others].assign(seats=rows["seats"] / PERCENT)
    rows = rows.sort_values([*ELECTION, "party_id"])
    listed = rows.groupby(ELECTION)["seats"].sum()
    governing = _governing(rows)
    by = governing.groupby(ELECTION)
    share = by["seats"].sum().reindex(listed.index)
    house = pd.Series(1.0, index=listed.index)
    table = pd.DataFrame(
        {
            "parties": rows.dropna(subset="seats").groupby(ELECTION).size(),
            "seats_listed": listed,
            "government_parties": by.size().reindex(listed.index).astype("Int64"),
            "has_senior_partner": (governing["support"] == SENIOR)
            .groupby([governing[column] for column in ELECTION])
            .any()
            .reindex(listed.index)
            .astype("boolean"),
            "government_seat_share": share,
        }
    ).astype({"parties": "Int64"})
    for name in ("left_right", "populism", "antipluralism"):
        table[f"{name}_government"] = seat_weighted(governing, ELECTION, name, "seats", share)[
            "mean"
        ]
        parliament = seat_weighted(rows, ELECTION, name, "seats", house)
        table[f"{name}_parliament"] = parliament["mean"]
        if name == "left_right":
            table["left_right_sd"] = parliament["sd"]
    return table.reset_index().sort_values(ELECTION, ignore_index=True)


def _governing(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the parties with seats in the government, of elections after which one was formed."""
    unformed = rows.loc[rows["support"] == NONE_FORMED, ELECTION].drop_duplicates()
    formed = ~pd.MultiIndex.from_frame(rows[ELECTION]).isin(pd.MultiIndex.from_frame(unformed))
    return rows[formed & rows["support"].isin([SENIOR, JUNIOR]) & rows["seats"].notna()]
