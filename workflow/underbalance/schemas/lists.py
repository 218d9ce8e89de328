"""Schemas of the lists in config/: allies, sources, codebook, system families, expectations."""

from __future__ import annotations

import re

import pandas as pd
import pandera.pandas as pa

from underbalance.schemas.columns import code, iso_date, not_reversed, number, table, text, year
from underbalance.schemas.facts.deals import CATEGORIES

REGIONS = ("asia_pacific", "europe", "middle_east", "north_america")
ROLES = ("adversary", "opponent", "rival")
EXPECTED = ("above_core_median", "above_zero", "high", "own_top_quartile")
REDISTRIBUTION = ("derived", "facts", "none")
UNITS = (
    "agreement",
    "ally",
    "cabinet",
    "claim",
    "commitment",
    "deal",
    "dispute",
    "election",
    "event",
    "exercise",
    "launch",
    "leader",
    "month",
    "notice",
    "obligation",
    "period",
    "rivalry",
    "spell",
    "system",
    "year",
)


def allies() -> pa.DataFrameSchema:
    """config/allies.csv."""
    error = "must be an ISO 3166-1 alpha-3 code|three capital letters|correct the code"
    return table(
        {
            "iso3": _form(r"[A-Z]{3}", error),
            "name": text(empty=False),
            "region": code(REGIONS),
            "cow_code": number(1, 999, nullable=False, whole=True),
            "gw_code": number(1, 999, nullable=False, whole=True),
            "independent_since": iso_date(empty=True),
        },
        ["iso3"],
    )


def rivals() -> pa.DataFrameSchema:
    """config/rivals.csv."""
    error = "must be an ISO 3166 alpha-3 code|three capital letters|correct the code"
    return table(
        {
            "iso3": _form(r"[A-Z]{3}", error),
            "name": text(empty=False),
            "cow_code": number(1, 999, nullable=False, whole=True),
            "role": code(ROLES),
        },
        ["iso3"],
    )


def sources() -> pa.DataFrameSchema:
    """config/sources.csv."""
    filled = ("table", "source", "title", "version", "citation_key", "authors", "published")
    sha = "must be a SHA-256|64 hexadecimal digits|run `snakemake ingest`, or restore the file"
    outside = (
        "must be a list of allies|such as PHL;THA, or empty|separate codes by ; without spaces"
    )
    gaps = "must be a list of years|such as 2017;2018, or empty|separate years by ; without spaces"
    firsts = (
        "must be a list of first years|such as KOR=1991;GBR=2005-2018 (the last year of an ally "
        "that left), or empty|correct the list"
    )
    return table(
        {
            **{name: text(empty=False) for name in filled},
            "work": text(empty=False),
            "publisher": text(),
            "upstream": text(empty=False),
            "licence": text(empty=False),
            "redistribution": code(REDISTRIBUTION),
            "shipped": text(empty=False),
            "unit": code(UNITS),
            "first_year": year(1800, 2100),
            "last_year": year(1800, 2100),
            "allies_outside": _form(r"([A-Z]{3}(;[A-Z]{3})*)?", outside),
            "years_by_ally": _form(
                r"([A-Z]{3}=\d{4}(-\d{4})?(;[A-Z]{3}=\d{4}(-\d{4})?)*)?", firsts
            ),
            "years_outside": _form(r"(\d{4}(;\d{4})*)?", gaps),
            # empty until the table is ingested for the first time
            "sha256": _form(r"([0-9a-f]{64})?", sha),
        },
        ["table", "source"],
        not_reversed("first_year", "last_year"),
    )


def codebook() -> pa.DataFrameSchema:
    """config/codebook.csv."""
    return table(
        {
            "table": text(empty=False),
            "name": text(empty=False),
            "label": text(empty=False),
            "unit": text(),
            "source": text(),
            "construct": text(),
            "first_year": number(1900, 2100, whole=True),
            "last_year": number(1900, 2100, whole=True),
            "formula": text(),
        },
        ["table", "name"],
    )


def system_families() -> pa.DataFrameSchema:
    """config/system_families.csv."""
    error = "must be a short name|small letters, digits and _|correct the name"
    return table(
        {
            "family": _form(r"[a-z][a-z0-9_]*", error),
            "label": text(empty=False),
            "category": code(CATEGORIES),
            "deals_pattern": _pattern(empty=False),
            "notices_pattern": _pattern(empty=True),
            "note": text(),
        },
        ["family"],
    )


def expectations() -> pa.DataFrameSchema:
    """config/expectations.csv."""
    error = "must be an ISO 3166-1 alpha-3 code|three capital letters|correct the code"
    years = (
        "must be a list of years|such as 1993-1994;1998|separate years and spans by ; "
        "without spaces"
    )
    return table(
        {
            "iso3": _form(r"[A-Z]{3}", error),
            "obstacle": text(empty=False),
            "years": _form(r"\d{4}(-\d{4})?(;\d{4}(-\d{4})?)*", years),
            "rule": code(EXPECTED),
            "label": text(empty=False),
        },
        ["iso3", "obstacle", "rule"],
    )


def _pattern(empty: bool) -> pa.Column:
    """Return a column of regular expressions; an empty one would match every text."""

    def compiles(cells: pd.Series) -> pd.Series:
        return cells.map(lambda pattern: _compiles(pattern) and (empty or pattern != ""))

    allowed = "a pattern that Python can compile" + (", or empty" if empty else "")
    error = f"must be a regular expression|{allowed}|correct the pattern"
    return pa.Column("str", pa.Check(compiles, error=error))


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _form(pattern: str, error: str) -> pa.Column:
    """Return a column of text whose every cell is of the form of a regular expression."""
    return pa.Column("str", pa.Check.str_matches(rf"^(?:{pattern})$", error=error))
