"""The ally's rows from the three places they can be in: originals, a folder, a user's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from underbalance.add_ally.citation import citation_faults
from underbalance.add_ally.originals import parse_originals
from underbalance.add_ally.own_file import read_own
from underbalance.add_ally.request import Request
from underbalance.add_ally.shipped import beside_shipped, contradiction_faults
from underbalance.add_ally.source_rows import own_rows, registered_rows
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import ALLIES, SOURCES
from underbalance.nearest import did_you_mean
from underbalance.schemas import lists
from underbalance.schemas.of_ally import of_one_ally
from underbalance.tables import read_table

LISTS = (ALLIES, SOURCES)


@dataclass(frozen=True)
class Found:
    """The rows of one table beside those that are shipped.

    Parameters
    ----------
    rows : in the schema of the table.
    place : where they are from, in words.
    sources : their rows of sources.csv.
    """

    rows: pd.DataFrame
    place: str
    sources: pd.DataFrame


@dataclass
class Gathered:
    """What there is.

    Parameters
    ----------
    tables : rows by name of table.
    notes : what is to be said of them.
    not_made : tables that the originals should have, but that could not be made.
    other_sources : rows of sources.csv for rows that shipped tables have.
    """

    tables: dict[str, Found] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    not_made: set[str] = field(default_factory=set)
    other_sources: list[pd.DataFrame] = field(default_factory=list)


def gather(
    request: Request, allies: pd.DataFrame, names: Sequence[str], registry: pd.DataFrame
) -> Gathered:
    """Return the ally's rows; a user's file goes before the folder, the folder before originals.

    Parameters
    ----------
    allies : the listed allies and this one.
    names : what the ally is called: its iso3 code first, name and number.
    registry : config/sources.csv.

    Raises
    ------
    FaultsError : every fault of every file.
    """
    found = Gathered()
    faults: list[Fault] = []

    @contextmanager
    def collected() -> Iterator[None]:
        try:
            yield
        except FaultsError as error:
            faults.extend(error.faults)

    if request.sources:
        _from_originals(request, allies, registry, found)
    if request.folder:
        for path in sorted(request.folder.glob("*.csv")):
            with collected():
                _from_folder(path, request, names, found)
    for table in request.files:
        with collected():
            _from_own(table, request, names, registry, found)
    raise_if_any(faults)
    return found


def _from_originals(
    request: Request, allies: pd.DataFrame, registry: pd.DataFrame, found: Gathered
) -> None:
    assert request.sources is not None
    made, not_made = parse_originals(request.sources, allies, request.iso3, registry)
    found.not_made |= set(not_made)
    found.notes += [f"{table} could not be made: {reason}" for table, reason in not_made.items()]
    for table, rows in made.items():
        new, contradicting = beside_shipped(table, rows, request.iso3)
        if len(contradicting):
            text = "rows differ from the shipped ones and are left out; see `underbalance refresh`"
            found.notes.append(f"{table}: {len(contradicting)} {text}")
        if len(new):
            sources = registered_rows(table, new, request.iso3, registry)
            found.tables[table] = Found(new, "originals", sources)


def _from_folder(path: Path, request: Request, names: Sequence[str], found: Gathered) -> None:
    if path.stem in LISTS:
        return
    if path.stem not in of_one_ally():
        raise FaultsError([_unknown_file(path)])
    listed = read_table(path.with_name(f"{SOURCES}.csv"), lists.sources())
    if path.stem not in set(listed["table"]):
        raise FaultsError([_no_source(path)])
    own = read_own(path.stem, path, names)
    new = _without_contradictions(path.stem, own.rows, request.iso3, path)
    found.notes += [f"{path.name}: {note}" for note in own.notes]
    if len(new):
        sources = registered_rows(path.stem, new, request.iso3, listed)
        found.tables[path.stem] = Found(new, path.parent.as_posix(), sources)


def _from_own(
    table: str,
    request: Request,
    names: Sequence[str],
    registry: pd.DataFrame,
    found: Gathered,
) -> None:
    path = request.files[table]
    own = read_own(table, path, names, request.columns, request.values, request.called)
    new = _without_contradictions(table, own.rows, request.iso3, path)
    found.notes += [f"{path.name}: {note}" for note in own.notes]
    # a citation that cannot be taken apart is told with the options
    if len(new) and not citation_faults(request.citation):
        sources = own_rows(table, new, request, registry)
        found.tables[table] = Found(new, path.name, sources)


def _without_contradictions(table: str, rows: pd.DataFrame, iso3: str, path: Path) -> pd.DataFrame:
    new, contradicting = beside_shipped(table, rows, iso3)
    raise_if_any(contradiction_faults(table, contradicting, str(path)))
    return new


def _unknown_file(path: Path) -> Fault:
    return Fault(
        str(path),
        "file",
        "a table of the folder must be named as a facts table of one ally",
        path.stem,
        ", ".join([*of_one_ally(), SOURCES]),
        did_you_mean(path.stem, of_one_ally(), "give a file of your own by --from-csv"),
    )


def _no_source(path: Path) -> Fault:
    return Fault(
        str(path.with_name(f"{SOURCES}.csv")),
        f"table {path.stem}",
        "every table of the folder must have its source",
        "no row",
        "one row for each table and source",
        "add the row; docs/examples/egypt/sources.csv shows the form",
    )
