"""Newer releases: what they would change in data/raw, and accepting them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from underbalance.changes import CHANGE_COLUMNS, changes
from underbalance.check_facts import YEARLY, facts_faults
from underbalance.document.documents import write_documents
from underbalance.errors import Fault, FaultsError
from underbalance.ingest import accept
from underbalance.registry import (
    CODEBOOK_FILE,
    RAW_FOLDER,
    SOURCES_FILE,
    read_allies,
    read_shipped_sources,
)
from underbalance.schemas.facts import FACTS
from underbalance.sources.facts import parse_facts, source_folder
from underbalance.sources.originals import FOUND
from underbalance.tables import check_frame, write_table

DESCRIPTION = "SOURCE.yaml"


@dataclass(frozen=True)
class Refreshed:
    """What parsing newer releases found.

    Parameters
    ----------
    parsed : names of the tables that were made.
    faults : why tables whose releases are there could not be made, or taken over.
    absent : tables left alone, with the source folders that are not there.
    changes : every cell that would change (:data:`underbalance.changes.CHANGE_COLUMNS`).
    registry : the registry with the coverage of the newer releases.
    extended : what of the coverage grew, in words.
    unread : files beside the releases that no parser asked for; a newer release under
        another name, or a new edition, may be among them.
    written : whether the tables were put in data/raw.
    """

    parsed: tuple[str, ...]
    faults: tuple[Fault, ...]
    absent: dict[str, list[str]]
    changes: pd.DataFrame
    registry: pd.DataFrame
    extended: list[str]
    unread: list[Path]
    written: bool


def refresh(
    folder: Path,
    *,
    write: bool,
    tell: Callable[[str], None] = lambda line: None,
    workers: int | None = None,
) -> Refreshed:
    """Parse every table whose releases are in a folder and compare it with data/raw.

    Parameters
    ----------
    folder : one folder per source, named as in config/sources.csv. A table is parsed when
        the folders of all of its sources are there.
    write : put the parsed tables in data/raw and their hashes, and coverage that grew, in
        the registry: all of them, or none when one has a fault.
    tell : gets one line for each table that was parsed.
    workers : processes (default: one for each processor).

    Raises
    ------
    FaultsError : when the folder has the releases of no table.
    """
    registry = read_shipped_sources()
    absent = _absent_sources(folder, registry)
    present = [table for table in FACTS if table not in absent]
    if not present:
        raise FaultsError([_nothing_there(folder, registry)])
    # outside the project, where nothing is left behind if this is killed
    with TemporaryDirectory(prefix="underbalance_refresh_") as scratch:
        faults, read = _parse_all(present, folder, Path(scratch), tell, workers)
        staged = [path for t in present if (path := Path(scratch, f"{t}.csv")).is_file()]
        parsed = {path.stem: read_text(path) for path in staged}
        found = compare(parsed)
        grown, extended = _grown(registry, parsed)
        faults += [f for path in staged for f in _uncovered(path, grown)]
        if write and not faults:
            accept(staged, registered=grown)
            write_documents()
    done = write and not faults
    unread = _unread(folder, registry[registry["table"].isin(present)]["source"], read)
    return Refreshed(tuple(parsed), tuple(faults), absent, found, grown, extended, unread, done)


def compare(parsed: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every cell in which freshly parsed tables differ from those of data/raw.

    Parameters
    ----------
    parsed : tables by name, every cell as text.
    """
    shipped = {name: _shipped(name) for name in {*parsed, "deals"}}
    both = {**shipped, **parsed}
    found = [
        changes(name, _by_deal(shipped[name], shipped["deals"]), _by_deal(new, both["deals"]), key)
        for name, new in sorted(parsed.items())
        if (key := list(FACTS[name]().unique or []))
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=CHANGE_COLUMNS)


def read_text(path: Path) -> pd.DataFrame:
    """Read a facts table with every cell as text."""
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _absent_sources(folder: Path, registry: pd.DataFrame) -> dict[str, list[str]]:
    needed = registry.groupby("table")["source"].agg(list)
    absent = {
        table: [source for source in needed[table] if not source_folder(source, folder).is_dir()]
        for table in FACTS
    }
    return {table: sources for table, sources in absent.items() if sources}


def _nothing_there(folder: Path, registry: pd.DataFrame) -> Fault:
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return Fault(
        str(folder),
        "folder",
        "the folder must hold the releases, one folder per source",
        ", ".join(names[:8]) or "nothing",
        ", ".join(sorted(registry["source"].unique())),
        "name the folders so, or give the folder that holds them",
    )


