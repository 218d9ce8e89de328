"""Reading original workbooks in the old Excel format (.xls)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError

from underbalance.errors import Fault, FaultsError
from underbalance.sources.originals import demand_columns


def read_legacy_workbook(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read the first sheet of an original .xls file, all of its columns.

    Parameters
    ----------
    columns : the source's own column names that the parser cannot do without.

    Raises
    ------
    FaultsError : for every such column that the sheet does not have, and when the file is
        no workbook.
    """
    try:
        sheet: pd.DataFrame = pd.read_excel(path, engine="calamine")
    except (CalamineError, ValueError) as error:
        raise FaultsError([_unreadable(path, str(error))]) from None
    demand_columns([str(column) for column in sheet.columns], columns, path)
    return sheet


def _unreadable(path: Path, found: str) -> Fault:
    return Fault(
        str(path),
        "file",
        "the release must be an Excel workbook",
        " ".join(found.split()),
        "the .xls file as the source offers it",
        "download the release again, and do not save it with another program",
    )
