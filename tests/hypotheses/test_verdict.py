"""The rule of the verdict in all its branches, by hand-made p-values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.hypotheses.verdict import (
    CONTRADICTED,
    COUNTS,
    NO_VERDICT,
    NOT_SUPPORTED,
    SUPPORTED,
    corrected,
    role,
    verdict,
)

WILD = "wild cluster bootstrap (Rademacher, 9,999 draws)"


def models(*signed_p: float, sign: int = 1, roles: str | list[str] = COUNTS) -> pd.DataFrame:
    """Models with these p-values, negative where the estimate has the opposite sign."""
    given = np.array(signed_p)
    frame = pd.DataFrame({"estimate": np.sign(given) * sign, "p_value": np.abs(given)})
    frame["predicted_sign"] = sign
    frame["role"] = roles
    return frame.assign(p_holm=corrected(frame["p_value"], frame["role"]))


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("signed_p", "expected"),
    [
        ((0.01, 0.9), SUPPORTED),  # exactly half
        ((0.01, 0.9, 0.9), NOT_SUPPORTED),  # a third
        ((0.001, 0.001, 0.9), SUPPORTED),  # two of three
        ((0.001, 0.001, 0.9, 0.9, 0.9), NOT_SUPPORTED),  # two of five are less than half
        ((0.001, 0.001, 0.001, 0.9, -0.9), SUPPORTED),  # opposite sign, but not clear
        ((0.001, 0.001, -0.04), NOT_SUPPORTED),  # opposite with an uncorrected p < .05
        ((0.001, 0.001, -0.05), SUPPORTED),  # .05 is not below .05
        ((0.03, 0.9), NOT_SUPPORTED),  # .03 becomes .06
        ((0.05,), NOT_SUPPORTED),
        ((0.04,), SUPPORTED),
        ((-0.04,), CONTRADICTED),
        ((-0.01, -0.9), CONTRADICTED),
        ((-0.001, -0.001, 0.04), NOT_SUPPORTED),
        ((-0.001, -0.001, 0.06), CONTRADICTED),
        ((0.001, -0.001), NOT_SUPPORTED),  # clear in both directions
        ((0.9, 0.9), NOT_SUPPORTED),
    ],
)
def test_verdict_follows_the_rule_of_the_plan(
    signed_p: tuple[float, ...], expected: str, sign: int
) -> None:
    assert verdict(models(*signed_p, sign=sign)) == expected


def test_models_that_do_not_count_neither_support_nor_stand_against() -> None:
    roles = [COUNTS, "descriptive: fewer than 30 events", "not estimated: no events"]
    assert verdict(models(0.04, -0.001, 0.9, roles=roles)) == SUPPORTED


def test_without_a_model_that_counts_there_is_no_verdict() -> None:
    assert verdict(models(0.001, 0.001, roles="descriptive: no p-value")) == NO_VERDICT
    assert verdict(models()) == NO_VERDICT


def test_an_estimate_of_zero_has_neither_sign() -> None:
    zero = models(0.001).assign(estimate=0.0)
    assert verdict(zero) == NOT_SUPPORTED


def test_holm_is_over_the_models_that_count_only() -> None:
    p, roles = pd.Series([0.01, 0.02, 0.03]), pd.Series([COUNTS, "descriptive: x", COUNTS])
    found = corrected(p, roles)
    assert found[[0, 2]].tolist() == [0.02, 0.03]
    assert np.isnan(found[1])


@pytest.mark.parametrize(
    ("n_events", "p_value", "p_method", "note", "expected"),
    [
        (30, 0.5, WILD, "", COUNTS),
        (np.nan, 0.5, WILD, "years 1990 to 2020", COUNTS),
        (pd.NA, 0.5, WILD, "", COUNTS),
        (29, 0.5, WILD, "", "descriptive: fewer than 30 events"),
        (29, np.nan, "t(8)", "too few clusters: 9 < 10", "descriptive: fewer than 30 events"),
        (
            50,
            np.nan,
            "t(8)",
            "a; too few clusters: 9 < 10",
            "descriptive: too few clusters: 9 < 10",
        ),
        (50, np.nan, WILD, "", "descriptive: no p-value"),
        (50, 0.001, "t(29)", "", "descriptive: no wild cluster bootstrap"),
        (np.nan, np.nan, "", "not estimated: no events", "not estimated: no events"),
    ],
)
def test_role_says_why_a_model_does_not_count(
    n_events: float, p_value: float, p_method: str, note: str, expected: str
) -> None:
    assert role(n_events, p_value, p_method, note) == expected
