"""Robustness values by hand, and against an omitted variable of planted strength."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models.tidy import Fit
from underbalance.sensitivity.robustness_value import (
    benchmark,
    clustered_robustness_value,
    conventional_error,
    e_value,
    partial_r2,
    residual_df,
    robustness_value,
)

Make = Callable[..., Fit]
Allies = Callable[..., pd.DataFrame]

# Cinelli and Hazlett (2020, table 1, violence in Darfur): t = 4.18, 783 degrees of freedom,
# partial R² 2.2 %, RV 13.9 %, RV at 5 % 7.6 %
T, DOF = 4.18445, 783


def test_values_equal_the_published_example() -> None:
    assert partial_r2(T, DOF) == pytest.approx(0.02187, abs=5e-5)
    assert robustness_value(T, DOF) == pytest.approx(0.13878, abs=5e-5)
    assert robustness_value(T, DOF, t_critical=1.96301) == pytest.approx(0.07626, abs=5e-5)


def test_value_by_hand() -> None:
    # t = 2, 4 degrees of freedom: f = 1, RV = (√5 − 1)/2
    assert robustness_value(2, 4) == pytest.approx((sqrt(5) - 1) / 2)
    assert robustness_value(2, 4, q=0.5) == pytest.approx((sqrt(0.0625 + 1) - 0.25) / 2)


def test_an_estimate_that_is_not_significant_has_the_value_zero() -> None:
    assert robustness_value(1.5, 100, t_critical=1.98) == 0


def omitted(rows: pd.DataFrame, strength: float, seed: int) -> pd.Series[float]:
    """Return a variable whose partial R² with x given z, and with y given x and z, is strength."""
    rng = np.random.default_rng(seed)
    frame = rows.assign(constant=1.0)

    def residual(values: np.ndarray, given: np.ndarray) -> np.ndarray:
        left = values - given @ np.linalg.lstsq(given, values)[0]
        return np.asarray(left / np.linalg.norm(left))

    base = frame[["constant", "z"]].to_numpy()
    x = residual(frame["x"].to_numpy(), base)
    y = residual(frame["y"].to_numpy(), np.column_stack([base, x]))
    noise = residual(rng.normal(size=len(rows)), np.column_stack([base, x, y]))
    # u's part outside x holds the share `strength` of y's residual
    outside = sqrt(1 - strength) * (sqrt(strength) * y + sqrt(1 - strength) * noise)
    return pd.Series(sqrt(strength) * x + outside, index=rows.index)


def test_an_omitted_variable_as_strong_as_the_value_removes_the_estimate(
    ols: Make, allies: Allies
) -> None:
    rows = allies(effect=0.8)
    fit = ols(rows, ["x", "z"])
    t = fit.estimates["x"] / conventional_error(fit, "x")
    strength = robustness_value(t, residual_df(fit))
    found = ols(rows.assign(u=omitted(rows, strength, 1)), ["x", "z", "u"])
    assert found.estimates["x"] == pytest.approx(0, abs=1e-9)
    weaker = ols(rows.assign(u=omitted(rows, strength / 2, 1)), ["x", "z", "u"])
    assert weaker.estimates["x"] > 0.2


def test_one_as_strong_as_the_value_at_alpha_brings_t_to_its_critical_value(
    ols: Make, allies: Allies
) -> None:
    rows = allies(effect=0.8)
    fit = ols(rows, ["x", "z"])
    t = fit.estimates["x"] / conventional_error(fit, "x")
    strength = robustness_value(t, residual_df(fit), t_critical=1.97)
    found = ols(rows.assign(u=omitted(rows, strength, 2)), ["x", "z", "u"])
    assert found.estimates["x"] / conventional_error(found, "x") == pytest.approx(1.97, rel=1e-9)


def test_clustered_value_is_below_the_conventional_where_clusters_matter(
    ols: Make, allies: Allies
) -> None:
    fit = ols(allies(effect=0.8), ["x", "z"])
    conventional = conventional_error(fit, "x")
    assert fit.std_errors["x"] > conventional
    naive = robustness_value(fit.estimates["x"] / conventional, residual_df(fit), t_critical=1.97)
    assert 0 < clustered_robustness_value(fit, "x", 0.05) < naive


def test_benchmark_is_what_leaving_an_equal_rival_out_would_do(ols: Make, allies: Allies) -> None:
    """A second rival with the partial R² of the bound moves the estimate by the bound."""
    rows = allies(effect=0.8)
    fit = ols(rows, ["x", "z"])
    bound = benchmark(fit, "x", ["z"])
    u = two_strengths(rows, bound.r2_obstacle, bound.r2_outcome)
    found = ols(rows.assign(u=u), ["x", "z", "u"])
    assert found.estimates["x"] == pytest.approx(bound.estimate, rel=1e-8)
    scaled = conventional_error(found, "x") / conventional_error(fit, "x")
    assert bound.std_error == pytest.approx(fit.std_errors["x"] * scaled, rel=1e-8)


def two_strengths(rows: pd.DataFrame, with_x: float, with_y: float) -> pd.Series[float]:
    """As ``omitted``, with one strength for each."""
    rng = np.random.default_rng(5)
    base = np.column_stack([np.ones(len(rows)), rows["z"]])

    def residual(values: np.ndarray, given: np.ndarray) -> np.ndarray:
        left = values - given @ np.linalg.lstsq(given, values)[0]
        return np.asarray(left / np.linalg.norm(left))

    x = residual(rows["x"].to_numpy(), base)
    y = residual(rows["y"].to_numpy(), np.column_stack([base, x]))
    noise = residual(rng.normal(size=len(rows)), np.column_stack([base, x, y]))
    outside = sqrt(1 - with_x) * (sqrt(with_y) * y + sqrt(1 - with_y) * noise)
    return pd.Series(sqrt(with_x) * x + outside, index=rows.index)


def test_strongest_rival_is_the_one_that_lowers_the_estimate_most(
    ols: Make, allies: Allies
) -> None:
    rows = allies(effect=0.8)
    rows["w"] = np.random.default_rng(3).normal(size=len(rows))
    fit = ols(rows, ["x", "z", "w"])
    assert benchmark(fit, "x", ["w", "z"]).rival == "z"


def test_a_rival_too_close_to_the_obstacle_gives_an_impossible_bound(
    ols: Make, allies: Allies
) -> None:
    rows = allies(effect=0.8)
    rows["z"] = rows["x"] + 0.1 * rows["z"]
    with pytest.raises(EstimationError, match="impossible"):
        benchmark(ols(rows, ["x", "z"]), "x", ["z"])


def test_e_value_by_hand() -> None:
    assert e_value(0) == 1
    # hazard ratio 4: (1 − 0.5²)/(1 − 0.5^½) = 0.75/0.292893 = 2.560660
    assert e_value(np.log(4)) == pytest.approx(2.560660 + sqrt(2.560660 * 1.560660), rel=1e-6)
    assert e_value(-np.log(4)) == pytest.approx(e_value(np.log(4)))
