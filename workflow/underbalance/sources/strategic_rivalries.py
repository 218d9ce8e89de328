"""Strategic rivalries (Thompson and co-authors) → facts tables ``rivalries``, ``us_rivalries``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.registry import read_rivals
from underbalance.sources.cow_states import USA, demand_listed, iso3_by_cow_code
from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
FILES = {"tss": "tss_rivalries*.csv", "td": "td_rivalries*.csv"}
# both books write the year of their closing date for rivalries that went on
LAST_YEARS = {"td": 2010, "tss": 2020}
TYPES = ("positional", "spatial", "ideological", "interventionary")
PRINCIPAL = {"principal": "principal", "aprin": "asymmetric_principal"}
FLAGS = [*TYPES, *PRINCIPAL.values()]
COLUMNS = ["rival", "list", "start", "end", *FLAGS]


def parse(folder: Path, allies: pd.DataFrame, rivals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rivalries of listed allies that were alive in 1985 or later.

    One row per ally, rival, list and start; two allies that are rivals have a row
    each. ``end`` is empty for a rivalry that went on in the last year of its list
    (``tss`` 2020, ``td`` 2010). ``td`` has no principal rivalries: those cells are empty.
    """
    of_allies = iso3_by_cow_code(allies)
    codes = iso3_by_cow_code(allies, read_rivals() if rivals is None else rivals)
    sides = _sides(folder, list(of_allies), codes)
    table = sides.assign(iso3=sides["ccode1"].map(of_allies).astype("str"))
    key = ["iso3", "rival", "list", "start"]
    return table[["iso3", *COLUMNS]].sort_values(key, ignore_index=True)


def parse_of_usa(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the rivalries of the USA that were alive in 1985 or later.

    One row per rival, list and start; columns as in :func:`parse`.
    """
    table = _sides(folder, [USA], iso3_by_cow_code(allies, read_rivals()))
    return table[COLUMNS].sort_values(["rival", "list", "start"], ignore_index=True)


def _sides(folder: Path, of: list[int], codes: dict[int, str]) -> pd.DataFrame:
    """Return the rivalries alive since 1985 of the states with these numbers (``ccode1``)."""
    files = {name: find_original(folder, pattern) for name, pattern in FILES.items()}
    rivalries = pd.concat([_thompson_sakuwa_suhas(files["tss"]), _thompson_dreyer(files["td"])])
    alive = rivalries[rivalries["last"] >= FIRST_YEAR]
    swapped = alive.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})
    sides = pd.concat([alive, swapped], ignore_index=True)
    sides = sides[sides["ccode1"].isin(of)]
    demand_listed(sides, files, codes)
    ended = sides["last"] < sides["list"].map(LAST_YEARS)
    return pd.DataFrame(
        {
            "ccode1": sides["ccode1"],
            "rival": sides["ccode2"].map(codes).astype("str"),
            "list": sides["list"].astype("str"),
            "start": sides["start"].astype("Int64"),
            "end": sides["last"].astype("Int64").where(ended),
            **{name: sides[name].astype("boolean") for name in FLAGS},
        }
    )


def _thompson_sakuwa_suhas(path: Path) -> pd.DataFrame:
    names = ["ccode1", "ccode2", "start", "end", *TYPES, *PRINCIPAL]
    rows = read_original(path, names).rename(columns={"end": "last", **PRINCIPAL})
    # a flag is 1 or blank
    return rows.assign(list="tss", **{flag: rows[flag] == 1 for flag in FLAGS})


def _thompson_dreyer(path: Path) -> pd.DataFrame:
    kinds = ["type1", "type2", "type3"]
    rows = read_original(path, ["ccode1", "ccode2", "styear", "endyear", *kinds])
    flags = {flag: (rows[kinds] == flag).any(axis=1) for flag in TYPES}
    rows = rows.rename(columns={"styear": "start", "endyear": "last"}).drop(columns=kinds)
    return rows.assign(list="td", **flags)
