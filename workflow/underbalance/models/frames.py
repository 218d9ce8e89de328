"""Rows of results as a frame with all columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd


def frame_of(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], texts: Collection[str]
) -> pd.DataFrame:
    """Return rows in the order of ``columns``, with an empty text where a row has none.

    Columns that are not among ``texts`` are numbers, missing where a row has none.
    """
    frame = pd.DataFrame(list(rows)).reindex(columns=list(columns))
    numbers = [name for name in columns if name not in texts]
    frame[numbers] = frame[numbers].astype("float64")
    words = [name for name in columns if name in texts]
    return frame.assign(**{name: frame[name].astype("object").fillna("") for name in words})


def joined(
    parts: Iterable[pd.DataFrame], columns: Sequence[str], texts: Collection[str]
) -> pd.DataFrame:
    """Return the rows of several frames as one; a column may be empty in some of them."""
    rows = [
        {str(name): value for name, value in row.items()}
        for part in parts
        for row in part.to_dict("records")
    ]
    return frame_of(rows, columns, texts)
