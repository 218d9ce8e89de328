"""Rows of results as a frame with all columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    return frame.assign(**{name: frame[name].astype("object").fillna("") for name in texts})
