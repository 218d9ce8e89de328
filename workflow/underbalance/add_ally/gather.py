"""The ally's rows from the three places they can be in: originals, a folder, a user's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from underbalance.add_ally.citation import citation_faults
from underbalance.add_ally.originals import parse_originals
from underbalance.add_ally.own_file import read_own_file
from underbalance.add_ally.request import Request
from underbalance.add_ally.rivals import RIVALRIES, Rivals, rivals_of
from underbalance.add_ally.schema import schema_of
from underbalance.add_ally.shipped import beside_shipped, shipped_rows
from underbalance.add_ally.source_rows import own_rows, registered_rows
from underbalance.add_ally.units import has_zeros_only
from underbalance.contradictions import contradiction_faults
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import ALLIES, RIVALS, SOURCES, has_rows
from underbalance.nearest import did_you_mean
from underbalance.registry import RAW_FOLDER
from underbalance.schemas import lists
from underbalance.schemas.of_ally import OF_RIVALS_TOO, of_one_ally
from underbalance.table_faults import typed
from underbalance.tables import read_table

LISTS = (ALLIES, RIVALS, SOURCES)
CORRECT_SHIPPED = "take the row out; to correct the shipped table, edit it there"


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
    rivals : the states that rows may name beside the ally.
    """

    rivals: Rivals
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
    found = Gathered(rivals_of(request, allies))
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
        with collected():
            cited = _cited(request.folder)
            for path in sorted(request.folder.glob("*.csv"), key=lambda p: (not _first(p.stem), p)):
                with collected():
                    _from_folder(path, request, names, cited, found)
    for table in sorted(request.files, key=lambda table: not _first(table)):
        with collected():
            _from_own(table, request, names, registry, found)
    raise_if_any(faults)
    return found


def _first(table: str) -> bool:
    """Say whether a table is read first: the one that says whose capabilities are wanted."""
    return table == RIVALRIES


def _from_originals(
    request: Request, allies: pd.DataFrame, registry: pd.DataFrame, found: Gathered
) -> None:
    assert request.sources is not None
    made, not_made = parse_originals(request.sources, allies, found.rivals, registry)
    found.not_made |= set(not_made)
    found.notes += [f"{table} could not be made: {reason}" for table, reason in not_made.items()]
    for table, rows in made.items():
        new, contradicting = beside_shipped(table, rows, request.iso3)
        if contradicting:
            text = "rows differ from the shipped ones and are left out; see `underbalance refresh`"
            found.notes.append(f"{table}: {len(contradicting)} {text}")
        if has_zeros_only(table, new):
            # a release without the ally, or one in which nothing happened: that is not known
            found.not_made.add(table)
            found.notes.append(f"{table} was not made: every figure of it would be 0")
        elif len(new):
            sources = _registered(table, new, request.iso3, registry)
            found.tables[table] = Found(new, "originals", sources)


def _cited(folder: Path) -> pd.DataFrame:
    """Return the sources of the tables of a folder, which may be an extension of a colleague."""
    return read_table(folder / f"{SOURCES}.csv", lists.sources(), comments=True)


def _from_folder(
    path: Path, request: Request, names: Sequence[str], listed: pd.DataFrame, found: Gathered
) -> None:
    # templates that nobody has filled in say nothing
    if path.stem in LISTS or not has_rows(path):
        return
    if path.stem not in of_one_ally():
        raise FaultsError([_unknown_file(path)])
    if path.stem not in set(listed["table"]):
        raise FaultsError([_no_source(path)])
    own = read_own_file(path.stem, path, names, rivals=found.rivals)
    _note_rivals(path.stem, own.rows, found.rivals)
    new = _without_contradictions(path.stem, own.rows, request.iso3, path)
    found.notes += [f"{path.name}: {note}" for note in own.notes]
    if len(new):
        sources = _registered(path.stem, new, request.iso3, listed)
        found.tables[path.stem] = Found(new, path.parent.as_posix(), sources)


def _from_own(
    table: str,
    request: Request,
    names: Sequence[str],
    registry: pd.DataFrame,
    found: Gathered,
) -> None:
    path = request.files[table]
    own = read_own_file(
        table, path, names, request.columns, request.values, request.called, found.rivals
    )
    _note_rivals(table, own.rows, found.rivals)
    new = _without_contradictions(table, own.rows, request.iso3, path)
    found.notes += [f"{path.name}: {note}" for note in own.notes]
    # a citation that cannot be taken apart is told with the options
    if len(new) and not citation_faults(request.citation):
        sources = own_rows(table, new, request, registry)
        found.tables[table] = Found(new, path.name, sources)


def _registered(table: str, new: pd.DataFrame, iso3: str, registry: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of rows; years of the ally in the shipped table are covered as well."""
    if table in OF_RIVALS_TOO:
        shipped, _ = typed(shipped_rows(table, iso3), schema_of(table, iso3), table)
        new = pd.concat([shipped, new], ignore_index=True)
    return registered_rows(table, new, iso3, registry)


def _note_rivals(table: str, rows: pd.DataFrame, rivals: Rivals) -> None:
    if table == RIVALRIES:
        rivals.named |= {*rows["rival"]}


def _without_contradictions(table: str, rows: pd.DataFrame, iso3: str, path: Path) -> pd.DataFrame:
    new, contradicting = beside_shipped(table, rows, iso3)
    shipped = f"{(RAW_FOLDER / table).as_posix()}.csv"
    raise_if_any(contradiction_faults(contradicting, str(path), shipped, CORRECT_SHIPPED))
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
