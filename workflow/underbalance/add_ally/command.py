"""The command ``underbalance add-ally``: options to a request, what was added to words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from underbalance.add_ally.add import Added, add_ally
from underbalance.add_ally.options import option_fault
from underbalance.add_ally.report import show
from underbalance.add_ally.request import Request
from underbalance.config import read_config
from underbalance.errors import Fault, raise_if_any
from underbalance.extensions import parts_of

OF_THE_ALLY = ("name", "region", "cow_code", "gw_code", "independent_since")
PAIRED = {"files": "--from-csv", "columns": "--column", "values": "--value"}


def run(code: str, options: Mapping[str, Any]) -> list[str]:
    """Add the ally, print what there is in every facts table, and return what else is to be said.

    Raises
    ------
    FaultsError : for every wrong option or file; then nothing is written.
    """
    faults: list[Fault] = []
    pairs = {name: _pairs(options[name], option, faults) for name, option in PAIRED.items()}
    raise_if_any(faults)
    plain = ("since", "until", "alliance", "sources", "folder", "citation", "licence")
    request = Request(
        code.strip().upper(),
        **{name: options[name] for name in (*plain, "replace", "dry_run")},
        ally={name: options[name].strip() for name in OF_THE_ALLY if options[name]},
        files={name: Path(path) for name, path in pairs["files"].items()},
        columns=pairs["columns"],
        values=pairs["values"],
        called=tuple(options["called"]),
        templates=tuple(options["templates"]),
    )
    added = add_ally(request)
    show(added.lines, Console())
    return [
        added.ally,
        *[f"note: {note}" for note in added.notes],
        *_what_next(request, added),
    ]


def _pairs(given: Iterable[str], option: str, faults: list[Fault]) -> dict[str, str]:
    """Read NAME=TEXT; a name that is given twice, or a text without it, is a fault."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, text = (part.strip() for part in pair.partition("="))
        if not (name and equals and text) or name in found:
            rule = "the option must name a column or table once, and what it is given"
            allowed, mend = "NAME=TEXT", "write both, with = between them"
            faults.append(option_fault(option, rule, pair, allowed, mend))
        found[name] = text
    return found


def _what_next(request: Request, added: Added) -> list[str]:
    place = added.folder.as_posix()
    if not added.written:
        return [f"{place} has all of this already"]
    verb = "would be written" if request.dry_run else "written"
    told = [f"{verb}: {place}/{name}" for name in added.written]
    if request.dry_run:
        return told
    default = read_config().sample
    parts = parts_of(default)
    command = "make" if request.iso3 in parts else f"make SAMPLE={'+'.join([*parts, request.iso3])}"
    check = "next: underbalance check, which says what is wrong, and what the analysis gains"
    return [*told, check, f"      {command}"]
