"""WhoGov cross-sectional data (Nyrup and Bramwell 2020) → rows of the facts table ``leaders``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_DAY = "1980-01-01"
MISSING = "NA"
ORIGINAL = {
    "country_isocode": "iso3",
    "year": "snapshot",
    "leader": "leader",
    "leader_start_date": "start",
    "leader_end_date": "end",
    "leader_party": "party",
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
