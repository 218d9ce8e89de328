"""What there is for an ally in every facts table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from underbalance.add_ally.files import rows_there
from underbalance.add_ally.gather import Gathered
from underbalance.add_ally.needs import needed_for
from underbalance.add_ally.report import (
    ABSENT,
    EVERYONE,
    NO_ROW,
    NOT_IN_ORIGINALS,
    NOT_MADE,
    SHIPPED,
    TEMPLATE,
    Line,
)
from underbalance.add_ally.request import Request
from underbalance.add_ally.shipped import as_text, shipped_rows
from underbalance.add_ally.source_rows import span
from underbalance.add_ally.spreadsheet import read_spreadsheet
from underbalance.registry import read_allies, read_codebook, read_shipped_sources
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import of_one_ally


def overview(
    request: Request, found: Gathered, folder: Path, templates: Sequence[str]
) -> list[Line]:
    """Return one line for each facts table.

    Of the shipped tables, the rows since the tie began are counted.

    Parameters
    ----------
    folder : of the extension, with what was in it before.
    """
    codebook = read_codebook()
    return [_line(table, request, found, folder, templates, codebook) for table in FACTS]


def _line(
    table: str,
    request: Request,
    found: Gathered,
    folder: Path,
    templates: Sequence[str],
    codebook: pd.DataFrame,
) -> Line:
    needed = "; ".join(needed_for(table, codebook))
    shipped = shipped_rows(table, request.iso3)
    if table not in of_one_ally():
        return Line(table, EVERYONE, len(shipped), _years(shipped), needed)
    parts = {SHIPPED: _since(shipped, request.since[:4])}
    if table in found.tables:
        parts[found.tables[table].place] = as_text(found.tables[table].rows)
    elif rows_there(folder, table):
        parts[folder.as_posix()] = read_spreadsheet(folder / f"{table}.csv")[0]
    there = {place: rows for place, rows in parts.items() if len(rows)}
    if not there:
        covered = not shipped.empty or _is_covered(table, request.iso3)
        return Line(table, _why_none(table, request, found, templates, covered), 0, "", needed)
    rows = pd.concat(there.values(), ignore_index=True).drop_duplicates()
    return Line(table, " and ".join(there), len(rows), _years(rows), needed)


def _why_none(
    table: str, request: Request, found: Gathered, templates: Sequence[str], covered: bool
) -> str:
    if table in templates:
        return TEMPLATE
    if table in found.not_made:
        return NOT_MADE
    if covered:
        return NO_ROW
    return NOT_IN_ORIGINALS if request.sources else ABSENT


def _is_covered(table: str, iso3: str) -> bool:
    """Say whether a shipped table speaks of a listed ally, were it only to say that it has none."""
    if iso3 not in set(read_allies()["iso3"]):
        return False
    rows = read_shipped_sources()
    outside = rows.loc[rows["table"] == table, "allies_outside"].str.split(";")
    return not outside.map(lambda codes: iso3 in codes).all()


def _since(rows: pd.DataFrame, year: str) -> pd.DataFrame:
    if not year or "year" not in rows:
        return rows
    return rows[rows["year"] >= year]


def _years(rows: pd.DataFrame) -> str:
    years = span(rows)
    return f"{years[0]} to {years[1]}" if years else ""
