"""Schemas of the tables in results/description."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import code, number, table, text


def variables() -> pa.DataFrameSchema:
    """Descriptive statistics of the variables of the primary models."""
    return table(
        {
            "panel": text(empty=False),
            "spec_id": text(),
            "table": text(empty=False),
            "variable": text(empty=False),
            "role": code(("index", "variable", "outcome", "duration", "event", "control")),
            "unit_of_rows": code(("ally-years", "cases")),
            "n": _count(),
            "possible": _count(),
            "share_missing": number(0, 1),
            "allies": _count(),
            "first_year": number(whole=True),
            "last_year": number(whole=True),
            "mean": number(),
            "sd": number(0),
            "sd_within": number(0),
            "minimum": number(),
            "median": number(),
            "maximum": number(),
        },
        ["panel", "spec_id", "variable"],
    )


def correlations() -> pa.DataFrameSchema:
    """Correlations of obstacles, components and rivals in the reference sample."""
    return table(
        {
            "level": code(("overall", "within", "between")),
            "first": text(empty=False),
            "second": text(empty=False),
            "pearson": number(-1 - 1e-9, 1 + 1e-9),
            "spearman": number(-1 - 1e-9, 1 + 1e-9),
            "n": _count(),
            "allies": _count(),
        },
        ["level", "first", "second"],
    )


def coverage() -> pa.DataFrameSchema:
    """Ally-years of every facts table and source by status."""
    return table(
        {
            "table": text(empty=False),
            "source": text(empty=False),
            "allies": _count(),
            "first_year": number(whole=True),
            "last_year": number(whole=True),
            "observed": _count(),
            "missing": _count(),
            "outside": _count(),
        },
        ["table", "source"],
    )


def membership() -> pa.DataFrameSchema:
    """Years of each ally in the sample."""
    return table(
        {"iso3": text(empty=False), "years": text(empty=False), "ally_years": _count()}, ["iso3"]
    )


def _count() -> pa.Column:
    return number(0, nullable=False, whole=True)
