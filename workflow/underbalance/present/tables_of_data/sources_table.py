"""The table of sources: data, version, terms and what is shipped of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from underbalance.document.citation import citation, works
from underbalance.present.table import WideTable
from underbalance.present.table_names import table_name
from underbalance.present.wording import within_line

HEADER = ("Data", "Facts tables", "Years", "Reference", "Version", "Terms", "Shipped")
WIDTHS = (0.15, 0.13, 0.065, 0.295, 0.125, 0.175, 0.06)


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
    for _, own in sources.groupby("source", sort=False):
        yield (
            _once(own["title"]),
            "; ".join(within_line(table_name(name)) for name in own["table"].unique()),
            f"{own['first_year'].min()}–{own['last_year'].max()}",
            " ".join(citation(work) for work in works(own)),
            _once(own["version"]),
            _once(own["licence"]),
            _once(own["redistribution"]),
        )


def _once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
