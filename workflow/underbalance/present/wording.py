"""How numbers, terms and methods are worded in tables and figures."""

from __future__ import annotations

import pandas as pd

from underbalance.models.terms import LAG
from underbalance.specifications import Specification

SMALLEST_P = 0.001
ESTIMATORS = {
    "panel": "Least squares with ally and year fixed effects",
    "grouped": "Complementary log-log model of grouped durations "
    "(proportional hazards) with a dummy for each duration",
}
EFFECTS = {
    "panel": ["Ally fixed effects", "Year fixed effects"],
    "grouped": ["Duration dummies"],
}
SCALES = {
    "panel": "Coefficient",
    "grouped": "Log hazard ratio",
}


def term_label(term: str, codebook: pd.DataFrame, table: str) -> str:
    """Return the codebook's label of a term; (t − 1) marks values of the year before."""
    variable = term.removesuffix(LAG)
    tables = ["ally_year"] if term.endswith(LAG) else [table]
    rows = codebook[(codebook["name"] == variable) & codebook["table"].isin(tables)]
    label = str(rows["label"].iloc[0]) if len(rows) else variable
    return f"{label} (t\u00a0−\u00a01)" if term.endswith(LAG) else label


def shown_terms(spec: Specification) -> list[str]:
    """Return the terms a table shows: obstacles, then rivals, then controls.

    Dummies of durations and categories are estimated but only named.
    """
    terms = [*(f"{v}{LAG}" for v in spec.lagged), *spec.controls]
    first = [t for t in terms if t.removesuffix(LAG) in spec.obstacles]
    return [*first, *(t for t in terms if t not in first)]


def decimal(number: float, places: int = 3) -> str:
    """Return a number with a true minus sign, empty when missing."""
    if pd.isna(number):
        return ""
    return f"{number:.{places}f}".replace("-", "−")


def percent(share: float) -> str:
    """Return a share in percent, such as ``95 %`` or ``99.9 %``."""
    return f"{100 * share:g} %"


def p_text(p: float) -> str:
    """Return a p-value, ``< 0.001`` below that, empty when missing."""
    if pd.isna(p):
        return ""
    return f"< {SMALLEST_P}" if p < SMALLEST_P else f"{p:.3f}"


def whole(number: int) -> str:
    """Return a count with thin groups of thousands."""
    return f"{int(number):,}"


def quantile_words(quantile: float) -> str:
    """Return what a quantile is called, such as ``median`` or ``75 % quantile``."""
    return "median" if quantile == 0.5 else f"{percent(quantile)} quantile"


def region_words(region: str) -> str:
    """Return a region of config/allies.csv in words."""
    return region.replace("_", " ").title().replace("Asia Pacific", "Asia-Pacific")
