"""Defense Cooperation Agreement Dataset (Kinne 2020) → facts table ``agreements``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.cow_states import USA, iso3_by_cow_code
from underbalance.sources.originals import find_original, numbers, read_original
from underbalance.sources.partial_dates import partial_dates

# signatures from 1980 on are in the source; the table ally_year begins in 1985
FIRST_YEAR, LAST_YEAR = 1985, 2010
COLUMNS = [
    "DCAid",
    "ccode1",
    "ccode2",
    "signDay",
    "signMonth",
    "signYear",
    "EIFDay",
    "EIFMonth",
    "EIFYear",
    "type",
    "category1",
    "category2",
    "category3",
    "terminated",
    "asymmetry",
    "fullText",
    "sourceType",
]
# ASSUME: NE is a text that is not in English, TE one translated into English: they stand
# where the source is a Russian, Brazilian or Czech list, and the Ukrainian gazette
TEXT_SEEN = ("Y", "NE", "TE")


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return one row per bilateral defence agreement and listed ally that signed it.

    An agreement between two listed allies has two rows. Dates are ISO and as precise as
    known; ``entered_into_force`` is empty when not known, which is not the same as not
    in force: 654 of 661 agreements known from the news have none. Two agreements (POR-ETM
    2004, ROM-GRG 1999) enter into force before they are signed; the table keeps them.
    Negative cells are codes for missing. ``source_is_treaty``: from a treaty series,
    gazette or a ministry's list, not from the news; ``text_seen``: the coders had the
    text. States are told by their numbers, since one has several abbreviations.
    """
    path = find_original(folder, "DCAD-v*-main.csv")
    rows = read_original(path, COLUMNS, text=True)
    rows = rows[rows["signYear"].astype(int).between(FIRST_YEAR, LAST_YEAR)]
    sides = rows.astype({"ccode1": int, "ccode2": int})
    both = pd.concat(
        [
            sides.assign(own=sides["ccode1"], partner=sides["ccode2"]),
            sides.assign(own=sides["ccode2"], partner=sides["ccode1"]),
        ]
    )
    both = both.assign(iso3=both["own"].map(iso3_by_cow_code(allies))).dropna(subset="iso3")
    table = pd.DataFrame(
        {
            "agreement_id": both["DCAid"],
            "iso3": both["iso3"],
            "partner_cow": both["partner"].astype("Int64"),
            "with_usa": both["partner"] == USA,
            "signed": partial_dates(both["signYear"], both["signMonth"], both["signDay"]),
            "entered_into_force": partial_dates(both["EIFYear"], both["EIFMonth"], both["EIFDay"]),
            "scope": both["type"],
            "category": both["category1"],
            "category_2": both["category2"],
            "category_3": both["category3"],
            "terminated": _codes(both["terminated"]).astype("boolean"),
            "asymmetry": _codes(both["asymmetry"]),
            "source_is_treaty": both["sourceType"] == "treaty",
            "text_seen": both["fullText"].isin(TEXT_SEEN),
        }
    )
    return table.sort_values(["agreement_id", "iso3"], ignore_index=True)


def _codes(cells: pd.Series) -> pd.Series:
    codes = numbers(cells).astype("Int64")
    return codes.where((codes >= 0).fillna(False))
