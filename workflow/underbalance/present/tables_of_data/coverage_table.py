"""The table of what each source covers: allies, years, ally-years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.present.table import Table
from underbalance.present.tables_of_data.descriptives import years_words
from underbalance.present.wording import rounded_percent, whole

HEADER = ("Facts table: source", "Allies", "Years", "Ally-years", "Missing", "Outside", "Known")


def coverage_table(rows: pd.DataFrame) -> Table:
    """Return a row for each facts table and source.

    Parameters
    ----------
    rows : :func:`underbalance.description.coverage.coverage_by_source`.
    """
    body = tuple(_cells(row) for row in rows.to_dict("records"))
    return Table(
        name="coverage",
        title="What each source covers",
        header=HEADER,
        body=body,
        summary=(),
        notes=(
            "All listed allies in the years of their existence that the table ally_year has.",
            "Allies, years and ally-years: of which the source has a fact; a register has one in "
            "every year that it covers, whether or not something happened.",
            "Missing: covered, but no value. Outside: not covered. Known: share of all ally-years.",
            "Source: data/processed/coverage.csv; the names of sources are those of "
            "config/sources.csv.",
        ),
        label_width=0.42,
    )


def _cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    counts = [int(row[name]) for name in ("observed", "missing", "outside")]
    return (
        f"{words(row['table'])}: {words(row['source'])}",
        whole(row["allies"]),
        years_words(row),
        *map(whole, counts),
        rounded_percent(counts[0] / sum(counts)),
    )


def words(name: str) -> str:
    """Return the name of a table or source as words that may break."""
    return name.replace("_", " ")
