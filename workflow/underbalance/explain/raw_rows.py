"""Rows that extensions in force add to a facts table, each with its own file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from underbalance.explain.reading import read_plain
from underbalance.extensions import raw_files, without_comments

# columns of the rows of an extension
PLACE: Final = "_file"
LINE: Final = "_line"


def with_extensions(shipped: pd.DataFrame, table: str, root: Path) -> pd.DataFrame:
    """Return a shipped table with the rows that extensions in force add.

    Returns
    -------
    Without an extension that has rows the table as it is; else also its file and line,
    which are empty for shipped rows.
    """
    own = [_placed(path, root) for path in raw_files(table, root)[1:]]
    if not own:
        return shipped
    cells = list(shipped.columns)
    first = shipped.copy()
    first[PLACE], first[LINE] = "", 0
    return pd.concat([first, *own], ignore_index=True).drop_duplicates(cells, ignore_index=True)


def ties(root: Path) -> frozenset[tuple[str, str, str]]:
    """Return ally, commitment and start of the ties of extensions in force."""
    files = [read_plain(path) for path in raw_files("alliance", root)[1:]]
    cells = [rows[["iso3", "commitment", "start"]].astype(str) for rows in files]
    return frozenset(key for rows in cells for key in rows.itertuples(index=False, name=None))


def _placed(path: Path, root: Path) -> pd.DataFrame:
    text = path.read_text(encoding="utf-8-sig").splitlines()
    _, *lines = (number for number, line in without_comments(text) if line)
    rows = read_plain(path)
    rows[PLACE], rows[LINE] = path.relative_to(root).as_posix(), lines
    return rows