def _parse_all(
    tables: list[str],
    folder: Path,
    scratch: Path,
    tell: Callable[[str], None],
    workers: int | None,
) -> tuple[list[Fault], set[Path]]:
    faults: list[Fault] = []
    read: set[Path] = set()
    with ProcessPoolExecutor(workers) as pool:
        jobs = {pool.submit(_parse, table, folder, scratch): table for table in tables}
        for done, job in enumerate(as_completed(jobs), start=1):
            found, files = job.result()
            faults += found
            read |= files
            tell(f"[{done}/{len(jobs)}] {jobs[job]}")
    return faults, read


def _parse(table: str, folder: Path, scratch: Path) -> tuple[tuple[Fault, ...], set[Path]]:
    """Parse one table in a process of its own; return its faults and the files it asked for."""
    faults: tuple[Fault, ...] = ()
    try:
        facts = parse_facts(table, folder, read_allies())
        path = scratch / f"{table}.csv"
        write_table(check_frame(facts, FACTS[table](), f"new {table}"), path)
    except FaultsError as error:
        faults = error.faults
    return faults, FOUND


def _unread(folder: Path, sources: Iterable[str], read: set[Path]) -> list[Path]:
    files = {
        path
        for source in sources
        for path in source_folder(source, folder).rglob("*")
        if path.is_file() and path.name != DESCRIPTION
    }
    return sorted(files - read)


def _shipped(name: str) -> pd.DataFrame:
    path = RAW_FOLDER / f"{name}.csv"
    return read_text(path) if path.is_file() else pd.DataFrame(columns=list(FACTS[name]().columns))


def _by_deal(table: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """Name deals by what they are: their row number means nothing in another register."""
    if "deal_id" not in table:
        return table
    traits = ["iso3", "order_year", "designation", "description"]
    repeat = deals.groupby(traits).cumcount().astype("str").replace("0", "")
    names = deals[traits].agg(" ".join, axis=1) + repeat.where(repeat == "", " #" + repeat)
    known = dict(zip(deals["deal_id"], names, strict=True))
    return table.assign(deal_id=table["deal_id"].map(lambda number: known.get(number, number)))


def _grown(
    registry: pd.DataFrame, parsed: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, list[str]]:
    """Return the registry with later last years where yearly tables now reach further."""
    grown, told = registry.copy(), []
    yearly = registry["table"].isin(set(YEARLY) & set(parsed))
    for index, row in zip(registry.index[yearly], registry[yearly].to_dict("records"), strict=True):
        facts = parsed[row["table"]]
        own = facts[facts["source"] == row["source"]] if "source" in facts else facts
        last = int(pd.to_numeric(own["year"]).max()) if len(own) else row["last_year"]
        if last > row["last_year"]:
            grown.loc[index, "last_year"] = last
            told.append(f"{row['table']} ({row['source']}) to {last}, was {row['last_year']}")
    return grown, told


def reminders(tables: Iterable[str], registry: pd.DataFrame, codebook: pd.DataFrame) -> list[str]:
    """Return, for tables that changed, what the lists still say of their release.

    Parameters
    ----------
    tables : names of facts tables.
    registry : as it is now.
    codebook : :func:`underbalance.registry.read_codebook`.
    """
    rows = registry[registry["table"].isin(set(tables))]
    versions = [
        f"{SOURCES_FILE.as_posix()}, {row.table} ({row.source}): version is {row.version!r}, "
        f"citation key {row.citation_key!r}, shipped {row.shipped!r}; correct them if the "
        "release is another"
        for row in rows.itertuples()
    ]
    last = rows.groupby("table")["last_year"].max()
    until = pd.to_numeric(codebook["last_year"], errors="coerce")
    ends = [
        (table, int(until[own].max()), sorted(codebook.loc[own, "table"].unique()))
        for table, year in last.items()
        if (own := codebook["source"].str.split(";").map(lambda s, t=table: t in s)).any()
        and until[own].max() < year
    ]
    return versions + [
        f"{CODEBOOK_FILE.as_posix()}: variables from {table} end in {year} there, in "
        f"{', '.join(places)}"
        for table, year, places in ends
    ]


def _uncovered(path: Path, registry: pd.DataFrame) -> list[Fault]:
    """Return the faults of a parsed table as to the coverage of the registry."""
    return [replace(f, file=f"new {path.stem}") for f in facts_faults(path.stem, path, registry)]
