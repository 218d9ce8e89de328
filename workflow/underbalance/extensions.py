"""Extensions: facts on one more ally, in data/raw/extensions/<ISO3>/, beside the shipped tables.

An extension is read only in a run that names its ally: the code stands in the sample
(``core+EGY``) or in a group of config/groups.yaml that the sample names. Which are in force
is in the environment of the run's jobs, so that every reader of facts finds the same files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from underbalance.config import Group
from underbalance.places import EXTENSIONS

EXTENSIONS_FOLDER: Final = Path("data/raw/extensions")
ALLIES: Final = "allies"
SOURCES: Final = "sources"
RIVALS: Final = "rivals"
CODE: Final = re.compile(r"[A-Z]{3}")
COMMENT: Final = "#"


def in_force() -> tuple[str, ...]:
    """Return the codes of the allies whose extensions are in force in this run, sorted."""
    return tuple(sorted(code for code in os.environ.get(EXTENSIONS, "").split("+") if code))


@contextmanager
def with_in_force(codes: Iterable[str]) -> Iterator[None]:
    """Put extensions in force, and no others, for a while."""
    before = os.environ.get(EXTENSIONS)
    os.environ[EXTENSIONS] = "+".join(sorted(codes))
    try:
        yield
    finally:
        if before is None:
            del os.environ[EXTENSIONS]
        else:
            os.environ[EXTENSIONS] = before


def named_by(sample: str, groups: Mapping[str, Group], root: Path = Path()) -> tuple[str, ...]:
    """Return the codes with an extension that a sample names, sorted.

    Parameters
    ----------
    sample : a group, or groups and codes joined by ``+`` or comma.
    groups : config/groups.yaml; a group names the codes among its members and those that
        the groups among its members name, but for those it takes out again.
    root : the project's folder.
    """
    codes = frozenset[str]().union(*(_named(part, groups, ()) for part in parts_of(sample)))
    return tuple(sorted(codes & {*listed(root)}))


def parts_of(sample: str) -> list[str]:
    """Return the groups and codes that a sample is made of, as they are written."""
    return [part for part in re.split(r"[+,\s]+", sample) if part]


def listed(root: Path = Path()) -> tuple[str, ...]:
    """Return the codes of all extensions there are, in force or not, sorted."""
    place = root / EXTENSIONS_FOLDER
    names = (path.name for path in place.iterdir() if path.is_dir()) if place.is_dir() else ()
    return tuple(sorted(name for name in names if CODE.fullmatch(name)))


def folder(iso3: str, root: Path = Path()) -> Path:
    """Return the folder of an extension."""
    return root / EXTENSIONS_FOLDER / iso3


def file_of(iso3: str, table: str) -> Path:
    """Return where an extension has a table or a list, there or not."""
    return folder(iso3) / f"{table}.csv"


def has_table(iso3: str, table: str) -> bool:
    """Say whether an extension has rows of a table or a list."""
    path = file_of(iso3, table)
    return path.is_file() and has_rows(path)


def raw_files(table: str, root: Path = Path()) -> list[Path]:
    """Return the files of a facts table: the shipped one, then those in force that have a row."""
    shipped = root / EXTENSIONS_FOLDER.parent / f"{table}.csv"
    return [shipped, *_of_those_in_force(table, root)]


def list_files(root: Path = Path()) -> list[Path]:
    """Return the lists of allies, sources and rivals of the extensions in force."""
    return [path for name in (ALLIES, SOURCES, RIVALS) for path in _of_those_in_force(name, root)]


def files_in_force(root: Path = Path()) -> list[Path]:
    """Return all files with rows of the extensions in force."""
    paths = [path for iso3 in in_force() for path in sorted(folder(iso3, root).glob("*.csv"))]
    return [path for path in paths if has_rows(path)]


def extension_of(path: Path) -> str:
    """Return the code of the extension that a file is of, empty for any other file."""
    is_of_one = path.parent.parent.parts[-len(EXTENSIONS_FOLDER.parts) :] == EXTENSIONS_FOLDER.parts
    return path.parent.name if is_of_one else ""


def has_rows(path: Path) -> bool:
    """Say whether a file has a line below its header that is no comment."""
    # bytes: what cannot be decoded has rows, and is told when it is read
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    return len([line for line in lines if line and not line.startswith(COMMENT.encode())]) > 1


def without_comments(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Return the lines that are no comments, with their numbers in the file."""
    numbered = enumerate(lines, start=1)
    return [(number, line) for number, line in numbered if not line.startswith(COMMENT)]


def text_without_comments(path: Path) -> str:
    """Return the text of a table without its comments."""
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    return "".join(line for _, line in without_comments(lines))


def _of_those_in_force(name: str, root: Path) -> list[Path]:
    paths = [folder(iso3, root) / f"{name}.csv" for iso3 in in_force()]
    return [path for path in paths if path.is_file() and has_rows(path)]


def _named(name: str, groups: Mapping[str, Group], within: Collection[str]) -> frozenset[str]:
    if name not in groups:
        return frozenset({name.upper()})
    if name in within:
        return frozenset()  # groups that contain each other are told by the check
    inside = (*within, name)
    group = groups[name]
    included = (_named(member, groups, inside) for member in group.members)
    excluded = (_named(member, groups, inside) for member in group.except_)
    return frozenset[str]().union(*included) - frozenset[str]().union(*excluded)
