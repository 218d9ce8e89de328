"""The table of sources: data, version, terms and what is shipped."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from underbalance.present.table import WideTable
from underbalance.present.tables_of_data.coverage_table import words

HEADER = ("Facts table: source", "Years", "Data and version", "Authors", "Terms", "What is shipped")
WIDTHS = (0.115, 0.07, 0.26, 0.15, 0.165, 0.24)


def sources_table(sources: pd.DataFrame) -> WideTable:
    """Return a row for each facts table and source of the registry, by source.

    Parameters
    ----------
    sources : :func:`underbalance.registry.read_sources`.
    """
    return WideTable(
        name="sources",
        title="Sources of the data and their terms",
        lead=(),
        header=HEADER,
        widths=WIDTHS,
        rows=tuple(_rows(sources)),
        notes=(
            "Facts: figures, dates and codes as the source has them. Derived: sums, means or "
            "other figures computed from it.",
            "Source: config/sources.csv.",
        ),
    )


def _rows(sources: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for row in sources.to_dict("records"):
        yield (
            f"{words(row['table'])}: {words(row['source'])}",
            f"{row['first_year']}–{row['last_year']}",
            f"{row['work'] or row['title']}; {row['version']}",
            f"{row['authors']} ({row['published']})",
            row["licence"],
            f"{row['redistribution'].capitalize()}: {row['shipped']}",
        )
