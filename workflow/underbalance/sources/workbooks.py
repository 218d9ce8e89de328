"""Opening original workbooks, with the same messages as for CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError

from underbalance.errors import Fault, FaultsError
from underbalance.sources.originals import demand_columns


def read_first_sheet(path: Path, columns: Sequence[str], *, rest: bool = False) -> pd.DataFrame:
    """Read the named columns of the first sheet of a workbook (.xlsx, .xls).

    ``rest`` says to return the columns that are not named, too.

    Raises
    ------
    FaultsError : for every column that the sheet does not have, and when the file is no
        workbook.
    """
    try:
        data: pd.DataFrame = pd.read_excel(path, engine="calamine")
    except (CalamineError, ValueError) as error:
        raise FaultsError(
            [
                Fault(
                    str(path),
                    "file",
                    "the release must be a workbook",
                    " ".join(str(error).split()),
                    "a workbook whose first sheet has one header line",
                    "download the release again, and do not save it with another program",
                )
            ]
        ) from None
    demand_columns([str(column) for column in data.columns], columns, path)
    return data if rest else data[list(columns)].copy()
