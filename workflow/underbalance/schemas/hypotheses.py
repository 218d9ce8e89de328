"""Schemas of results/scorecard.csv and of the tables in results/hypotheses."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import code, explained, number, table, text

HYPOTHESES = ("H1", "H2", "H3", "H4", "H5", "R1", "R2", "R3")
VERDICTS = ("supported", "contradicted", "not supported", "no verdict")
GROUPS = ("inconsistency", "slowness")
YES_NO = ("", "yes", "no")


def scorecard() -> pa.DataFrameSchema:
    """Verdicts on the hypotheses, and what each primary model says of them."""
    return table(
        {
            "hypothesis": code(HYPOTHESES),
            "statement": text(empty=False),
            "verdict": code(VERDICTS),
            "kind": code(("model", "contrast", "pointer")),
            "spec_id": text(),
            "outcome": text(),
            "estimator": text(),
            "scale": code(("", "pace", "duration", "unsteadiness", "failure", *GROUPS)),
            "term": text(),
            "estimate": number(),
            "std_error": number(0),
            "ci_low": number(),
            "ci_high": number(),
            "p_value": number(0, 1),
            "p_method": text(),
            "p_holm": number(0, 1),
            "p_crv3": number(0, 1),
            "p_permutation": number(0, 1),
            "effective_clusters": number(0),
            "n": number(1, whole=True),
            "n_events": number(0, whole=True),
            "n_clusters": number(0, whole=True),
            "predicted_sign": number(-1, 1, whole=True),
            "agrees": code(YES_NO),
            "role": text(empty=False),
        },
        ["hypothesis", "kind", "spec_id", "term"],
    )


def contrasts() -> pa.DataFrameSchema:
    """Whether an obstacle has more of an effect on one group of outcomes than on the other."""
    return table(
        {
            "hypothesis": code(HYPOTHESES),
            "term": text(empty=False),
            "more": code(GROUPS),
            "less": code(GROUPS),
            "models_more": number(0, nullable=False, whole=True),
            "models_less": number(0, nullable=False, whole=True),
            **_bootstrapped(),
            "allies": number(0, nullable=False, whole=True),
            "note": text(),
        },
        ["hypothesis", "term"],
    )


def effects() -> pa.DataFrameSchema:
    """Standardised effects of the obstacles by model, and their means."""
    return table(
        {
            "term": text(),
            "group": code(GROUPS),
            "spec_id": text(empty=False),
            "coefficient": number(),
            "sd": number(0),
            **_bootstrapped(),
            "note": text(),
        },
        ["term", "group", "spec_id"],
    )


def weights() -> pa.DataFrameSchema:
    """General dominance and estimates of the obstacles by region and outcome."""
    return table(
        {
            "region": text(empty=False),
            "group": code(GROUPS),
            "spec_id": text(empty=False),
            "obstacle": text(),
            "dominance": number(),
            "share": number(),
            "share_low": number(),
            "share_high": number(),
            "estimate": number(),
            "std_error": number(0),
            "ci_low": number(),
            "ci_high": number(),
            "p_value": number(0, 1),
            "effect": number(),
            "fit_gain": number(),
            "joint_p": number(0, 1),
            "draws": number(0, whole=True),
            "failed": number(0, whole=True),
            "n": number(1, whole=True),
            "n_events": number(0, whole=True),
            "n_clusters": number(1, whole=True),
            "note": text(),
        },
        ["region", "group", "spec_id", "obstacle"],
    )


def years() -> pa.DataFrameSchema:
    """Mean durations with obstacles as they are and one of them a standard deviation higher."""
    return table(
        {
            "hypothesis": code(HYPOTHESES),
            "spec_id": text(empty=False),
            "term": text(empty=False),
            "unit": code(("years", "months")),
            "mean": number(0),
            "mean_higher": number(0),
            "difference": number(),
            "ci_low": number(),
            "ci_high": number(),
            "draws": number(0, whole=True),
            "failed": number(0, whole=True),
            "horizon": number(1, whole=True),
            "n_spells": number(1, whole=True),
            "note": text(),
        },
        ["hypothesis", "spec_id", "term"],
        explained("difference"),
        explained("ci_low"),
    )


def nested() -> pa.DataFrameSchema:
    """Gains of obstacles given rivals, and of rivals given obstacles, by primary model."""
    return table(
        {
            "spec_id": text(empty=False),
            "comparison": text(empty=False),
            "terms": text(),
            "loglik_without": number(),
            "loglik_with": number(),
            "lr": number(0),
            "lr_df": number(1, whole=True),
            "lr_p": number(0, 1),
            "aic_without": number(),
            "aic_with": number(),
            "wald_f": number(0),
            "wald_df": number(1, whole=True),
            "wald_p": number(0, 1),
            "score": text(),
            "score_without": number(),
            "score_with": number(),
            "predicts_better": code(YES_NO),
            "n_predicted": number(0, whole=True),
            "n": number(1, whole=True),
            "n_events": number(0, whole=True),
            "n_clusters": number(1, whole=True),
            "note": text(),
        },
        ["spec_id", "comparison"],
    )


def _bootstrapped() -> dict[str, pa.Column]:
    return {
        "effect": number(),
        "std_error": number(0),
        "ci_low": number(),
        "ci_high": number(),
        "se_low": number(),
        "se_high": number(),
        "p_value": number(0, 1),
        "draws": number(0, whole=True),
        "failed": number(0, whole=True),
    }
