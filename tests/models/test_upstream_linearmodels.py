"""Numbers of linearmodels that differ from R: each test fails when upstream mends it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from linearmodels.panel import FirstDifferenceOLS, PanelOLS
from scipy.special import stdtr

REFERENCE = Path(__file__).parents[1] / "reference"
SLOPES = ["value", "capital"]


def of_r(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((REFERENCE / file).read_text(encoding="utf-8"))
    return loaded


def grunfeld() -> PanelOLS:
    data = pd.read_csv(REFERENCE / "grunfeld.csv").set_index(["firm", "year"])
    return PanelOLS(data["inv"], data[SLOPES], entity_effects=True, time_effects=True)


def simulated() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "panel_simulated.csv").dropna()


def several(data: pd.DataFrame) -> pd.DataFrame:
    """Rows of states seen twice or more, by state and year."""
    size = data.groupby("iso3")["iso3"].transform("size")
    return data[size > 1].set_index(["iso3", "year"])


def two_way(data: pd.DataFrame) -> PanelOLS:
    return PanelOLS(data["y"], data[["x1", "x2"]], entity_effects=True, time_effects=True)


def test_clustered_errors_leave_out_g_over_g_less_one() -> None:
    expected = pd.Series(of_r("panel.json")["grunfeld"]["se_hc1"])
    model = grunfeld()
    plain = model.fit(cov_type="clustered", cluster_entity=True).std_errors
    debiased = model.fit(cov_type="clustered", cluster_entity=True, group_debias=True).std_errors
    np.testing.assert_allclose(plain / expected, np.sqrt(199 / 200 * 9 / 10), rtol=0.01)
    assert (plain < 0.96 * expected).all()
    np.testing.assert_allclose(debiased, expected, rtol=1e-8)


def test_clustered_p_values_are_from_the_rows_and_not_from_the_clusters() -> None:
    results = grunfeld().fit(cov_type="clustered", cluster_entity=True, group_debias=True)
    expected = pd.Series(of_r("panel.json")["grunfeld"]["p_t_g_1"])
    np.testing.assert_allclose(2 * stdtr(9, -results.tstats.abs()), expected, rtol=1e-8)
    np.testing.assert_allclose(2 * stdtr(169, -results.tstats.abs()), results.pvalues, rtol=1e-8)
    assert (results.pvalues < 1e-3 * expected).all()


def test_driscoll_kraay_p_values_are_from_the_rows_and_not_from_the_periods() -> None:
    results = grunfeld().fit(cov_type="kernel", kernel="bartlett", bandwidth=2)
    r = of_r("panel_estimators.json")["grunfeld"]["driscoll_kraay"]
    np.testing.assert_allclose(results.std_errors, pd.Series(r["std_error"]), rtol=1e-8)
    assert (results.pvalues < 0.02 * pd.Series(r["p_t_periods"])).all()


def test_driscoll_kraay_lags_are_by_default_not_those_of_plm() -> None:
    model = two_way(several(simulated()))
    default = model.fit(cov_type="kernel").std_errors
    three = model.fit(cov_type="kernel", bandwidth=3).std_errors  # 4 (30/100)^(2/9)
    two = model.fit(cov_type="kernel", bandwidth=2).std_errors  # 30^(1/4), as plm::vcovSCC
    np.testing.assert_allclose(default, three, rtol=1e-12)
    r = of_r("panel_estimators.json")["panel_simulated"]["driscoll_kraay"]
    scc = pd.Series(r["std_error_scc_default"]) * np.sqrt(r["n"] / (r["n"] - r["k"]))
    np.testing.assert_allclose(two, scc, rtol=1e-8)
    assert default["x1"] / two["x1"] > 1.02


def test_debiased_false_leaves_the_slopes_out_of_k_but_not_the_dummies() -> None:
    results = grunfeld().fit(cov_type="kernel", bandwidth=2, debiased=False)
    r = of_r("panel_estimators.json")["grunfeld"]["driscoll_kraay"]
    neither = pd.Series(r["std_error_scc"])
    np.testing.assert_allclose(results.std_errors / neither, np.sqrt(200 / 171), rtol=1e-8)
    nothing = grunfeld().fit(
        cov_type="kernel", bandwidth=2, debiased=False, auto_df=False, count_effects=False
    )
    np.testing.assert_allclose(nothing.std_errors, neither, rtol=1e-8)


def test_a_disconnected_panel_counts_a_dummy_too_many() -> None:
    data = simulated()
    data = several(data[(data["iso3"] <= "S10") == (data["year"] <= 2004)])
    theirs = two_way(data).fit(cov_type="clustered", cluster_entity=True, group_debias=True)
    expected = of_r("panel.json")["disconnected"]["se_hc1"]
    assert theirs.std_errors["x1"] / expected["x1"] > 1.003


def test_first_differences_have_no_period_effects() -> None:
    data = pd.read_csv(REFERENCE / "grunfeld.csv").set_index(["firm", "year"])
    theirs = FirstDifferenceOLS(data["inv"], data[SLOPES]).fit().params
    r = of_r("panel_estimators.json")["grunfeld"]["first_difference"]["estimate"]
    assert theirs["capital"] / r["capital"] == pytest.approx(0.858, abs=0.001)
