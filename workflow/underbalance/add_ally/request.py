"""What a user asks for with ``underbalance add-ally``, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from underbalance.add_ally.citation import citation_faults
from underbalance.add_ally.options import option_fault
from underbalance.errors import Fault
from underbalance.nearest import did_you_mean, nearest
from underbalance.schemas.facts import FACTS


@dataclass(frozen=True)
class Request:
    """What is to be added.

    Parameters
    ----------
    iso3 : code of the ally.
    since, until : ISO dates, as precise as known, of the tie with the USA.
    alliance : the kind of tie, a code of the table alliance.
    ally : what allies.csv says of an ally that is not listed: name, region, cow_code,
        gw_code, independent_since; as text, those that were given.
    sources : folder of original releases.
    folder : folder of tables in the project's vocabulary, with sources.csv.
    files : a file of the user's own for each of some facts tables.
    columns : for the one file: column of the project → column of the file.
    values : for the one file: column of the project → the same value in every row.
    called : what the one file calls the ally, beside its code, name and number.
    citation, licence : of the user's own files.
    templates : facts tables for which an empty template is wanted.
    replace : overwrite files of the extension that are there already.
    dry_run : write nothing.
    """

    iso3: str
    since: str = ""
    until: str = ""
    alliance: str = ""
    ally: Mapping[str, str] = field(default_factory=dict)
    sources: Path | None = None
    folder: Path | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    called: tuple[str, ...] = ()
    citation: str = ""
    licence: str = ""
    templates: tuple[str, ...] = ()
    replace: bool = False
    dry_run: bool = False


def option_faults(request: Request) -> list[Fault]:
    """Return the faults of options that can be told before a file is read."""
    faults = [_unknown_table("--from-csv", t) for t in request.files if t not in FACTS]
    faults += [_unknown_table("--template", t) for t in request.templates if t not in FACTS]
    faults += [
        option_fault(
            option,
            "the folder must be there",
            f"{path}: no such folder",
            "a folder",
            "correct the path",
        )
        for option, path in (("--sources", request.sources), ("--from-folder", request.folder))
        if path and not path.is_dir()
    ]
    faults += [
        option_fault(
            f"--from-csv {table}",
            "the file must be there",
            f"{path}: no such file",
            "a CSV file",
            "correct the path",
        )
        for table, path in request.files.items()
        if not path.is_file()
    ]
    if "alliance" in request.files:
        faults.append(
            option_fault(
                "--from-csv alliance",
                "the tie must be given by options",
                "a file",
                "--alliance, --since and --until",
                "leave the file out",
            )
        )
    if (request.columns or request.values or request.called) and len(request.files) != 1:
        faults.append(
            option_fault(
                "--column, --value, --called",
                "what a file calls its columns and the ally must be for one file",
                f"{len(request.files)} files",
                "one --from-csv",
                "add one file at a time; an extension can be added to",
            )
        )
    return faults + (citation_faults(request.citation) if request.files else [])


def readable(request: Request, *, with_sources: bool) -> Request:
    """Return the request with the files and folders that are there, so that all can be told.

    Parameters
    ----------
    with_sources : whether original releases are to be read, which takes long.
    """
    return replace(
        request,
        sources=request.sources if with_sources else None,
        folder=request.folder if request.folder and request.folder.is_dir() else None,
        files={t: path for t, path in request.files.items() if t in FACTS and path.is_file()},
    )


def _unknown_table(option: str, name: str) -> Fault:
    return option_fault(
        option,
        "the table must be a facts table",
        name,
        nearest(name, FACTS),
        did_you_mean(name, FACTS, "docs/codebook.md describes the tables"),
    )
