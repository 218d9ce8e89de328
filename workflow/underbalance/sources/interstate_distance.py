"""Capitals, minimum distances and contiguity → facts table ``distances``."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from underbalance.registry import read_rivals
from underbalance.sources.cow_states import iso3_by_cow_code, without_second_germany
from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
EARTH_RADIUS_KM = 6371.0088  # mean radius (International Union of Geodesy and Geophysics)
KEY = ["iso3", "rival", "year"]
# allies that are rivals of one another; a test holds every rivalry to have its distances
ALLIED_RIVALS = (("ALB", "GRC"), ("GRC", "ALB"), ("GRC", "TUR"), ("TUR", "GRC"))


def parse(folder: Path, allies: pd.DataFrame, rivals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the distances between listed allies and their rivals on 31 December.

    Rivals are the listed states (default: :func:`underbalance.registry.read_rivals`) with the
    role rival or adversary, and allies that are rivals of the ally. A row needs both states to
    exist. Columns:
    capital_km (great circle between the capitals), min_km (least distance between the
    territories; only some rivals, to 2019), contiguity (0 none, 1 by land or river, 2 to 5
    over at most 12, 24, 150 and 400 miles of water; empty where the list has ended).
    """
    rivals = read_rivals() if rivals is None else rivals
    rivals = rivals[rivals["role"] != "opponent"]
    codes = iso3_by_cow_code(allies, rivals)
    # an ally that is added by an extension may be a rival of others, too
    dyads = [pair for pair in product(allies["iso3"], rivals["iso3"]) if len(set(pair)) > 1]
    dyads += [pair for pair in ALLIED_RIVALS if set(pair) <= set(allies["iso3"])]
    capitals = _capitals(folder, codes)
    years = capitals[["year"]].drop_duplicates()
    # an ally may be among the rivals that are given
    pairs = pd.DataFrame(dyads, columns=["iso3", "rival"]).drop_duplicates()
    table = pairs.merge(years, how="cross")
    for side in ("iso3", "rival"):
        own = capitals.rename(columns={"state": side, "lat": f"lat_{side}", "lng": f"lng_{side}"})
        table = table.merge(own, on=[side, "year"], how="inner", validate="many_to_one")
    table = table.merge(_minimum(folder, codes), on=KEY, how="left", validate="one_to_one")
    contiguity, last_year = _contiguity(folder, codes)
    table = table.merge(contiguity, on=KEY, how="left", validate="one_to_one")
    # the list names contiguous pairs only: within its years any other pair is not contiguous
    inside = table["year"] <= last_year
    table = table.assign(
        year=table["year"].astype("Int64"),
        # one decimal: the last digits of sines differ between machines
        capital_km=_great_circle_km(table).round(1),
        contiguity=table["contiguity"].fillna(0).where(inside).astype("Int64"),
    )
    table = table[[*KEY, "capital_km", "min_km", "contiguity"]]
    return table.sort_values(KEY, ignore_index=True)


def _capitals(folder: Path, codes: dict[int, str]) -> pd.DataFrame:
    path = find_original(folder, "cow_capitals*.csv")
    rows = read_original(path, ["ccode", "stdate", "enddate", "lat", "lng"])
    rows = rows[rows["ccode"].isin(list(codes))]
    last_year = _last_covered_year(rows["enddate"])
    rows = _on_31_december(rows.assign(state=rows["ccode"].map(codes)), last_year)
    rows = without_second_germany(rows, "ccode", ["state", "year"])
    return rows[["state", "year", "lat", "lng"]]


def _minimum(folder: Path, codes: dict[int, str]) -> pd.DataFrame:
    path = find_original(folder, "cow_mindist_*.csv")
    rows = _both_ways(read_original(path, ["ccode1", "ccode2", "year", "mindist"]), codes)
    rows = rows.assign(year=rows["year"].astype(int), min_km=rows["mindist"].astype("float64"))
    return rows.drop_duplicates(KEY)[[*KEY, "min_km"]]


def _contiguity(folder: Path, codes: dict[int, str]) -> tuple[pd.DataFrame, int]:
    """Return the contiguous pairs by year, and the last year of the list."""
    path = find_original(folder, "cow_contdir_*.csv")
    rows = read_original(path, ["ccode1", "ccode2", "conttype", "stdate", "enddate"])
    last_year = _last_covered_year(rows["enddate"])
    # 0 stands for none, in rows whose years overlap those of real contiguity
    rows = _both_ways(rows[rows["conttype"] > 0], codes)
    rows = _on_31_december(rows, last_year).sort_values("conttype")
    rows = rows.rename(columns={"conttype": "contiguity"}).drop_duplicates(KEY)
    return rows[[*KEY, "contiguity"]], last_year


def _both_ways(rows: pd.DataFrame, codes: dict[int, str]) -> pd.DataFrame:
    """Return rows of pairs with either state as the ally."""
    known = rows["ccode1"].isin(list(codes)) & rows["ccode2"].isin(list(codes))
    one = rows[known].assign(
        iso3=rows["ccode1"].map(codes).astype("str"), rival=rows["ccode2"].map(codes).astype("str")
    )
    other = one.rename(columns={"iso3": "rival", "rival": "iso3"})
    return pd.concat([one, other], ignore_index=True)


def _last_covered_year(ends: pd.Series) -> int:
    """Return the year of the last 31 December that a dated list reaches."""
    last = pd.to_datetime(ends).max()
    return int(last.year) if (last.month, last.day) == (12, 31) else int(last.year) - 1


def _on_31_december(rows: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return one row per year on whose last day a dated row was in force."""
    years = pd.DataFrame({"year": range(FIRST_YEAR, last_year + 1)})
    yearly = rows.merge(years, how="cross")
    day = yearly["year"].astype("str") + "-12-31"
    return yearly[(yearly["stdate"] <= day) & (day <= yearly["enddate"])]


def _great_circle_km(pairs: pd.DataFrame) -> pd.Series:
    """Return the distance between the capitals (haversine formula)."""
    lat, lng, lat_rival, lng_rival = (
        np.radians(pairs[name]) for name in ("lat_iso3", "lng_iso3", "lat_rival", "lng_rival")
    )
    half = (
        np.sin((lat_rival - lat) / 2) ** 2
        + np.cos(lat) * np.cos(lat_rival) * np.sin((lng_rival - lng) / 2) ** 2
    )
    km: pd.Series = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return km
