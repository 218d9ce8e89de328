"""What would be lost of files of an extension, row by row, if they were written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.add_ally.options import COMMAND
from underbalance.errors import Fault
from underbalance.extensions import ALLIES, RIVALS, SOURCES, has_rows, without_comments
from underbalance.registry import read_commented
from underbalance.schemas.facts import FACTS

KEYS: Final = {ALLIES: ["iso3"], RIVALS: ["iso3"], SOURCES: ["table", "source"]}


def overwriting_faults(folder: Path, files: Mapping[str, bytes]) -> list[Fault]:
    """Return a fault for each row that is there already and that a file would have otherwise.

    Rows that are only added are none, but to a table that has rows already: these are the
    rows of one source, and are replaced as a whole.

    Parameters
    ----------
    folder : of the extension.
    files : new contents by name of file.
    """
    return [
        fault
        for name, content in files.items()
        if (path := folder / name).is_file() and path.read_bytes() != content and has_rows(path)
        for fault in _row_faults(path, content)
    ]


def _row_faults(path: Path, content: bytes) -> list[Fault]:
    table = path.stem
    key = KEYS[table] if table in KEYS else list(FACTS[table]().unique or [])
    old = _by_key(read_commented(path), key)
    lines = [line for _, line in without_comments(content.decode().splitlines(keepends=True))]
    text = pd.read_csv(StringIO("".join(lines)), dtype="str", keep_default_na=False)
    new = _by_key(text, key)
    keys = [one for one in old if old[one] != new.get(one)]
    if table != SOURCES:
        keys += [one for one in new if one not in old]
    return [_fault(path, one, old.get(one), new.get(one)) for one in keys]


def _by_key(rows: pd.DataFrame, key: Sequence[str]) -> dict[tuple[str, ...], dict[str, str]]:
    found = [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]
    return {tuple(row[name] for name in key): row for row in found}


def _fault(
    path: Path, key: tuple[str, ...], old: dict[str, str] | None, new: dict[str, str] | None
) -> Fault:
    columns = [c for c in old or new or {} if (old or {}).get(c) != (new or {}).get(c)]
    both = old is not None and new is not None

    def told(row: Mapping[str, str] | None) -> str:
        if row is None:
            return "no such row"
        return ", ".join(
            f"{name} {row[name] or '(empty)'}" if both else row[name]
            for name in (columns if both else row)
        )

    return Fault(
        path.as_posix(),
        f"row {' '.join(key)}",
        f"{COMMAND} must not overwrite what is there unless it is told to",
        f"there: {told(old)}; in its place: {told(new)}",
        "the same as there, or --replace",
        "keep what is there by leaving the option or the file out, or give --replace",
    )
