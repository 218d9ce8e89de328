"""Estimates with standard errors and p-values below them, one column for each model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from underbalance.present.tables_of_results.tried import NO_P, SILENT, mark
from underbalance.present.wording import decimal, equals_p

Record = Mapping[Any, Any]
Cells = tuple[str, ...]


def estimate_lines(label: str, rows: Sequence[Record]) -> Iterator[Cells]:
    """Give a line of estimates, one of their standard errors, and one of their p-values."""
    yield (label, *map(_estimate, rows))
    for cell in (_error, _p):
        below = [cell(row) for row in rows]
        if any(below):
            yield ("", *below)


def _estimate(row: Record) -> str:
    if not row:
        return ""
    if pd.isna(row["estimate"]):
        return SILENT
    return f"{decimal(row['estimate'])}{mark(row['note'])}"


def _error(row: Record) -> str:
    if not row or pd.isna(row["estimate"]):
        return ""
    return f"({decimal(row['std_error'])})"


def _p(row: Record) -> str:
    if not row or pd.isna(row["estimate"]):
        return ""
    return equals_p(row["p_value"]) or f"p {NO_P}"
