"""Reading and writing tables so that a wrong cell is named and nothing is half-written.

CSV conventions of the project: UTF-8, comma, ISO dates kept as text, logical values as
0 and 1, an empty cell for a missing value, floats in the shortest form that reads back
to the same number.
"""

from __future__ import annotations

import csv
import errno
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import without_comments
from underbalance.table_faults import (
    dtype_of,
    header_faults,
    in_lines_of_file,
    rule_faults,
    shape_faults,
    typed,
)
from underbalance.text_files import read_text

INTEGER: Final = "Int64"
TABLE: Final = "a comma-separated table in UTF-8"
SAVE_AGAIN: Final = "save it again as CSV UTF-8 with commas, and with points in decimal numbers"
# of an error that is the disk's or the folder's and not the program's
NO_WRITING: Final = (errno.EACCES, errno.EDQUOT, errno.ENOSPC, errno.EPERM, errno.EROFS)


def read_table(
    path: Path,
    schema: pa.DataFrameSchema,
    *,
    shown_as: str | None = None,
    comments: bool = False,
) -> pd.DataFrame:
    """Read a CSV file of the project and hold it to its schema.

    Parameters
    ----------
    path : the file.
    schema : declared columns, types, rules and key.
    shown_as : the name of the file in messages (default: the path).
    comments : whether lines that begin with ``#`` are passed over, as in extensions.

    Returns
    -------
    One row per line of the file, columns in the order and the types of the schema.

    Raises
    ------
    FaultsError : with every missing or extra column, unparsable cell, broken rule and
        repeated key of the file.
    """
    name = shown_as or str(path)
    text, lines = _read_text(path, name, comments)
    faults = header_faults(list(text.columns), schema, name)
    frame, unreadable = typed(text, schema, name)
    faults += unreadable.values()
    if list(frame.columns) == list(schema.columns):
        faults += rule_faults(frame, schema, name, told=set(unreadable))
    raise_if_any(in_lines_of_file(faults, lines))
    return frame


def check_frame(frame: pd.DataFrame, schema: pa.DataFrameSchema, name: str) -> pd.DataFrame:
    """Hold a frame to its schema; return it with the schema's column order.

    Raises
    ------
    FaultsError : every broken rule, with the line it has in the file ``name``.
    """
    raise_if_any(header_faults(list(frame.columns), schema, name))
    ordered = frame[list(schema.columns)].reset_index(drop=True)
    ordered = ordered.astype({c: dtype_of(d) for c, d in schema.columns.items()})
    raise_if_any(rule_faults(ordered, schema, name))
    return ordered


def write_table(frame: pd.DataFrame, path: Path, schema: pa.DataFrameSchema | None = None) -> None:
    """Write a frame as CSV, whole or not at all; checked against ``schema`` when given."""
    if schema is not None:
        frame = check_frame(frame, schema, str(path))
    logical = [c for c in frame.columns if pd.api.types.is_bool_dtype(frame[c].dtype)]
    frame = frame.assign(**{c: frame[c].astype(INTEGER) for c in logical})
    with written_whole(path) as part:
        frame.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")


def sha256_of_tables(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return one SHA-256 for the names, columns and cells of several tables.

    Of a table that has more columns than a reader uses, it is that of the columns used.
    """
    found = hashlib.sha256()
    for name, table in sorted(tables.items()):
        found.update(name.encode())
        found.update(table.to_csv(index=False, lineterminator="\n").encode())
    return found.hexdigest()


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; rename it to ``path`` when all went well.

    Raises
    ------
    FaultsError : when the disk is full or the folder must not be written to; the file that
        was there is as it was.
    """
    # the ending stays last: writers such as matplotlib read the format from it
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except OSError as error:
        if error.errno not in NO_WRITING or error.filename not in (None, *_names(part, path)):
            raise
        raise FaultsError([_unwritten(path, error)]) from error
    finally:
        # of a folder that must not be written to, nothing can be removed either
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _names(part: Path, path: Path) -> tuple[str, ...]:
    return str(part), str(path), *(str(folder) for folder in path.parents)


def _unwritten(path: Path, error: OSError) -> Fault:
    return Fault(
        str(path),
        "file",
        "the file could not be written, and is as it was before",
        error.strerror or str(error),
        "room on the disk, and a folder that you may write to",
        "make room, or take the protection of the folder away, and run the same again",
    )


def remove_parts(folder: Path) -> None:
    """Remove from a folder what a killed run had half written (:func:`written_whole`)."""
    for part in folder.glob(".*.part*"):
        if part.is_file():
            part.unlink(missing_ok=True)


def _read_text(path: Path, name: str, comments: bool) -> tuple[pd.DataFrame, list[int]]:
    """Return the cells, and the numbers of the header's and the rows' lines in the file."""
    text = read_text(path, name, TABLE, SAVE_AGAIN)
    # a line break of any system ends a line
    file = StringIO(text, newline="")
    kept = without_comments(file) if comments else list(enumerate(file, start=1))
    try:
        lines = list(csv.reader([line for _, line in kept], strict=True))
    except csv.Error as error:
        raise FaultsError([_unreadable(name, str(error))]) from None
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        raise FaultsError([_unreadable(name, "an empty file")])
    header, *rows = lines
    for mark, words in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            raise FaultsError([_unreadable(name, f"{words} between the cells")])
    numbers = [number for number, _ in kept]
    raise_if_any(in_lines_of_file(shape_faults(header, rows, name), numbers))
    return pd.DataFrame(rows, columns=header, dtype="str"), numbers


def _unreadable(name: str, found: str) -> Fault:
    return Fault(
        name,
        "file",
        f"the file must be {TABLE}",
        found,
        "one header line, then lines with as many cells as the header",
        SAVE_AGAIN,
    )
