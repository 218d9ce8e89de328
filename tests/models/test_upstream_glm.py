"""What statsmodels' generalised linear models get wrong, so that it is noticed when mended.

With ``cov_type="cluster"`` its covariance has the observed information as bread, where R's
sandwich has the expected one (they differ for every link but the canonical), and is multiplied
by (n−1)/(n−k) as well as G/(G−1), where R's default for a glm has G/(G−1) alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.genmod.families import Binomial, Poisson, links
from statsmodels.genmod.generalized_linear_model import GLM
from underbalance.models import counts, grouped

REFERENCE = Path(__file__).parents[1] / "reference"
REGRESSORS = ["social", "threat"]


def r(name: str, model: str) -> dict[str, Any]:
    text = (REFERENCE / f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)[model]
    return found


def clustered(model: GLM, data: pd.DataFrame) -> pd.Series[float]:
    """Return statsmodels' clustered standard errors of the regressors."""
    groups = data["ally"].astype("category").cat.codes.to_numpy()
    errors: pd.Series[float] = model.fit(cov_type="cluster", cov_kwds={"groups": groups}).bse
    return errors[REGRESSORS]


def test_trap_observed_information_under_a_link_that_is_not_canonical() -> None:
    data = pd.read_csv(REFERENCE / "grouped_simulated.csv")
    durations = pd.get_dummies(data["years_since_order"].clip(upper=6), dtype=float)
    design = pd.concat([durations.add_prefix("d"), data[REGRESSORS]], axis=1)
    theirs = clustered(GLM(data["event"], design, family=Binomial(link=links.CLogLog())), data)
    expected = r("grouped", "plain")["std_error"]["threat"]
    assert theirs["threat"] == pytest.approx(0.050755, rel=1e-5)
    assert expected == pytest.approx(0.051222, rel=1e-5)
    n, k = design.shape
    bread_alone = theirs["threat"] / np.sqrt((n - 1) / (n - k)) / expected
    assert abs(bread_alone - 1) > 0.005
    ours = grouped.fit(data, "event", REGRESSORS, cluster="ally").std_errors["threat"]
    assert ours == pytest.approx(expected, rel=1e-6)


def test_trap_counts_of_rows_in_a_clustered_covariance() -> None:
    data = pd.read_csv(REFERENCE / "counts_simulated.csv")
    data = data[~data["ally"].isin(["A27", "A28"])]  # without orders, or seen once
    effects = [pd.get_dummies(data[key], dtype=float, drop_first=True) for key in ("ally", "year")]
    design = pd.concat([*effects, data[REGRESSORS]], axis=1).assign(constant=1.0)
    theirs = clustered(GLM(data["orders"], design, family=Poisson()), data)
    expected = pd.Series(r("counts", "two_way")["std_error"])[REGRESSORS]
    n, k = design.shape
    np.testing.assert_allclose(theirs / expected, np.sqrt((n - 1) / (n - k)), rtol=1e-6)
    assert (theirs > 1.07 * expected).all()
    both = counts.fit(data, "orders", REGRESSORS, effects=["ally", "year"], cluster="ally")
    np.testing.assert_allclose(both.std_errors, expected, rtol=1e-6)
