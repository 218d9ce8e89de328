"""Cox models under inference with few clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.models import cox
from underbalance.models.cox import CoxFit
from underbalance.models.inference import cluster_jackknife, infer, wild_p_value

CLUSTERS = 39


def spells(seed: int, slope: float = 0.0) -> pd.DataFrame:
    """Spells in 39 unequal clusters with frailty; ``x`` is nearly constant in a cluster."""
    random = np.random.default_rng([20261123, seed])
    sizes = 2 + random.geometric(1 / 10, CLUSTERS)
    cluster = np.repeat(np.arange(CLUSTERS), sizes)
    n = len(cluster)
    x = random.normal(size=CLUSTERS)[cluster] + 0.3 * random.normal(size=n)
    z = random.normal(size=n)
    frailty = random.normal(scale=0.5, size=CLUSTERS)[cluster]
    start = np.where(random.random(n) < 0.3, random.integers(0, 3, n), 0)
    lasts = np.ceil(2 * random.exponential(3 * np.exp(-slope * x - 0.3 * z - frailty))) / 2
    seen = random.integers(2, 20, n) / 2
    return pd.DataFrame(
        {
            "start": start,
            "stop": start + np.minimum(lasts, seen),
            "event": lasts <= seen,
            "x": x,
            "z": z,
            "iso3": [f"A{g:02d}" for g in cluster],
        }
    )


def fitted(rows: pd.DataFrame) -> CoxFit:
    return cox.fit(rows, "x + z", cluster="iso3", small_sample=True)


def test_every_method_of_inference_answers_for_a_cox_model() -> None:
    table = infer(fitted(spells(1)), ["x"], seed=1, spec_id="s", methods=["crv1", "crv3", "wild"])
    assert table[["estimate", "p_value", "ci_low", "ci_high"]].notna().all(axis=None)
    assert (table["ci_low"] < table["estimate"]).all()


def test_jackknife_is_that_of_the_model_without_each_cluster() -> None:
    rows = spells(2)
    fit = fitted(rows)
    without = [fitted(rows[rows["iso3"] != name]).estimates["x"] for name in fit.cox.clusters]
    squares = (np.array(without) - fit.estimates["x"]) ** 2
    expected = np.sqrt((CLUSTERS - 1) / CLUSTERS * squares.sum())
    assert cluster_jackknife(fit, "x").std_error == pytest.approx(expected, rel=1e-8)


@pytest.mark.simulation
def test_wild_bootstrap_keeps_its_size_where_naive_errors_do_not() -> None:
    samples = 800
    wild, naive, biased = 0, 0, []
    for seed in range(samples):
        fit = fitted(spells(seed))
        random = np.random.default_rng(seed)
        wild += wild_p_value(fit, "x", 0.0, random=random, draws=399) < 0.05
        naive += abs(fit.estimates["x"]) > 1.96 * np.sqrt(fit.naive_cov.loc["x", "x"])
        biased.append(fit.estimates["x"])
    assert 0.03 <= wild / samples <= 0.07
    assert naive / samples > 0.15
    assert abs(np.mean(biased)) < 0.03


@pytest.mark.simulation
def test_planted_slope_is_recovered_when_there_is_no_frailty_left_out() -> None:
    estimates = []
    for seed in range(150):
        rows = spells(seed).assign(iso3=lambda data: data.index)
        random = np.random.default_rng(seed)
        years = random.exponential(3 * np.exp(-0.5 * rows["x"] - 0.3 * rows["z"]))
        # Times to the month keep ties from biasing the estimate.
        rows["stop"] = rows["start"] + np.minimum(np.ceil(years * 12) / 12, 8)
        estimates.append(cox.fit(rows.assign(event=years <= 8), "x + z").estimates)
    np.testing.assert_allclose(np.mean(estimates, axis=0), [0.5, 0.3], atol=0.015)
