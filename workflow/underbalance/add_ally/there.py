"""Files that an extension has already: those that cannot be read are told before any is used."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from underbalance.errors import Fault
from underbalance.extensions import ALLIES, RIVALS, SOURCES, has_rows
from underbalance.registry import read_commented
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.table_faults import header_faults

SCHEMAS: Final = {ALLIES: lists.allies, RIVALS: lists.rivals, SOURCES: lists.sources, **FACTS}


def unreadable_faults(folder: Path, replaced: Collection[str] = ()) -> list[Fault]:
    """Return the faults of files that are no tables, or have not the columns of their table.

    What stands in their cells is told by ``underbalance check``.

    Parameters
    ----------
    folder : of the extension, there or not.
    replaced : tables that are to be written anew, whatever they are.
    """
    paths = [path for path in sorted(folder.glob("*.csv")) if path.stem in {*SCHEMAS} - {*replaced}]
    return [fault for path in paths if has_rows(path) for fault in _faults(path)]


def _faults(path: Path) -> list[Fault]:
    try:
        columns = [str(name) for name in read_commented(path).columns]
    except ValueError as error:
        return [
            Fault(
                path.as_posix(),
                "file",
                "the file must be a comma-separated table in UTF-8",
                str(error),
                "one header line, then lines with as many cells as the header",
                "save it again as CSV in UTF-8, or take it out of the extension",
            )
        ]
    return header_faults(columns, SCHEMAS[path.stem](), path.as_posix())
