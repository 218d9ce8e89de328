"""Opening the original files of a source, with a clear message when they are not as expected."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Sequence
from os import SEEK_END
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.errors import Fault, FaultsError, raise_if_any

UNREADABLE = (
    UnicodeDecodeError,
    pd.errors.EmptyDataError,
    pd.errors.ParserError,
    pd.errors.ParserWarning,
)
# of the end of a file: more than the longest line of a release
END_BYTES = 1_000_000
SEPARATED = {",": "comma-separated", "\t": "tab-separated"}


# the files that parsers of this process asked for: what is not among them was not read
FOUND: set[Path] = set()


def find_original(folder: Path, pattern: str) -> Path:
    """Return the one file in ``folder`` whose name matches ``pattern``.

    Raises
    ------
    FaultsError : when no file or more than one matches.
    """
    found = sorted(folder.glob(pattern))
    if len(found) == 1:
        FOUND.add(found[0])
        return found[0]
    names = ", ".join(path.name for path in found) or "no such file"
    raise FaultsError(
        [
            Fault(
                str(folder),
                f"file {pattern}",
                "exactly one file of the source must match the pattern",
                names,
                f"one file named like {pattern}",
                "download the release into this folder, and keep only the newest",
            )
        ]
    )


def read_original(
    path: Path,
    columns: Sequence[str],
    *,
    encoding: str = "utf-8",
    text: bool = False,
    separator: str = ",",
    rest: bool = False,
) -> pd.DataFrame:
    """Read the named columns of an original CSV file.

    Parameters
    ----------
    columns : the source's own column names that the parser needs.
    text : keep every cell as text (missing cells are ``""``).
    separator : between the cells of a line.
    rest : return the columns that are not named, too.

    Raises
    ------
    FaultsError : for every column that the file does not have, and when it is no table
        in that encoding.
    """
    kind: dict[str, Any] = {"dtype": "str", "keep_default_na": False} if text else {}
    try:
        with warnings.catch_warnings():
            # without index_col=False pandas takes the first column of lines that are one
            # cell too long for row names, and every column slips by one
            warnings.simplefilter("error", pd.errors.ParserWarning)
            data: pd.DataFrame = pd.read_csv(
                path, sep=separator, encoding=encoding, index_col=False, low_memory=False, **kind
            )
    except OSError as error:
        told = error.strerror or str(error)
        raise unreadable(path, "a file that can be read", told, "a file you may read") from None
    except UNREADABLE as error:
        form = f"a {SEPARATED[separator]} table in {encoding}"
        lines = "one header line, then lines with as many cells as the header"
        raise unreadable(path, form, str(error), lines) from None
    demand_columns(list(data.columns), columns, path)
    _demand_once(list(data.columns), columns, path)
    _demand_whole_end(path, len(data.columns), encoding, separator)
    return data if rest else data[list(columns)].copy()


def _demand_once(found: Sequence[str], wanted: Sequence[str], path: Path) -> None:
    """Refuse a wanted column that is there twice: pandas numbers the second one."""
    faults = [
        Fault(
            str(path),
            f"column {column}",
            "the release must have this column once",
            "twice",
            "once",
            "download the release again, and do not save it with another program",
        )
        for column in wanted
        if f"{column}.1" in found
    ]
    raise_if_any(faults)


def _demand_whole_end(path: Path, columns: int, encoding: str, separator: str) -> None:
    """Refuse a file that ends within a line, whose missing cells pandas would fill up."""
    with path.open("rb") as file:
        file.seek(0, SEEK_END)
        file.seek(max(0, file.tell() - END_BYTES))
        end = file.read()
    # in a wider encoding the end is no text by itself; such a file is read as a whole or not
    if encoding.lower().replace("-", "").startswith("utf16") or b"\n" not in end.rstrip():
        return
    last = end.rstrip(b"\r\n").rpartition(b"\n")[2].decode(encoding, errors="replace")
    cells = next(csv.reader([last], delimiter=separator), [])
    if last.count('"') % 2 == 0 and len(cells) < columns and not end.endswith(b"\n"):
        found = f"the last line ends after {len(cells)} of {columns} cells"
        raise unreadable(path, "whole", found, "a last line with as many cells as the header")


def numbers(cells: pd.Series) -> pd.Series:
    """Return the numbers of text cells as floats; an empty cell is missing."""
    return pd.to_numeric(cells.replace("", None)).astype("float64")


def unreadable(path: Path, form: str, found: str, allowed: str) -> FaultsError:
    """Return the error of an original file that is not in the form it is published in."""
    fault = Fault(
        str(path),
        "file",
        f"the release must be {form}",
        " ".join(found.split()),
        allowed,
        "download the release again, and do not save it with another program",
    )
    return FaultsError([fault])


def demand_columns(found: Sequence[str], wanted: Sequence[str], path: Path) -> None:
    """Raise a fault for every wanted column that was not found."""
    faults = [
        Fault(
            str(path),
            f"column {column}",
            "the release must have this column",
            "not in the header: " + ", ".join(str(c) for c in found[:12]) + " …",
            column,
            "check that this is the file SOURCE.yaml describes; if a newer release renamed "
            "the column, adapt the parser of this source",
        )
        for column in wanted
        if column not in found
    ]
    if faults:
        raise FaultsError(faults)
