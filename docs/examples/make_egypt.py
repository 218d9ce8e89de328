"""The example files of Egypt, from the original releases, by the parsers of the shipped tables.

    python docs/examples/make_egypt.py FOLDER

run in the project's folder; FOLDER holds one folder per source, as for `make ingest`. Figures,
dates and codes only. Trade is written as a spreadsheet would have it, all else in the project's
own vocabulary. Legal limits are coded by hand, by two coders, in the folder's
legal_constraints.csv: that file is copied, and listed with the others.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from underbalance.add_ally.ally_row import with_ally
from underbalance.add_ally.originals import parse_originals
from underbalance.add_ally.rivals import Rivals, rivals_file
from underbalance.add_ally.schema import schema_of
from underbalance.add_ally.shipped import beside_shipped
from underbalance.add_ally.source_rows import registered_rows
from underbalance.registry import read_allies, read_rivals, read_shipped_sources
from underbalance.tables import read_table, write_table

ISO3 = "EGY"
CODED = "legal_constraints"
EGYPT = {
    "name": "Egypt",
    "region": "middle_east",
    "cow_code": "651",
    "gw_code": "651",
    "independent_since": "",
}
# those of the source on rivalries that no list has: names and numbers of the Correlates of War
RIVALS = pd.DataFrame(
    {
        "iso3": ["ETH", "QAT"],
        "name": ["Ethiopia", "Qatar"],
        "cow_code": [530, 694],
        "role": ["rival", "rival"],
    }
)
FOLDER = Path("docs/examples/egypt")
SPREADSHEET = Path("docs/examples/us_trade_with_egypt.csv")


def main(originals: Path, folder: Path = FOLDER, spreadsheet: Path = SPREADSHEET) -> None:
    """Write the files of the example."""
    registry = read_shipped_sources().query("redistribution != 'none'")
    allies = with_ally(read_allies(), ISO3, EGYPT)
    rivals = Rivals(ISO3, allies, pd.concat([read_rivals(), RIVALS]), RIVALS)
    made, _ = parse_originals(originals, allies, rivals, registry)
    new = {table: beside_shipped(table, rows, ISO3)[0] for table, rows in made.items()}
    new = {table: rows for table, rows in sorted(new.items()) if len(rows)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in rivals_file(folder, rivals).items():
        (folder / name).write_bytes(content)
    for table, rows in new.items():
        if table != "us_trade":
            write_table(rows, folder / f"{table}.csv")
    listed = [registered_rows(table, rows, ISO3, registry) for table, rows in new.items()]
    coded, source = coded_by_hand(registry)
    write_table(coded, folder / f"{CODED}.csv")
    sources = pd.concat([*listed, source])
    write_table(sources.sort_values("table", kind="stable"), folder / "sources.csv")
    spreadsheet.write_bytes(as_spreadsheet(new["us_trade"]))


def coded_by_hand(registry: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the legal limits of the example, and their line of sources.csv."""
    rows = read_table(FOLDER / f"{CODED}.csv", schema_of(CODED, ISO3))
    source = registered_rows(CODED, rows, ISO3, registry)
    unchecked = source["version"] + ", machine-assisted, unchecked by experts"
    return rows, source.assign(version=unchecked)


def as_spreadsheet(trade: pd.DataFrame) -> bytes:
    """Return trade as a spreadsheet of a European user saves it: semicolons, decimal commas."""
    table = pd.DataFrame(
        {
            "Country": EGYPT["name"],
            "Year": trade["year"],
            "US imports": trade["imports_usd_m"].round(1),
            "US exports": trade["exports_usd_m"].round(1),
            "Balance": (trade["exports_usd_m"] - trade["imports_usd_m"]).round(1),
        }
    )
    return table.to_csv(sep=";", decimal=",", index=False, lineterminator="\r\n").encode(
        "utf-8-sig"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
