"""The table of sources: data, version, terms and what is shipped of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from underbalance.present.table import WideTable
from underbalance.present.tables_of_data.coverage_table import words

HEADER = ("Source", "Facts tables", "Years", "Data and version", "Authors", "Terms", "Shipped")
WIDTHS = (0.1, 0.13, 0.065, 0.285, 0.185, 0.175, 0.06)


def sources_table(sources: pd.DataFrame) -> WideTable:
    """Return a row for each source of the registry, in the order of its first facts table.

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
            "Shipped: facts are figures, dates and codes as the source has them; derived are sums, "
            "means or other figures computed from it. data/raw/README.md says which.",
            "Source: config/sources.csv.",
        ),
    )


def _rows(sources: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for source, own in sources.groupby("source", sort=False):
        rows = own.to_dict("records")
        versions = _once(f"{row['work'] or row['title']} ({row['version']})" for row in rows)
        authors = _once(f"{row['authors']} ({row['published']})" for row in rows)
        yield (
            words(str(source)),
            ", ".join(words(name) for name in own["table"]),
            f"{own['first_year'].min()}–{own['last_year'].max()}",
            versions,
            authors,
            _once(own["licence"]),
            _once(own["redistribution"]),
        )


def _once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
