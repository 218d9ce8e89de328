"""WhoGov cross-sectional data (Nyrup and Bramwell 2020) → ``leaders``, ``cabinet_retention``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_DAY = "1980-01-01"
MISSING = "NA"
# retention in 1985 counts only if there is a snapshot of 1984
FIRST_SNAPSHOT = 1984
ORIGINAL = {
    "country_isocode": "iso3",
    "year": "snapshot",
    "leader": "leader",
    "leader_start_date": "start",
    "leader_end_date": "end",
    "leader_party": "party",
}
RETENTION = {
    "country_isocode": "iso3",
    "year": "year",
    "n_minister": "ministers",
    "n_core": "core_members",
    "n_party": "parties",
    "retention_rate_minister": "retention_ministers",
    "retention_rate_core": "retention_core",
}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per leader, start and end as the July snapshots give them.

    Parameters
    ----------
    folder : holds one ``WhoGov_crosssectional*.csv``.
    allies : the listed allies (:func:`underbalance.registry.read_allies`).

    Returns
    -------
    Columns iso3, source, leader, start, end (ISO days; end empty while in office),
    in_office, party, first_snapshot, last_snapshot (years in which the leader was seen
    with these dates); spells that reach 1980 or later.

    Raises
    ------
    FaultsError : when the file is not exactly one, or lacks a column.
    """
    path = find_original(folder, "WhoGov_crosssectional*.csv")
    rows = read_original(path, list(ORIGINAL), text=True).rename(columns=ORIGINAL)
    rows = rows[rows["iso3"].isin(allies["iso3"])]
    rows = rows.apply(lambda cells: cells.str.strip()).replace(MISSING, "")
    named = rows[(rows["leader"] != "") & (rows["start"] != "")].astype({"snapshot": "Int64"})
    spells = (
        named[(named["end"] == "") | (named["end"] >= FIRST_DAY)]
        .sort_values("snapshot")
        .groupby(["iso3", "leader", "start", "end"], as_index=False)
        # the party of the first snapshot: some leaders change theirs while in office
        .agg(
            party=("party", "first"),
            first_snapshot=("snapshot", "min"),
            last_snapshot=("snapshot", "max"),
        )
    )
    table = pd.DataFrame(
        {
            "iso3": spells["iso3"],
            "source": "whogov",
            "leader": spells["leader"],
            "start": spells["start"],
            "end": spells["end"],
            "in_office": spells["end"] == "",
            "party": spells["party"],
            "first_snapshot": spells["first_snapshot"],
            "last_snapshot": spells["last_snapshot"],
        }
    )
    return table.sort_values(["iso3", "start", "leader", "end"], ignore_index=True)


def parse_retention(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the size of the cabinet each July and the share kept from the July before.

    Columns: ministers, core_members (ministers and heads of state and government), parties
    (numbers); retention_ministers and retention_core (fractions of the members of the
    year). The first snapshot of an ally has a retention of 0, for it has none before;
    cleaning takes that out.
    """
    path = find_original(folder, "WhoGov_crosssectional*.csv")
    rows = read_original(path, list(RETENTION)).rename(columns=RETENTION)
    rows = rows[rows["iso3"].isin(allies["iso3"]) & (rows["year"] >= FIRST_SNAPSHOT)]
    whole = ["year", "ministers", "core_members", "parties"]
    return rows.astype(dict.fromkeys(whole, "Int64")).sort_values(
        ["iso3", "year"], ignore_index=True
    )
