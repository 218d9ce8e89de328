"""US congressional notifications of arms sales (DSCA) → facts table ``notifications``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.schemas.columns import LAST_YEAR
from underbalance.sources.country_names import iso3_by_name
from underbalance.sources.originals import find_original, read_original

# the list is continuous from April 2008; two notices of 2004 stand alone, and the deals the
# notices are compared with end in 2025
FIRST_YEAR = 2008
MILLION = 1_000_000
SPELLINGS = {
    "Czech Republic": "Czechia",
    "Republic of Korea": "South Korea",
    "Türkiye": "Turkey",
    "TECRO": "Taiwan",
}
# Caveats of SOURCE.yaml, by country and transmittal as printed. The origin had cut country
# and system in the wrong place:
SPLITS = {
    ("Thailand- Uh", "13-34"): ("Thailand", "UH-72A Lakota Helicopters"),
    ("Norway Aim", "15-31"): ("Norway", "AIM-9X Block II Sidewinder Missiles"),
}
# the title names the missile, the notice covers the system (Aegis Ashore)
SYSTEMS = {("Japan", "19-08"): "AEGIS Weapon System"}
# the amount contradicts the text of the notice, and the right one is not in the source
WRONG_COSTS = {("Israel", "15-36"), ("Australia", "17-31"), ("Denmark", "25-101")}
# changes an earlier notice of the same sale and has its amount
AMENDMENTS = {("France", "16-34")}


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per notice of a listed ally's request to buy, 2008 to 2025.

    ``notice_id`` is ally and transmittal number (of a notice without a number the date and
    its place on that day); ``system`` the title as printed; ``cost_usd_m`` the upper
    estimate in million US dollars, missing where it is known to be wrong; ``correction``
    says that the notice corrects or amends an earlier one; ``mended`` names the caveat of
    the source that was acted upon. Agencies of NATO are no ally and are left out.
    """
    path = find_original(folder, "notifications_*.csv")
    rows = read_original(path, ["date", "transmittal", "country", "system", "cost_usd"], text=True)
    printed = pd.Series(list(zip(rows["country"], rows["transmittal"], strict=True)), rows.index)
    split = printed.map(SPLITS)
    renamed = printed.map(SYSTEMS)
    amended = printed.isin(list(AMENDMENTS))
    wrong = printed.isin(list(WRONG_COSTS)) | amended
    country = split.str[0].fillna(rows["country"])
    table = pd.DataFrame(
        {
            "iso3": country.map(iso3_by_name(allies, SPELLINGS)),
            "date": rows["date"],
            "transmittal": rows["transmittal"],
            "system": split.str[1].fillna(renamed).fillna(rows["system"].str.strip()),
            "cost_usd_m": (pd.to_numeric(rows["cost_usd"]) / MILLION).mask(wrong),
            "correction": rows["system"].str.contains(r"\(Corrected", case=False) | amended,
            "mended": _mended(split.notna(), renamed.notna(), amended, wrong),
        }
    )
    year = table["date"].str[:4].astype(int)
    table = table[table["iso3"].notna() & year.between(FIRST_YEAR, LAST_YEAR)]
    return _with_key(table).sort_values("notice_id", ignore_index=True)


def _mended(
    split: pd.Series, renamed: pd.Series, amended: pd.Series, wrong: pd.Series
) -> pd.Series:
    mended = pd.Series("", split.index, dtype="str").mask(wrong, "cost").mask(amended, "amendment")
    return mended.mask(renamed, "system").mask(split, "split")


def _with_key(table: pd.DataFrame) -> pd.DataFrame:
    ordered = table.sort_values(["iso3", "date", "system"])
    place = ordered.groupby(["iso3", "date"]).cumcount() + 1
    unnumbered = ordered["date"] + " " + place.astype("str")
    number = ordered["transmittal"].mask(ordered["transmittal"] == "", unnumbered)
    keyed = ordered.assign(notice_id=ordered["iso3"] + " " + number)
    first = ["notice_id", "iso3", "date"]
    return keyed[[*first, *keyed.columns.drop(first)]]
