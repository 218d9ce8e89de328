"""Schema of the tables in results/inference."""

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
