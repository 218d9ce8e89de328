"""What the lists of config/ say of a user's own tables: a source each, a row for each column."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from underbalance.own.definitions import (
    CASE,
    DURATION,
    ENDED,
    Column,
    Own,
    OwnOutcome,
    OwnTable,
    years_of,
)

Row = dict[str, str]
KINDS = {"ally_year": "year", "duration": "spell"}


def with_own_sources(sources: pd.DataFrame, own: Own) -> pd.DataFrame:
    """Return the registry with a row for each of the user's tables.

    Its columns ``table`` and ``source`` both hold the name of the table.
    """
    rows = [_source(name, entry) for name, entry in own.tables.items()]
    return _appended(sources, rows)


def with_own_columns(codebook: pd.DataFrame, own: Own) -> pd.DataFrame:
    """Return the codebook with a row for each column of the user's variables and outcomes."""
    rows = [
        _column("ally_year", name, column, table, entry)
        for table, entry in own.variables.items()
        for name, column in entry.columns.items()
    ]
    rows += [row for name, entry in own.outcomes.items() for row in _outcome(name, entry)]
    return _appended(codebook, rows)


def _appended(shipped: pd.DataFrame, rows: list[Row]) -> pd.DataFrame:
    if not rows:
        return shipped
    added = pd.DataFrame(rows, dtype="str").reindex(columns=shipped.columns).fillna("")
    return pd.concat([shipped, added], ignore_index=True).astype(shipped.dtypes.to_dict())


def _source(name: str, entry: OwnTable) -> Row:
    source = entry.source
    return {
        "table": name,
        "source": name,
        "title": source.title,
        "version": source.version,
        # of the user's table, whose key no shipped one has
        "citation_key": f"own_{name}",
        "authors": source.authors,
        "published": source.published,
        "work": source.title,
        "publisher": source.publisher,
        "upstream": source.upstream,
        "licence": source.licence,
        "redistribution": "none",
        "shipped": "the user's own table",
        "unit": KINDS[entry.kind] if isinstance(entry, OwnOutcome) else "year",
        "first_year": str(entry.first_year),
        "last_year": str(entry.last_year),
        "allies_outside": ";".join(sorted(entry.allies_outside)),
    }


def _outcome(name: str, entry: OwnOutcome) -> Iterator[Row]:
    table, years = f"outcome.{name}", (str(entry.first_year), str(entry.last_year))
    start = "Calendar year" if entry.kind == "ally_year" else "Year in which the case starts"
    common = {"table": table, "source": name}
    yield common | {"name": "iso3", "label": "Ally", "unit": "ISO 3166-1 alpha-3"} | _key()
    yield common | {"name": "year", "label": start, "unit": "year"} | _key()
    yield {
        "table": table,
        "name": "is_ally",
        "label": "Formal defence commitment of the USA in force",
        "unit": "0/1",
        "source": "alliance",
        "construct": "sample",
        "formula": "as in ally_year",
    }
    if entry.kind == "duration":
        known = dict(zip(("first_year", "last_year"), years, strict=True))
        outcome = common | known | {"construct": "outcome"}
        yield common | {"name": CASE, "label": "Case", "unit": "name"} | _key()
        yield outcome | {
            "name": DURATION,
            "label": entry.label,
            "unit": "calendar years",
            "formula": "year of the end - year of the start; to the last year that the table "
            "covers where the case had not ended",
        }
        yield outcome | {"name": ENDED, "label": "The case had ended", "unit": "0/1"}
    for column_name, column in entry.columns.items():
        construct = "outcome" if column_name == entry.measure else column.construct_
        row = _column(table, column_name, column, name, entry)
        yield row | {"construct": construct or "control"}


def _key() -> Row:
    return {"construct": "key"}


def _column(table: str, name: str, column: Column, source: str, entry: OwnTable) -> Row:
    first, last = years_of(entry, column)
    return {
        "table": table,
        "name": name,
        "label": column.label,
        "unit": column.unit,
        "source": source,
        "construct": column.construct_ or "own variable",
        "first_year": str(first),
        "last_year": str(last),
        "formula": column.note,
    }
