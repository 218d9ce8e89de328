"""The lists in config/: sources (registry), allies, rivals, codebook."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from underbalance.own.definitions import read_own
from underbalance.own.register import with_own_columns, with_own_sources

SOURCES_FILE = Path("config/sources.csv")
ALLIES_FILE = Path("config/allies.csv")
RIVALS_FILE = Path("config/rivals.csv")
CODEBOOK_FILE = Path("config/codebook.csv")
EXPECTATIONS_FILE = Path("config/expectations.csv")
RAW_FOLDER = Path("data/raw")


def read_allies(path: Path = ALLIES_FILE) -> pd.DataFrame:
    """Return the listed allies.

    Columns: iso3, name, region, cow_code and gw_code (integers), independent_since
    (ISO date, empty when independent throughout).
    """
    return _read_list(path).astype({"cow_code": int, "gw_code": int})


def read_rivals(path: Path = RIVALS_FILE) -> pd.DataFrame:
    """Return the states that are no listed ally, but that the facts tables on threat name.

    Columns: iso3, name, cow_code (integer), role: ``rival`` (strategic rival of a listed
    ally since 1985), ``adversary`` (rival of the USA only) or ``opponent`` (of a listed
    ally in a militarised dispute only). Capabilities and distances are of the first two.
    """
    return _read_list(path).astype({"cow_code": int})


def read_sources(path: Path = SOURCES_FILE) -> pd.DataFrame:
    """Return the registry: one row per facts table and source that feeds it.

    The user's own tables (config/variables.yaml, config/outcomes.yaml) come last.
    """
    return with_own_sources(read_shipped_sources(path), read_own(path.parent.parent))


def read_shipped_sources(path: Path = SOURCES_FILE) -> pd.DataFrame:
    """Return the rows of the registry as its file has them."""
    return _read_list(path).astype({"first_year": int, "last_year": int})


def read_codebook(path: Path = CODEBOOK_FILE) -> pd.DataFrame:
    """Return the codebook: one row per column of a processed table, the user's own ones last."""
    return with_own_columns(_read_list(path), read_own(path.parent.parent))


def read_expectations(path: Path = EXPECTATIONS_FILE) -> pd.DataFrame:
    """Return the expectations of the coding: iso3, obstacle, years (a list), rule and label."""
    return _read_list(path)


def is_covered(
    sources: pd.DataFrame, table: str, iso3: pd.Series, year: pd.Series, source: str | None = None
) -> pd.Series:
    """Say whether a facts table covers an ally in a year.

    Parameters
    ----------
    sources : the registry (:func:`read_sources`).
    iso3, year : aligned series.
    source : one source of the table; default: any of its sources.
    """
    rows = sources[sources["table"] == table]
    if source is not None:
        rows = rows[rows["source"] == source]
    covered = pd.Series(False, index=iso3.index)
    for row in rows.to_dict("records"):
        firsts, lasts = _years_by_ally(row["years_by_ally"])
        first = iso3.map(firsts).fillna(row["first_year"])
        last = iso3.map(lasts).fillna(row["last_year"])
        gaps = [int(gap) for gap in row["years_outside"].split(";") if gap]
        inside = (year >= first) & (year <= last) & ~year.isin(gaps)
        covered |= (inside & ~iso3.isin(row["allies_outside"].split(";"))).astype(bool)
    return covered


def last_year_of(sources: pd.DataFrame, table: str) -> int:
    """Return the last year that the registry states for a facts table."""
    return int(sources.loc[sources["table"] == table, "last_year"].max())


def first_year_of(sources: pd.DataFrame, table: str) -> int:
    """Return the first year that the registry states for a facts table."""
    return int(sources.loc[sources["table"] == table, "first_year"].min())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _years_by_ally(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Read first years, and last years of allies that left: ``KOR=1991;GBR=2005-2018``."""
    pairs = [item.split("=") for item in text.split(";") if item]
    spans = {iso3: years.partition("-") for iso3, years in pairs}
    firsts = {iso3: int(first) for iso3, (first, _, _) in spans.items()}
    return firsts, {iso3: int(last) for iso3, (_, _, last) in spans.items() if last}


def _read_list(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)
