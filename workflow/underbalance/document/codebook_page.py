"""docs/codebook.md: every variable of every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from underbalance.document.described import OUTCOME, RAW, Described
from underbalance.document.markdown import anchor, code, notice, page, plain, table
from underbalance.document.raw_readme import years
from underbalance.document.rules import allowed_codes
from underbalance.outcomes.listed import all_outcomes

INTRODUCTION = """\
Every column of every table. Missing values are empty cells; logical values (unit 0/1) are 0 and 1
in CSV files. *Years* are those the variable can be observed in, *source* names the facts tables
it is made of. Which ally-years a source covers is in
[data/raw/README.md](../data/raw/README.md) and `data/processed/coverage.csv`. For programs the
same descriptions are in `data/raw/datapackage.json` and, after a run, in
`data/processed/datapackage.json`."""
HEADER = ["variable", "label", "unit", "years", "source", "formula, remarks, codes"]
MOST_CODES = 20  # longer lists are lists of names, such as the allies


def codebook_page(
    facts: Mapping[str, Described], processed: Mapping[str, Described], sources: pd.DataFrame
) -> str:
    """Return the text.

    Parameters
    ----------
    facts, processed : the tables (:mod:`underbalance.document.described`).
    sources : the registry.
    """
    outcomes = [t for name, t in processed.items() if name.startswith(OUTCOME)]
    others = [t for name, t in processed.items() if not name.startswith(OUTCOME)]
    parts = {
        "Tables by ally, leader and deal": others,
        "Outcomes": outcomes,
        "Facts tables": list(facts.values()),
    }
    return page(
        notice("config/codebook.csv", "config/sources.csv", "the schemas"),
        "# Codebook",
        INTRODUCTION,
        *(_contents(heading, tables) for heading, tables in parts.items()),
        *(_section(described, facts, sources) for tables in parts.values() for described in tables),
    )


def _contents(heading: str, tables: Iterable[Described]) -> str:
    lines = [f"- [{code(t.file)}](#{anchor(t.file)}): {plain(t.title)}" for t in tables]
    return "\n".join([f"**{heading}**", "", *lines])


def _section(described: Described, facts: Mapping[str, Described], sources: pd.DataFrame) -> str:
    key = ", ".join(map(code, described.key))
    others = {name: table for name, table in facts.items() if table is not described}
    rows = [
        _variable(row, described.schema.columns[row["name"]], others)
        for row in described.variables.to_dict("records")
    ]
    blocks = [
        f"## {described.file}",
        f"{plain(described.title)}. One row per {key}.",
        *_outcome(described),
        *_sources(sources[RAW + sources["table"] == described.name]),
        table(HEADER, rows),
    ]
    return "\n\n".join(blocks)


def _variable(
    row: Mapping[Any, Any], column: pa.Column, others: Mapping[str, Described]
) -> list[str]:
    span = f"{row['first_year']}–{row['last_year']}" if row["first_year"] else ""
    return [
        code(row["name"]),
        plain(row["label"]),
        plain(row["unit"]),
        span,
        ", ".join(
            f"[{name}](#{anchor(others[name].file)})"
            for name in row["source"].split(";")
            if name in others
        ),
        "; ".join(part for part in (plain(row["formula"]), _codes(column)) if part),
    ]


def _codes(column: pa.Column) -> str:
    found = [code(str(value)) for value in allowed_codes(column)]
    return f"one of {', '.join(found)}" if 0 < len(found) <= MOST_CODES else ""


def _outcome(described: Described) -> list[str]:
    """Return what the catalogue of outcomes says, for an outcome table."""
    outcome = all_outcomes().get(described.name.removeprefix(OUTCOME))
    if outcome is None or not described.name.startswith(OUTCOME):
        return []
    event = f", ended when {code(outcome.event)} is 1" if outcome.event else ""
    return [
        f"Outcome: {plain(outcome.label)} ({plain(outcome.concept)}). Unit: {plain(outcome.unit)}. "
        f"Measure: {code(outcome.measure)}{event}."
    ]


def _sources(rows: pd.DataFrame) -> list[str]:
    """Return the sources of a facts table; other tables have none of their own."""
    named = [
        f"{plain(row['title'])}, {plain(row['version'])} ({years(row)})"
        for row in rows.to_dict("records")
    ]
    return [f"From: {'; '.join(named)}."] if named else []
