"""Schemas of the tables in results/inference, and of the rows that models rest on."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import code, explained, number, table, text


def inference() -> pa.DataFrameSchema:
    """Obstacles and rivals of one specification by method of inference."""
    return table(
        {
            "spec_id": text(empty=False),
            "term": text(empty=False),
            "method": code(("crv1", "crv3", "wild", "permutation")),
            "estimate": number(nullable=False),
            "std_error": number(0),
            "df": number(0),
            "statistic": number(),
            "p_value": number(0, 1),
            "ci_low": number(),
            "ci_high": number(),
            "draws": number(1, whole=True),
            "effective_clusters": number(0),
            "note": text(),
        },
        ["spec_id", "term", "method"],
        explained("p_value"),
    )


def ally_rows() -> pa.DataFrameSchema:
    """Rows of each ally by model: in its sample, complete, used; cases and events among these."""
    return table(
        {
            "spec_id": text(empty=False),
            "iso3": text(empty=False),
            "rows": number(1, nullable=False, whole=True),
            "complete": number(0, nullable=False, whole=True),
            "used": number(0, nullable=False, whole=True),
            "cases": number(0, whole=True),
            "events": number(0, whole=True),
        },
        ["spec_id", "iso3"],
    )


def ally_missing() -> pa.DataFrameSchema:
    """Rows of an added ally without a variable, by model, and whether the model is estimated."""
    return table(
        {
            "spec_id": text(empty=False),
            "iso3": text(empty=False),
            "estimated": number(0, 1, nullable=False, whole=True),
            "variable": text(empty=False),
            "label": text(empty=False),
            "missing": number(0, nullable=False, whole=True),
        },
        ["spec_id", "iso3", "variable"],
    )
