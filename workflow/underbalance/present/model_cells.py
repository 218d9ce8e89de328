"""The cells of a term in a table of models, in the style that is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.models.tidy import TOO_FEW
from underbalance.present.model_notes import Column
from underbalance.present.table_style import Below, Style, star_mark
from underbalance.present.wording import decimal, equals_p, interval_words, p_text

HOLM: Final = "Holm p"
WITHHELD: Final = "p-values, intervals"


def term_rows(
    label: str, term: str, columns: list[Column], holm: list[float | None], style: Style
) -> Iterator[tuple[str, ...]]:
    """Give the rows of a term: estimates, and below them what the style says.

    Parameters
    ----------
    label : of the term.
    columns : the models.
    holm : p after Holm's correction in each model, None where it is not tested.
    """
    pairs = list(zip(columns, holm, strict=True))
    yield (label, *(_estimate(column, term, p, style) for column, p in pairs))
    for kind in style.below:
        if kind != "holm":
            yield ("", *(_below(kind, column.rows.get(term), style) for column in columns))
        elif any(p is not None for p in holm):
            yield (HOLM, *("" if p is None else p_text(p) for p in holm))


def withheld_row(columns: list[Column]) -> Iterator[tuple[str, ...]]:
    """Give the row that says which models have too few clusters for a p-value, if any has."""
    told = [any(part.startswith(TOO_FEW) for part in column.parts) for column in columns]
    if any(told):
        yield (WITHHELD, *(TOO_FEW if few else "" for few in told))


def _estimate(column: Column, term: str, holm: float | None, style: Style) -> str:
    if not column.estimated:
        return "not estimated" if term == column.terms[0] else ""
    row = column.rows.get(term)
    if row is None:
        return ""
    p = holm if style.stars_by == "holm" and holm is not None else row["p_value"]
    # under too few clusters p is missing, and with it the star
    return f"{decimal(row['estimate'], style.decimals)}{star_mark(style, p)}"


def _below(kind: Below, row: Mapping[Any, Any] | None, style: Style) -> str:
    if row is None or pd.isna(row["std_error"]):
        return ""
    match kind:
        case "std_error":
            return f"({decimal(row['std_error'], style.decimals)})"
        case "interval":
            return interval_words(row["ci_low"], row["ci_high"], style.decimals)
    return equals_p(row["p_value"])
