"""When cases are watched: from entry to stop."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.model import Array


def check_watch(cases: pd.DataFrame, stop: str, entry: str | None) -> None:
    """Raise EstimationError for times below zero or a watch of no length."""
    for column in [stop, *([entry] if entry else [])]:
        if (cases[column] < 0).any():
            raise EstimationError(f"'{column}' is negative in {(cases[column] < 0).sum()} rows")
    short = cases[stop] <= entry_times(cases, entry)
    if short.any():
        start = f"'{entry}'" if entry else "zero"
        raise EstimationError(f"'{stop}' is not after {start} in {short.sum()} rows")


def entry_times(cases: pd.DataFrame, entry: str | None) -> Array:
    """Return when each case's watch begins: a column, or zero for all."""
    return cases[entry].to_numpy() if entry else np.zeros(len(cases))
