"""data/raw/README.md: the facts tables and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.document.described import Described
from underbalance.document.markdown import anchor, code, link, notice, page, plain, table
from underbalance.schemas.columns import known_allies

CODEBOOK = "../../docs/codebook.md"
INTRODUCTION = """\
One CSV file per subject: figures, dates and codes from the sources named below, in the
vocabulary of this project (iso3 codes, ISO dates, our column names), for the allies of
`config/allies.csv`. Logical values are 0 and 1; an empty cell is missing. The originals are not
shipped; `make ingest SOURCES=folder` makes these tables from them, byte for byte."""
ELSEWHERE = f"""\
Every column is described in the [codebook]({CODEBOOK}) and, for programs, in `datapackage.json`
(Frictionless tabular data package). How to get the originals, and on what terms they are used:
[data availability](../../docs/data_availability.md). Citations:
[references.bib](../../docs/references.bib)."""
CODED_BY_HAND = """\
The tables that this project coded by hand carry basis, source, confidence and notes of every row.
To dispute or change a code, edit its row here and run `make`: the rows are held to the rules of the
coding, the results follow, and a note says that the table is not the shipped one. Whoever keeps the
coding files themselves (a folder `coding` inside the folder of the sources or beside it) edits
those and runs `make ingest SOURCES=folder`, which would write over an edit made here."""
NOT_YET = "not made yet: run `make ingest SOURCES=folder`"


def raw_readme(facts: Mapping[str, Described], sources: pd.DataFrame) -> str:
    """Return the text.

    Parameters
    ----------
    facts : the facts tables (:func:`underbalance.document.described.facts_tables`).
    sources : the registry.
    """
    return page(
        notice("config/sources.csv", "the schemas"),
        "# Facts tables",
        INTRODUCTION,
        table(
            ["table", "what it holds", "one row per", "years", "sources"],
            [_overview(t, sources[sources["table"] == name]) for name, t in facts.items()],
        ),
        ELSEWHERE,
        CODED_BY_HAND,
        *(_section(t, sources[sources["table"] == name]) for name, t in facts.items()),
    )


def years(row: Mapping[Any, Any]) -> str:
    """Return first and last year of a source, and the years between that it lacks."""
    gaps = row["years_outside"].replace(";", ", ")
    return f"{row['first_year']}–{row['last_year']}" + (f" without {gaps}" if gaps else "")


def _overview(facts: Described, rows: pd.DataFrame) -> list[str]:
    file = _file(facts)
    return [
        f"[{code(file)}](#{anchor(file)})",
        plain(facts.title),
        ", ".join(map(code, facts.key)),
        f"{rows['first_year'].min()}–{rows['last_year'].max()}",
        plain("; ".join(dict.fromkeys(rows["title"]))),
    ]


def _section(facts: Described, rows: pd.DataFrame) -> str:
    sha = rows["sha256"].iloc[0]
    columns = link("codebook", f"data/raw/{_file(facts)}", CODEBOOK)
    return "\n\n".join(
        [
            f"## {_file(facts)}",
            f"{plain(facts.title)}. Columns: {columns}. SHA-256: {code(sha) if sha else NOT_YET}",
            table(
                ["source", "version", "years", "not covered", "other years", "terms", "shipped"],
                [_source(row) for row in rows.to_dict("records")],
            ),
        ]
    )


def _source(row: Mapping[Any, Any]) -> list[str]:
    cells = {name: plain(str(value)) for name, value in row.items()}
    return [
        cells["title"],
        cells["version"],
        years(row),
        _outside(row["allies_outside"]),
        cells["years_by_ally"].replace(";", ", ").replace("=", " ") or "–",
        cells["licence"],
        cells["shipped"],
    ]


def _outside(codes: str) -> str:
    """Return the allies a source does not cover, or those it covers when they are fewer."""
    outside = [code for code in codes.split(";") if code]
    inside = [iso3 for iso3 in known_allies() if iso3 not in outside]
    if len(inside) < len(outside):
        return f"all but {', '.join(inside)}"
    return ", ".join(outside) or "–"


def _file(facts: Described) -> str:
    return facts.file.rpartition("/")[2]
