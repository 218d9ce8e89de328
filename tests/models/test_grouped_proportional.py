"""Tests of proportional hazards in grouped data against R, and on planted effects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import grouped
from underbalance.models.grouped_proportional import ph_test

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "grouped.json").read_text(encoding="utf-8"))
DEALS = pd.read_csv(REFERENCE / "grouped_simulated.csv")


def ph_of(data: pd.DataFrame, regressors: list[str], **settings: Any) -> pd.DataFrame:
    fit = grouped.fit(data, "event", regressors, cluster="ally", **settings)
    return ph_test(fit).set_index("term")


def test_interactions_and_joint_wald_test_equal_r() -> None:
    found, r = ph_of(DEALS, ["social", "threat"]), R["proportionality"]
    np.testing.assert_allclose(found["estimate"].iloc[:2], r["estimate"], rtol=1e-6)
    np.testing.assert_allclose(found["std_error"].iloc[:2], r["std_error"], rtol=1e-6)
    joint = found.loc["all terms"]
    assert joint["statistic"] == pytest.approx(r["f"], rel=1e-6)
    assert joint["p_value"] == pytest.approx(r["p"], rel=1e-6)
    assert (joint["df"], joint["df_denominator"]) == (2, 39)


def test_effect_that_grows_with_time_is_found_and_a_steady_one_is_not() -> None:
    draw = np.random.default_rng(8)
    rows = pd.DataFrame({"deal": np.repeat(np.arange(900), 6)})
    rows["years_since_order"] = rows.groupby("deal").cumcount()
    rows["ally"] = rows["deal"] % 30
    rows[["growing", "steady"]] = draw.normal(size=(900, 2))[rows["deal"]]
    late = np.log1p(rows["years_since_order"])
    hazard = np.exp(-1.5 + (late - 1) * rows["growing"] + 0.5 * rows["steady"])
    rows["event"] = draw.random(len(rows)) < -np.expm1(-hazard)
    at_risk = rows.groupby("deal")["event"].cumsum() - rows["event"] == 0
    found = ph_of(rows[at_risk], ["growing", "steady"])
    assert found.loc["growing", "estimate"] == pytest.approx(1, abs=0.2)
    assert found.loc["growing", "p_value"] < 1e-6
    assert found.loc["steady", "p_value"] > 0.05
    assert found.loc["all terms", "p_value"] < 1e-6


def test_too_few_clusters_withhold_p_values() -> None:
    found = ph_of(DEALS, ["social"], min_clusters=41)
    assert found["p_value"].isna().all()
    assert found["statistic"].notna().all()


def test_regressor_that_is_itself_time_cannot_be_tested() -> None:
    late = DEALS.assign(late=(DEALS["years_since_order"] > 2) * (DEALS["deal"] % 2))
    only_then = late.assign(late=late["late"] * (late["years_since_order"] == 3))
    with pytest.raises(EstimationError, match="'late_x_log_duration' is collinear"):
        ph_of(only_then, ["social", "late"])


def test_a_model_without_durations_or_regressors_has_nothing_to_test() -> None:
    with pytest.raises(EstimationError, match="the fit has no durations"):
        ph_of(DEALS, ["social"], duration=None)
    with pytest.raises(EstimationError, match="40 clusters cannot test 0 regressors"):
        ph_of(DEALS, [])
