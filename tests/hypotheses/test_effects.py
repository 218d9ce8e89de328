"""Coefficients in standard deviations of the disturbance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.hypotheses.effects import residual_sd, standardiser
from underbalance.models import panel
from underbalance.models.tidy import Fit


def panel_data() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    keys = pd.MultiIndex.from_product([[f"A{i}" for i in range(12)], range(2000, 2010)])
    data = keys.to_frame(index=False, name=["iso3", "year"])
    data["x"] = rng.normal(size=len(data))
    return data.assign(y=0.5 * data["x"] + 2 * rng.normal(size=len(data)))


def panel_fit() -> Fit:
    return panel.fit(panel_data(), "y", ["x"])


def test_residual_sd_is_that_of_the_regression_with_all_dummies() -> None:
    data = panel_data()
    columns = [data[["x"]], pd.get_dummies(data["iso3"]), pd.get_dummies(data["year"]).iloc[:, 1:]]
    design = pd.concat(columns, axis=1).to_numpy(dtype="float64")
    residual = data["y"] - design @ np.linalg.lstsq(design, data["y"], rcond=None)[0]
    expected = np.sqrt((residual**2).sum() / (len(data) - design.shape[1]))
    assert residual_sd(panel_fit()) == pytest.approx(expected, rel=1e-9)
    assert expected == pytest.approx(2, abs=0.4)


def test_panel_effect_is_per_sd_of_the_residual() -> None:
    fit = panel_fit()
    assert standardiser("panel", fit) == pytest.approx(1 / residual_sd(fit))


def test_a_higher_hazard_is_faster_so_that_its_sign_is_turned() -> None:
    # SD of the log of a waiting time with hazard 1
    rng = np.random.default_rng(6)
    spread = np.log(rng.exponential(size=200_000)).std()
    assert standardiser("grouped", panel_fit()) == pytest.approx(-1 / spread, rel=0.01)


def test_log_variance_is_per_sd_of_the_log_of_a_squared_normal() -> None:
    rng = np.random.default_rng(7)
    spread = np.log(rng.normal(size=200_000) ** 2).std()
    assert standardiser("variance", panel_fit()) == pytest.approx(1 / spread, rel=0.01)


def test_an_estimator_without_a_known_scale_is_refused() -> None:
    with pytest.raises(EstimationError, match="counts"):
        standardiser("counts", panel_fit())
