"""Adding an ally: what is asked for is checked, gathered, written whole, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.add_ally.ally_row import ally_row, name_of, where_known, with_ally
from underbalance.add_ally.differences import overwriting_faults
from underbalance.add_ally.files import extension_files, rows_there
from underbalance.add_ally.folder import write_folder
from underbalance.add_ally.gather import Found, Gathered, gather
from underbalance.add_ally.options import option_fault
from underbalance.add_ally.overview import overview
from underbalance.add_ally.report import Line
from underbalance.add_ally.request import Request, option_faults, readable
from underbalance.add_ally.schema import schema_of
from underbalance.add_ally.shipped import as_text, shipped_rows
from underbalance.add_ally.source_rows import of_shipped_table, registered_rows, stated_tie
from underbalance.add_ally.templates import BY_HAND
from underbalance.add_ally.there import unreadable_faults
from underbalance.add_ally.tie import has_tie, tie_of
from underbalance.add_ally.units import zero_notes
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import SOURCES, folder
from underbalance.registry import read_allies, read_commented, read_shipped_sources
from underbalance.schemas.facts import FACTS
from underbalance.table_faults import typed

ALLIANCE: Final = "alliance"


@dataclass(frozen=True)
class Added:
    """What was added, or would be.

    Parameters
    ----------
    ally : who it is, and from where that is known.
    folder : of the extension.
    written : names of the files that are new or changed.
    lines : what there is in every facts table.
    notes : what could not be made, was left out or filled in.
    """

    ally: str
    folder: Path
    written: list[str]
    lines: list[Line]
    notes: list[str]


def add_ally(request: Request) -> Added:
    """Write the extension of an ally, and say what there is for it.

    Raises
    ------
    FaultsError : every fault of the options, or of the files; then nothing is written.
    """
    place = folder(request.iso3)
    raise_if_any(unreadable_faults(place, request.files if request.replace else ()))
    allies = read_allies().query("extension == ''").drop(columns="extension")
    registry = read_shipped_sources()
    row, found = _sound(request, allies, registry)
    everyone = with_ally(allies, request.iso3, row)
    found.notes += [
        note for table, one in found.tables.items() for note in zero_notes(table, one.rows)
    ]
    _add_tie(request, found, registry)
    if row:
        _add_shipped_sources(request, found, registry)
    templates = _templates(request, place, found)
    own = everyone[everyone["iso3"] == request.iso3].iloc[: len(row)]
    files = extension_files(place, own, found, templates, registry)
    changed = {
        name: content
        for name, content in files.items()
        if not (place / name).is_file() or (place / name).read_bytes() != content
    }
    if not request.replace:
        raise_if_any(overwriting_faults(place, changed))
    if not request.dry_run:
        write_folder(place, changed)
    lines = overview(request, found, place, templates)
    return Added(where_known(request, allies), place, sorted(changed), lines, found.notes)


def _sound(
    request: Request, allies: pd.DataFrame, registry: pd.DataFrame
) -> tuple[dict[str, str], Gathered]:
    """Return the ally's row of allies.csv, and what there is of it in files.

    Raises
    ------
    FaultsError : every fault of the options, and of the files that can be read in spite of them.
    """
    row, faults = ally_row(request, allies)
    faults = option_faults(request) + faults + _tie_faults(request)
    everyone = with_ally(allies, request.iso3, row)
    name = name_of(request, allies)
    found: Gathered | None = None
    # without its name the ally is not found in a file
    if name:
        numbers = everyone.loc[everyone["iso3"] == request.iso3, "cow_code"].astype("str")
        names = (request.iso3, name, *numbers)
        try:
            found = gather(readable(request, with_sources=not faults), everyone, names, registry)
        except FaultsError as error:
            faults += error.faults
    raise_if_any(faults)
    assert found is not None
    return row, found


def _tie_faults(request: Request) -> list[Fault]:
    """Return the faults of the tie, which a new extension must have."""
    if (
        not request.since
        and not request.alliance
        and not rows_there(folder(request.iso3), ALLIANCE)
    ):
        rule = "an ally must have a tie with the USA from some day on"
        allowed = "--since DAY --alliance KIND"
        mend = "say since when which tie is in force"
        return [option_fault("--since", rule, "none", allowed, mend)]
    return tie_of(request, shipped_rows(ALLIANCE, request.iso3))[1]


def _add_tie(request: Request, found: Gathered, registry: pd.DataFrame) -> None:
    """Put the tie in place of what the table alliance was found to have."""
    schema = schema_of(ALLIANCE, request.iso3)
    elsewhere = found.tables.pop(ALLIANCE, None)
    shipped = shipped_rows(ALLIANCE, request.iso3)
    known = [shipped, as_text(elsewhere.rows)] if elsewhere else [shipped]
    tie, faults = tie_of(request, pd.concat(known, ignore_index=True))
    raise_if_any(faults)
    if tie.empty or (elsewhere is None and has_tie(request, _own_ties(request.iso3))):
        # what the extension says of the same tie, and from where, is not taken back
        return
    rows, _ = typed(tie, schema, ALLIANCE)
    sources = registered_rows(ALLIANCE, rows, request.iso3, registry)
    if (tie["date_verified"] == "0").all() and not len(_same(shipped, tie)):
        sources = stated_tie(request.iso3, registry)
    found.tables[ALLIANCE] = Found(rows, "your options", sources)


def _own_ties(iso3: str) -> pd.DataFrame:
    """Return the ties that the extension has already, as text."""
    if not rows_there(folder(iso3), ALLIANCE):
        return shipped_rows(ALLIANCE, iso3).iloc[:0]
    return read_commented(folder(iso3) / f"{ALLIANCE}.csv")


def _add_shipped_sources(request: Request, found: Gathered, registry: pd.DataFrame) -> None:
    """Have the extension say what shipped tables cover of it: as a rival, or as of every ally.

    The registry of the shipped tables speaks of listed allies only. What the extension says of
    them already stays: years may have been corrected by hand.
    """
    iso3, path = request.iso3, folder(request.iso3) / f"{SOURCES}.csv"
    said = set(read_commented(path)["table"]) if path.is_file() and not request.replace else set()
    for table in FACTS:
        rows = shipped_rows(table, iso3)
        there = table in said or rows_there(folder(iso3), table)
        if len(rows) and table not in found.tables and not there:
            typed_rows, _ = typed(rows, schema_of(table, iso3), table)
            sources = registered_rows(table, typed_rows, iso3, registry)
            found.other_sources.append(of_shipped_table(sources, iso3))


def _same(rows: pd.DataFrame, tie: pd.DataFrame) -> pd.DataFrame:
    return rows.merge(tie, how="inner", validate="one_to_one")


def _templates(request: Request, place: Path, found: Gathered) -> Sequence[str]:
    """Return the tables without rows that are to be coded by hand, or that are asked for."""
    wanted = dict.fromkeys([*BY_HAND, *request.templates])
    return [
        table
        for table in wanted
        if table not in found.tables
        and not rows_there(place, table)
        and (table in request.templates or shipped_rows(table, request.iso3).empty)
    ]
