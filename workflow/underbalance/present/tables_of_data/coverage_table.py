"""The table of what each source covers: allies, years, ally-years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.table_names import table_name
from underbalance.present.tables_of_data.descriptives import years_words
from underbalance.present.wording import rounded_percent, whole

HEADER = ("Facts table: source", "Allies", "Years", "Ally-years", "Missing", "Outside", "Known")


def coverage_table(rows: pd.DataFrame, sources: pd.DataFrame) -> Table:
    """Return a row for each facts table and source.

    Parameters
    ----------
    rows : :func:`underbalance.description.coverage.coverage_by_source`.
    sources : the registry, for the titles of the sources.
    """
    listed = sources.drop_duplicates(["table", "source"])
    titles = listed.set_index(["table", "source"])["title"].to_dict()
    body = tuple(
        _cells(row, titles[row["table"], row["source"]]) for row in rows.to_dict("records")
    )
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
            f"Source: {in_run('data/processed/coverage.csv')}; titles of sources: "
            "config/sources.csv.",
        ),
        label_width=0.42,
    )


def _cells(row: Mapping[Any, Any], title: str) -> tuple[str, ...]:
    counts = [int(row[name]) for name in ("observed", "missing", "outside")]
    return (
        f"{table_name(row['table'])}: {title}",
        whole(row["allies"]),
        years_words(row),
        *map(whole, counts),
        rounded_percent(counts[0] / sum(counts)),
    )
