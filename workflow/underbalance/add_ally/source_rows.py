"""The sources of an extension: rows of its sources.csv, in the schema of config/sources.csv."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from underbalance.add_ally.citation import citation_of
from underbalance.add_ally.request import Request
from underbalance.document.rules import allowed_codes
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import OF_RIVALS_TOO

# in tables of these units a year of an ally without a row is not covered; in the others it is
# one in which nothing happened
YEARLY_UNITS: Final = ("leader", "month", "year")
EMPTY: Final = ("allies_outside", "years_by_ally", "sha256")
# what a coder puts names and a year in place of
TO_FILL: Final = {"authors": "AUTHORS", "published": "YEAR"}
YEAR: Final = re.compile(r"\d{4}")
# columns of facts tables that say of when a row is
DATED: Final = ("year", "order_year", "delivery_year", "date", "signed", "start", "end")
NOT_STATED: Final = "not stated"


def registered_rows(
    table: str, rows: pd.DataFrame, iso3: str, registry: pd.DataFrame
) -> pd.DataFrame:
    """Return the registry's rows of a table, with the coverage that the ally's rows have.

    A source without a row of the ally is left out.

    Parameters
    ----------
    rows : the ally's rows of the table.
    registry : config/sources.csv, or the sources.csv of an example folder.
    """
    found = []
    for record in registry[registry["table"] == table].to_dict("records"):
        source: dict[str, Any] = {str(name): cell for name, cell in record.items()}
        own = rows[rows["source"] == source["source"]] if _by_source(table) else rows
        if own.empty:
            continue
        first, last = _years(own, str(source["unit"]), source["first_year"], source["last_year"])
        gaps = [gap for gap in str(source["years_outside"]).split(";") if gap]
        inside = ";".join(gap for gap in gaps if first <= int(gap) <= last)
        source |= {**dict.fromkeys(EMPTY, ""), "shipped": _only(iso3, table)}
        source |= {"first_year": first, "last_year": last, "years_outside": inside}
        found.append(source)
    return pd.DataFrame(found, columns=list(registry.columns))


def of_shipped_table(sources: pd.DataFrame, iso3: str) -> pd.DataFrame:
    """Return rows that say of shipped tables that they are of the ally, too."""
    files = [f"{(RAW_FOLDER / table).as_posix()}.csv" for table in sources["table"]]
    text = "no file here: this row says that the shipped {} is of {} as well"
    return sources.assign(shipped=[text.format(file, iso3) for file in files])


def own_rows(
    table: str, rows: pd.DataFrame, request: Request, registry: pd.DataFrame
) -> pd.DataFrame:
    """Return the same for a user's own file, with its citation, which must be sound."""
    cited = citation_of(request.citation)
    registered = registry[registry["table"] == table]
    # of tables that tell sources apart, rules of cleaning know the sources by their names
    named = sorted(set(rows["source"])) if _by_source(table) else [f"own_{request.iso3.lower()}"]
    unit = str(registered["unit"].iloc[0])
    found = []
    for source in named:
        own = rows[rows["source"] == source] if _by_source(table) else rows
        first, last = span(own) or (registered["first_year"].min(), registered["last_year"].max())
        found.append(
            {
                **dict.fromkeys(registry.columns, ""),
                "table": table,
                "source": source,
                "version": f"file {request.files[table].name}",
                "citation_key": f"own_{request.iso3.lower()}_{table}",
                **cited,
                "work": cited["title"],
                "upstream": "given by the user",
                "licence": request.licence or NOT_STATED,
                "redistribution": "none",
                "shipped": _only(request.iso3),
                "unit": unit,
                "first_year": first,
                "last_year": last,
            }
        )
    return pd.DataFrame(found, columns=list(registry.columns))


def template_row(table: str, iso3: str, registry: pd.DataFrame) -> pd.DataFrame:
    """Return the row for a table that is to be coded by hand, to be completed by the coder."""
    source = registry[registry["table"] == table].iloc[:1]
    return source.assign(
        **dict.fromkeys((*EMPTY, "years_outside", "publisher"), ""),
        source="coding" if "coding" in set(source["source"]) else f"own_{iso3.lower()}",
        title=f"{table} of {iso3}, coded by hand",
        version="own coding",
        citation_key=f"own_{iso3.lower()}_{table}",
        authors=TO_FILL["authors"],
        published=TO_FILL["published"],
        work="own coding",
        upstream="this copy of the project",
        licence=NOT_STATED,
        redistribution="none",
        shipped=_only(iso3),
    )


def stated_tie(iso3: str, registry: pd.DataFrame) -> pd.DataFrame:
    """Return the row of a tie that the user states."""
    source = registry[registry["table"] == "alliance"]
    return source.assign(
        **dict.fromkeys((*EMPTY, "years_outside", "publisher"), ""),
        source=f"own_{iso3.lower()}",
        title=f"Tie of {iso3} with the USA as stated to add-ally",
        version="as stated",
        citation_key=f"own_{iso3.lower()}_alliance",
        authors="{User of this copy}",
        published="n.d.",
        work="not published",
        upstream="given by the user",
        licence=NOT_STATED,
        redistribution="none",
        shipped=_only(iso3),
    )


def span(rows: pd.DataFrame) -> tuple[int, int] | None:
    """Return the first and last year that rows speak of, nothing when they have no date."""
    dates = [rows[name].astype("str") for name in DATED if name in rows]
    years = [int(date[:4]) for column in dates for date in column.dropna() if YEAR.match(date)]
    return (min(years), max(years)) if years else None


def _by_source(table: str) -> bool:
    """Say whether a table's column ``source`` holds codes of sources.

    In tables that are coded by hand it names the document that a row is taken from.
    """
    column = FACTS[table]().columns.get("source")
    return column is not None and bool(allowed_codes(column))


def _years(rows: pd.DataFrame, unit: str, first: int, last: int) -> tuple[int, int]:
    if unit in YEARLY_UNITS and "year" in rows:
        return int(rows["year"].min()), int(rows["year"].max())
    return int(first), int(last)


def _only(iso3: str, table: str = "") -> str:
    whose = f"{iso3} and its rivals" if table in OF_RIVALS_TOO else iso3
    return f"rows of {whose} only; not shipped with the project"
