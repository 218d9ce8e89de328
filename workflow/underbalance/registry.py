"""The lists in config/: sources (registry), allies, rivals, codebook."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path

import pandas as pd

from underbalance.extensions import (
    ALLIES,
    RIVALS,
    SOURCES,
    extension_of,
    list_files,
    text_without_comments,
)
from underbalance.own.definitions import read_own
from underbalance.own.register import with_own_columns, with_own_sources

SOURCES_FILE = Path("config/sources.csv")
ALLIES_FILE = Path("config/allies.csv")
RIVALS_FILE = Path("config/rivals.csv")
CODEBOOK_FILE = Path("config/codebook.csv")
EXPECTATIONS_FILE = Path("config/expectations.csv")
RAW_FOLDER = Path("data/raw")


def read_allies(path: Path = ALLIES_FILE, root: Path = Path()) -> pd.DataFrame:
    """Return the listed allies, and those of extensions in force.

    Columns: iso3, name, region, cow_code and gw_code (integers), independent_since
    (ISO date, empty when independent throughout), extension (the code of an ally that only
    an extension lists, empty for the others).

    Parameters
    ----------
    root : the project's folder, in which extensions are looked for.
    """
    rows = _with_extensions(read_commented(path), ALLIES, root)
    return rows.astype({"cow_code": int, "gw_code": int})


def read_rivals(path: Path = RIVALS_FILE, root: Path = Path()) -> pd.DataFrame:
    """Return the states that are no listed ally, but that the facts tables on threat name.

    Columns: iso3, name, cow_code (integer), role: ``rival`` (strategic rival of a listed
    ally since 1985), ``adversary`` (rival of the USA only) or ``opponent`` (of a listed
    ally in a militarised dispute only). Capabilities and distances are of the first two.
    The column extension has the code of the extension in force that lists the state, the first
    of several, and is empty for the others.

    Parameters
    ----------
    root : the project's folder, in which extensions are looked for.
    """
    rows = _with_extensions(read_commented(path), RIVALS, root)
    return rows.drop_duplicates("iso3", ignore_index=True).astype({"cow_code": int})


def read_sources(path: Path = SOURCES_FILE, root: Path = Path()) -> pd.DataFrame:
    """Return the registry with the rows of extensions in force.

    One row per facts table and source that feeds it, and one for each of an extension, with
    its code in the column ``extension`` (empty for the others), which speaks of its ally alone.
    Shipped sources do not cover an ally that only an extension lists. The user's own tables
    (config/variables.yaml, config/outcomes.yaml) come last.

    Parameters
    ----------
    root : the project's folder, in which extensions are looked for.
    """
    shipped = read_shipped_sources(path)
    added = [extension_of(path) for path in list_files(root) if path.stem == ALLIES]
    outside = shipped["allies_outside"].map(lambda codes: _joined([codes, *added]))
    rows = _with_extensions(shipped.assign(allies_outside=outside), SOURCES, root)
    rows = with_own_sources(rows, read_own(path.parent.parent))
    return rows.astype({"first_year": int, "last_year": int})


def read_shipped_sources(path: Path = SOURCES_FILE) -> pd.DataFrame:
    """Return the registry of the shipped tables as it is written."""
    return read_commented(path).astype({"first_year": int, "last_year": int})


def read_codebook(path: Path = CODEBOOK_FILE) -> pd.DataFrame:
    """Return the codebook: one row per column of a processed table, the user's own ones last."""
    return with_own_columns(read_commented(path), read_own(path.parent.parent))


def read_expectations(path: Path = EXPECTATIONS_FILE) -> pd.DataFrame:
    """Return the expectations of the coding: iso3, obstacle, years (a list), rule and label."""
    return read_commented(path)


def is_covered(
    sources: pd.DataFrame, table: str, iso3: pd.Series, year: pd.Series, source: str | None = None
) -> pd.Series:
    """Say whether a facts table covers an ally in a year.

    Parameters
    ----------
    sources : the registry (:func:`read_sources`); a row of an extension covers its ally only.
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
        inside &= ~iso3.isin(row["allies_outside"].split(";"))
        if extension := row.get("extension", ""):
            inside &= iso3 == extension
        covered |= inside.astype(bool)
    return covered


def last_year_of(sources: pd.DataFrame, table: str) -> int:
    """Return the last year that the registry states for a facts table as shipped."""
    return int(_shipped(sources, table)["last_year"].max())


def first_year_of(sources: pd.DataFrame, table: str) -> int:
    """Return the first year that the registry states for a facts table as shipped."""
    return int(_shipped(sources, table)["first_year"].min())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _years_by_ally(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Read first years, and last years of allies that left: ``KOR=1991;GBR=2005-2018``."""
    pairs = [item.split("=") for item in text.split(";") if item]
    spans = {iso3: years.partition("-") for iso3, years in pairs}
    firsts = {iso3: int(first) for iso3, (first, _, _) in spans.items()}
    return firsts, {iso3: int(last) for iso3, (_, _, last) in spans.items() if last}


def _shipped(sources: pd.DataFrame, table: str) -> pd.DataFrame:
    rows = sources[sources["table"] == table]
    return rows[rows["extension"] == ""] if "extension" in rows else rows


def _with_extensions(shipped: pd.DataFrame, name: str, root: Path) -> pd.DataFrame:
    """Add the rows of a list of extensions in force, and the column ``extension``."""
    own = [
        read_commented(path).assign(extension=extension_of(path))
        for path in list_files(root)
        if path.stem == name
    ]
    return pd.concat([shipped.assign(extension=""), *own], ignore_index=True)


def _joined(codes: list[str]) -> str:
    return ";".join(code for code in codes if code)


def read_commented(path: Path) -> pd.DataFrame:
    """Return a table as text, without the comments that those of extensions may have."""
    return pd.read_csv(StringIO(text_without_comments(path)), dtype="str", keep_default_na=False)
