"""How numbers are worded in tables and figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

SMALLEST_P = 0.001


def label_of(variable: str, codebook: pd.DataFrame, table: str) -> str:
    """Return the codebook's label of a column, its name where it has none."""
    rows = codebook[(codebook["name"] == variable) & (codebook["table"] == table)]
    return str(rows["label"].iloc[0]) if len(rows) else variable


def level_words(variable: str, level: str, codebook: pd.DataFrame, table: str) -> str:
    """Return what the codebook says a code of a variable means, the code where it is silent."""
    rows = codebook[(codebook["name"] == variable) & (codebook["table"] == table)]
    meanings = str(rows["formula"].iloc[0]) if len(rows) else ""
    words = dict(part.split(": ", 1) for part in meanings.split("; ") if ": " in part)
    return words.get(level, level)


def within_line(label: str) -> str:
    """Return a label as it stands within a line; abbreviations keep their capitals."""
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def labels_within_lines(codebook: pd.DataFrame, table: str = "ally_year") -> dict[str, str]:
    """Return the labels of a table's columns by name, as they stand within a line."""
    rows = codebook[codebook["table"] == table]
    return {n: within_line(label) for n, label in zip(rows["name"], rows["label"], strict=True)}


def as_heading(label: str) -> str:
    """Return a label with a capital at its beginning."""
    return f"{label[:1].upper()}{label[1:]}"


def decimal(number: float, places: int = 3) -> str:
    """Return a number with a true minus sign, empty when missing, ∞ where there is no end."""
    if pd.isna(number):
        return ""
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    # + 0 turns a rounded -0 into 0
    return f"{round(number, places) + 0.0:.{places}f}".replace("-", "−")


def ratio_of(log: float) -> float:
    """Return exp of a log ratio, infinite where that is beyond all numbers, nan when missing."""
    if pd.isna(log):
        return math.nan
    try:
        return math.exp(log)
    except OverflowError:
        return math.inf


def places_for(spread: float, digits: int = 2) -> int:
    """Return the decimals that show a spread with so many digits: 0 to 4, 2 where it is 0."""
    if pd.isna(spread) or not spread > 0:
        return 2
    return min(max(digits - 1 - math.floor(math.log10(spread)), 0), 4)


def grouped_decimal(number: float, places: int) -> str:
    """Return a number as :func:`decimal`, with groups of thousands."""
    if math.isinf(number):
        return decimal(number)
    return f"{round(number, places) + 0.0:,.{places}f}".replace("-", "−")


def three_digits(number: float) -> str:
    """Return a number with three digits, more before the point, empty when missing."""
    if pd.isna(number):
        return ""
    return (whole(number) if abs(number) >= 1000 else f"{number:.3g}").replace("-", "−")


def interval_words(low: float, high: float, places: int = 3) -> str:
    """Return an interval such as ``[−0.1, 0.2]``; an end that it does not have is open."""
    if pd.isna(low) or pd.isna(high):
        return ""
    left, right = "(" if math.isinf(low) else "[", ")" if math.isinf(high) else "]"
    return f"{left}{decimal(low, places)}, {decimal(high, places)}{right}"


def rounded_percent(share: float, places: int = 0) -> str:
    """Return a share in percent with so many decimals, empty when missing."""
    return "" if pd.isna(share) else f"{decimal(100 * share, places)} %"


def percent(share: float) -> str:
    """Return a share in percent, such as ``95 %`` or ``99.9 %``."""
    return f"{100 * share:g} %"


def p_text(p: float) -> str:
    """Return a p-value, ``< 0.001`` below that, empty when missing."""
    if pd.isna(p):
        return ""
    return f"< {SMALLEST_P}" if p < SMALLEST_P else f"{p:.3f}"


def equals_p(p: float) -> str:
    """Return a p-value with its name, such as ``p = 0.012``, empty when missing."""
    text = p_text(p)
    return text and f"p {text if text.startswith('<') else f'= {text}'}"


def whole(number: float) -> str:
    """Return a whole number with groups of thousands."""
    return f"{round(number):,}"


def quantile_words(quantile: float) -> str:
    """Return what a quantile is called, such as ``median`` or ``75 % quantile``."""
    return "median" if quantile == 0.5 else f"{percent(quantile)} quantile"


def region_words(region: str) -> str:
    """Return a region of config/allies.csv in words."""
    return region.replace("_", " ").title().replace("Asia Pacific", "Asia-Pacific")


def citation(source: Mapping[Any, Any]) -> str:
    """Return a row of the registry of sources as a reference."""
    return (
        f"{source['authors']} ({source['published']}). {source['work']}. "
        f"Version used: {source['version']}."
    )
