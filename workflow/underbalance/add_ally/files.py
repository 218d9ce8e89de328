"""The files of an extension, as bytes, so that they can be compared before one is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from underbalance.add_ally.gather import Gathered
from underbalance.add_ally.rivals import rivals_file
from underbalance.add_ally.shipped import as_text
from underbalance.add_ally.source_rows import template_row
from underbalance.add_ally.templates import source_comment, template
from underbalance.document.described import facts_tables
from underbalance.extensions import ALLIES, COMMENT, SOURCES, has_rows
from underbalance.registry import read_codebook
from underbalance.schemas import lists


def extension_files(
    folder: Path,
    ally: pd.DataFrame,
    found: Gathered,
    templates: Sequence[str],
    registry: pd.DataFrame,
) -> dict[str, bytes]:
    """Return the files that are new in an extension, by name.

    Parameters
    ----------
    folder : of the extension, with what is in it already.
    ally : the row of allies.csv; none for a listed ally.
    found : the facts tables with their sources.
    templates : facts tables for which an empty one is wanted; one that is there stays.
    registry : config/sources.csv.
    """
    iso3 = folder.name
    files = {f"{name}.csv": _csv(as_text(one.rows)) for name, one in found.tables.items()}
    if len(ally):
        files[f"{ALLIES}.csv"] = _csv(ally[list(lists.allies().columns)])
    files |= rivals_file(folder, found.rivals)
    described = facts_tables(read_codebook()) if templates else {}
    wanted = [name for name in templates if not (folder / f"{name}.csv").is_file()]
    files |= {f"{name}.csv": template(described[name], iso3).encode() for name in wanted}
    added = [*(one.sources for one in found.tables.values()), *found.other_sources]
    renewed = {table for sources in added for table in sources["table"]}
    rows, comments = _sources(folder / f"{SOURCES}.csv", renewed)
    rows = pd.concat([rows, *added], ignore_index=True)
    rows = rows.sort_values(["table", "source"], ignore_index=True)
    comments += [source_comment(template_row(name, iso3, registry)) for name in wanted]
    header = list(lists.sources().columns)
    text = _csv(rows[header]).decode() + "".join(f"{line}\n" for line in comments)
    return files | {f"{SOURCES}.csv": text.encode()}


def _sources(path: Path, renewed: set[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of a list of sources that stay, and its comments."""
    if not path.is_file():
        return pd.DataFrame(columns=list(lists.sources().columns)), []
    text = path.read_text(encoding="utf-8-sig").splitlines()
    comments = [line for line in text if line.startswith(COMMENT)]
    rows = pd.read_csv(path, dtype="str", keep_default_na=False, skiprows=_comment_lines(text))
    stale = tuple(f"{COMMENT}{table}," for table in sorted(renewed))
    return rows[~rows["table"].isin(renewed)], [
        line for line in comments if not line.startswith(stale)
    ]


def _comment_lines(lines: Sequence[str]) -> list[int]:
    return [number for number, line in enumerate(lines) if line.startswith(COMMENT)]


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


def rows_there(folder: Path, table: str) -> bool:
    """Say whether an extension has rows of a table already."""
    path = folder / f"{table}.csv"
    return path.is_file() and has_rows(path)
