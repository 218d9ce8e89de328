"""Schemas of the tables in results/sensitivity."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import code, explained, number, table, text
from underbalance.schemas.hypotheses import HYPOTHESES

TEST = ["spec_id", "term", "hypothesis"]
KINDS = ("primary", "coding", "part", "sample", "rows", "rivals")


def leave_one_out() -> pa.DataFrameSchema:
    """Primary estimates without each ally in turn."""
    return table(
        {
            **_labels(),
            "left_out": text(),
            **_estimate(),
            **_interval(),
            "p_value": number(0, 1),
            "p_method": text(),
            "df": number(0),
            "full_estimate": number(),
            "full_std_error": number(0),
            "influence": number(),
            "n_clusters": number(1, whole=True),
            "note": text(),
            "full_p_value": number(0, 1),
            "full_p_method": text(),
            "full_ci_low": number(),
            "full_ci_high": number(),
        },
        [*TEST, "left_out"],
        explained("estimate"),
        explained("p_value"),
    )


def robustness_value() -> pa.DataFrameSchema:
    """How strong an omitted variable would have to be."""
    return table(
        {
            **_labels(),
            "measure": code(("", "none", "robustness value", "E-value")),
            **_estimate(),
            "df": number(0),
            "partial_r2": number(0, 1),
            "rv": number(0, 1),
            "rv_alpha": number(0, 1),
            "rival": text(),
            "rival_r2_obstacle": number(0, 1),
            "rival_r2_outcome": number(0, 1),
            "adjusted_estimate": number(),
            "adjusted_std_error": number(0),
            "e_value": number(1),
            "e_value_limit": number(1),
            **_counts(),
            "note": text(),
        },
        TEST,
        explained("estimate"),
    )


def collinearity() -> pa.DataFrameSchema:
    """How much the other regressors widen each term's variance, and whose variance it is."""
    return table(
        {
            "spec_id": text(empty=False),
            "term": text(),
            "role": code(("", "obstacle", "rival")),
            "vif": number(1 - 1e-6),
            "largest_ally": text(),
            "largest_share": number(0, 1),
            "n": number(1, whole=True),
            "n_clusters": number(1, whole=True),
            "note": text(),
        },
        ["spec_id", "term"],
        explained("vif"),
    )


def power() -> pa.DataFrameSchema:
    """Share of simulated outcomes in which the test rejects, by true effect."""
    return table(
        {
            **_labels(),
            "effect": number(0),
            "coefficient": number(),
            "power": number(0, 1),
            "detectable_effect": number(0),
            "simulations": number(1, whole=True),
            "draws": number(1, whole=True),
            **_counts(),
            "note": text(),
        },
        [*TEST, "effect"],
        explained("power"),
        explained("detectable_effect"),
    )


def placebo() -> pa.DataFrameSchema:
    """Estimates of the obstacle of the year before and after, apart and together."""
    return table(
        {
            **_labels(),
            "model": code(("lag", "lead", "both")),
            "when": code(("lag", "lead")),
            **_estimate(),
            "p_value": number(0, 1),
            "p_method": text(),
            **_counts(),
            "correlation": number(-1, 1),
            "note": text(),
        },
        [*TEST, "model", "when"],
        explained("estimate"),
        explained("p_value"),
    )


def alternatives() -> pa.DataFrameSchema:
    """Estimates of the same models by other estimators."""
    return table(
        {
            **_labels(),
            "estimator": text(empty=False),
            "scale": text(empty=False),
            **_estimate(),
            "se_type": text(),
            "p_value": number(0, 1),
            "p_method": text(),
            "comparable": number(),
            "comparable_std_error": number(0),
            "comparable_scale": text(),
            "time_ratio": number(0),
            "direction": text(),
            **_counts(),
            "note": text(),
        },
        [*TEST, "estimator"],
        explained("estimate"),
        explained("p_value"),
    )


def specification_curve() -> pa.DataFrameSchema:
    """Estimates with every coding, sample and set of rows."""
    return table(
        {
            **_labels(),
            "kind": code(KINDS),
            "choice": text(),
            **_estimate(),
            "p_value": number(0, 1),
            "p_method": text(),
            **_interval(),
            "effect": number(),
            "effect_low": number(),
            "effect_high": number(),
            "predicted_sign": number(0, 1, whole=True),
            "counted": number(0, 1, nullable=False, whole=True),
            **_counts(),
            "note": text(),
        },
        [*TEST, "kind", "choice"],
        explained("estimate"),
        explained("p_value"),
    )


def curve_summary() -> pa.DataFrameSchema:
    """Shares of the specification curve by result; those of none are empty."""
    shares = ("share_predicted_sign", "share_significant", "share_predicted_and_significant")
    counts = ("specifications", "estimated", "n_counted")
    return table(
        {
            "hypothesis": code(HYPOTHESES),
            "spec_id": text(empty=False),
            **{name: number(0, nullable=False, whole=True) for name in counts},
            **{name: number(0, 1) for name in shares},
            "median_effect": number(),
        },
        ["hypothesis", "spec_id"],
    )


def _labels() -> dict[str, pa.Column]:
    return {"spec_id": text(empty=False), "hypothesis": code(HYPOTHESES), "term": text(empty=False)}


def _estimate() -> dict[str, pa.Column]:
    return {"estimate": number(), "std_error": number(0)}


def _interval() -> dict[str, pa.Column]:
    return {"ci_low": number(), "ci_high": number()}


def _counts() -> dict[str, pa.Column]:
    return {
        "n": number(1, whole=True),
        "n_events": number(0, whole=True),
        "n_clusters": number(1, whole=True),
    }
