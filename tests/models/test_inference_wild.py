"""The wild cluster bootstrap against one that estimates every bootstrap sample anew."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import panel
from underbalance.models.inference import wild_bootstrap
from underbalance.models.inference.draws import POINTS, cluster_draws, generator
from underbalance.models.inference.interval import UNBOUNDED, UNKNOWN, interval
from underbalance.models.inference.one_step import correction, influence, observed, statistics
from underbalance.models.linear import LinearModel
from underbalance.models.tidy import Fit

EVERY = {"draws": 2**8, "distribution": "Rademacher"}


def simulated(clusters: int = 8, seed: int = 3, effect: float = 0.4) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frames = []
    for ally in range(clusters):
        years = np.sort(rng.choice(np.arange(2000, 2010), rng.integers(5, 10), replace=False))
        x = rng.normal(size=(len(years), 2)) + rng.normal(size=2)
        noise = rng.normal(size=len(years)) * (1 + ally / clusters)
        frames.append(pd.DataFrame({"iso3": f"A{ally:02}", "year": years}))
        frames[-1][["x", "z"]] = x
        frames[-1]["y"] = effect * x[:, 0] + 0.3 * x[:, 1] + (years - 2000) / 5 + noise
    return pd.concat(frames, ignore_index=True)


def fitted(data: pd.DataFrame) -> Fit:
    return panel.fit(data, "y", ["x", "z"])


def bootstrap(fit: Fit, term: str = "x", seed: int = 1, **how):
    return wild_bootstrap(fit, term, random=np.random.default_rng(seed), **how)


def shifted(data: pd.DataFrame, null: float) -> Fit:
    """The fit in which a test of zero is a test of ``null``."""
    return fitted(data.assign(y=data["y"] - null * data["x"]))


def re_estimated(data: pd.DataFrame, null: float, signs: np.ndarray) -> np.ndarray:
    """t of each sample y* = fitted + sign × residual under the null, by least squares anew."""
    dummies = [pd.get_dummies(data[key], dtype=float) for key in ("iso3", "year")]
    others = np.column_stack([data["z"], *dummies])
    design = np.column_stack([data["x"], others])
    k, n = np.linalg.matrix_rank(design), len(data)
    bread = np.linalg.pinv(design.T @ design)
    allies = data["iso3"].astype("category").cat.codes.to_numpy()
    g = allies.max() + 1
    y = data["y"].to_numpy() - null * data["x"].to_numpy()
    fit = others @ np.linalg.lstsq(others, y, rcond=None)[0]
    found = []
    for sign in signs:
        sample = fit + null * data["x"].to_numpy() + sign[allies] * (y - fit)
        estimate = bread @ (design.T @ sample)
        scores = design * (sample - design @ estimate)[:, None]
        sums = np.array([scores[allies == ally].sum(axis=0) for ally in range(g)])
        variance = bread @ sums.T @ sums @ bread * g / (g - 1) * (n - 1) / (n - k)
        found.append((estimate[0] - null) / variance[0, 0] ** 0.5)
    return np.array(found)


@pytest.mark.parametrize("null", [0.0, 0.7])
def test_statistics_are_those_of_every_bootstrap_sample_estimated_anew(null):
    data = simulated()
    fit = fitted(data)
    draws = cluster_draws(8, random=np.random.default_rng(1), **EVERY)
    at = influence(fit.model.linearised({"x": null}), fit.model.terms.index("x"))
    fast = statistics(at, draws.weights) / correction(fit, "x") ** 0.5
    np.testing.assert_allclose(fast, re_estimated(data, null, draws.weights), rtol=1e-10)


@pytest.mark.parametrize("null", [0.0, 0.7])
def test_p_is_the_share_of_all_samples_at_least_as_extreme_ties_counted(null):
    data = simulated()
    signs = np.array(list(product([-1.0, 1.0], repeat=8)))
    slow = np.abs(re_estimated(data, null, signs))
    ours = slow[-1]  # every sign +1
    expected = (slow >= ours * (1 - 1e-9)).mean()
    result = bootstrap(shifted(data, null), **EVERY)
    assert result.p_value == pytest.approx(expected, abs=1e-12)
    assert expected >= 2 / 2**8  # the sample and its mirror are among them


def test_own_statistic_is_the_clustered_t_of_the_fit():
    fit = fitted(simulated())
    for term in fit.terms:
        expected = fit.estimates[term] / fit.std_errors[term]
        assert bootstrap(fit, term, draws=99).statistic == pytest.approx(expected, rel=1e-9)


def test_random_draws_count_the_sample_as_one_more():
    fit = fitted(simulated(clusters=14))
    result = bootstrap(fit, draws=999)
    random = np.random.default_rng(1)
    draws = cluster_draws(14, 999, random)
    at = influence(fit.model.linearised({"x": 0.0}), 0)
    extreme = (np.abs(statistics(at, draws.weights)) >= abs(observed(at))).sum()
    assert result.p_value == (1 + extreme) / 1000
    assert (result.draws, result.note) == (999, "Rademacher, 999 draws")


def test_ends_of_the_interval_are_where_the_test_begins_to_reject():
    data = simulated()
    fit = fitted(data)
    result = bootstrap(fit, **EVERY)
    step = 2e-4 * float(fit.std_errors["x"])
    assert result.ci_low < fit.estimates["x"] < result.ci_high
    for end, outwards in ((result.ci_low, -step), (result.ci_high, step)):
        assert bootstrap(shifted(data, end), **EVERY).p_value >= 0.05
        assert bootstrap(shifted(data, end + outwards), **EVERY).p_value < 0.05


def test_interval_holds_zero_exactly_when_p_is_not_below_one_less_the_level():
    verdicts = []
    for seed in range(24):
        fit = fitted(simulated(clusters=13, seed=seed, effect=0.35))
        result = bootstrap(fit, draws=199, seed=seed, level=0.9)
        assert (result.p_value < 0.1) == (result.ci_low > 0 or result.ci_high < 0)
        verdicts.append(result.p_value < 0.1)
    assert 4 < sum(verdicts) < 20  # both verdicts were tried


def step_function(rejects):
    return lambda null: 0.01 if rejects(null) else 0.5


def test_p_of_exactly_one_less_the_level_is_not_a_rejection():
    # 1 − .95 is .05000000000000004 in the computer
    low, high, _ = interval(lambda b: 0.05 if b >= 0 else 0.01, 1.0, 1.0, level=0.95)
    assert low == 0
    assert np.isnan(high)


def test_zero_decides_the_interval_also_where_p_is_not_monotone():
    island = step_function(lambda b: not (0.4 < b < 2 or -0.1 < b < 0.1))
    low, high, _ = interval(island, 1.0, 0.5, level=0.95)
    assert low < 0
    assert high == pytest.approx(2, abs=1e-3)
    hole = step_function(lambda b: -0.1 < b < 0.1)
    low, _, _ = interval(hole, 1.0, 0.5, level=0.95)
    assert 0 < low == pytest.approx(0.1, abs=1e-3)


@pytest.mark.parametrize("sign", [-1, 1])
def test_interval_of_a_negative_estimate_is_the_mirror_image(sign):
    box = step_function(lambda b: not -0.5 <= sign * b <= 3)
    low, high, notes = interval(box, sign * 1.0, 0.5, level=0.95)
    assert sorted([sign * low, sign * high]) == pytest.approx([-0.5, 3], abs=1e-3)
    assert not notes


def test_end_that_no_null_value_rejects_is_missing_and_noted():
    # 2 of 2^5 samples tie with the true one: no p is below .0625
    result = bootstrap(fitted(simulated(clusters=5, effect=5)), **EVERY)
    assert result.p_value == pytest.approx(2 / 2**5)
    assert np.isnan([result.ci_low, result.ci_high]).all()
    for side in ("lower", "upper"):
        assert UNBOUNDED.format(side=side, reach=64) in result.note


def test_end_beyond_null_values_under_which_the_model_fails_is_missing():
    def p_value(null):
        if null > 2:
            raise EstimationError("no maximum")
        return 0.5 if null > 0 else 0.01

    low, high, notes = interval(p_value, 1.0, 1.0, level=0.95)
    assert low == pytest.approx(0, abs=1e-3)
    assert np.isnan(high)
    assert notes == [UNKNOWN.format(side="upper", null=2.5)]


def test_wild_bootstrap_under_13_clusters_draws_webbs_six_points():
    assert bootstrap(fitted(simulated(12)), draws=99).note == "Webb, 99 draws"
    assert bootstrap(fitted(simulated(13)), draws=99).note == "Rademacher, 99 draws"


@pytest.mark.parametrize("name", ["Rademacher", "Webb"])
def test_points_have_mean_zero_variance_one_and_third_moment_zero(name):
    points = np.array(POINTS[name])
    moments = [(points**power).mean() for power in (1, 2, 3)]
    assert moments == pytest.approx([0, 1, 0], abs=1e-15)
    fourth = {"Rademacher": 1, "Webb": 7 / 6}  # Webb (2023)
    assert (points**4).mean() == pytest.approx(fourth[name])


def test_every_possible_draw_is_made_once_where_there_are_no_more_than_asked_for():
    draws = cluster_draws(3, 216, np.random.default_rng(1), "Webb")
    assert draws.every
    assert len(np.unique(draws.weights, axis=0)) == 6**3
    assert (draws.weights == 1).all(axis=1).sum() == 1
    assert draws.name == "Webb, all 216 draws"
    assert not cluster_draws(3, 215, np.random.default_rng(1), "Webb").every
    assert cluster_draws(13, 8192, np.random.default_rng(1)).every


def test_random_draws_have_the_moments_of_their_points_in_every_cluster():
    weights = cluster_draws(12, 20000, np.random.default_rng(1)).weights
    assert np.abs(weights.mean(axis=0)).max() < 0.03
    assert np.abs(np.cov(weights.T) - np.eye(12)).max() < 0.04


def test_generators_differ_by_seed_and_by_name_and_repeat():
    names = [(1, "a", "b"), (2, "a", "b"), (1, "a", "c"), (1, "ab", "")]
    first = {generator(*name).integers(2**60) for name in names}
    assert len(first) == len(names)
    assert generator(1, "a", "b").integers(2**60) in first


def test_term_that_one_cluster_identifies_is_refused():
    data = simulated(clusters=6)
    data["only"] = data["z"].where(data["iso3"] == "A02", 0.0)
    model = LinearModel(
        data, lambda _: None, outcome=data["y"], design=data[["only"]], clusters=data["iso3"]
    )
    variance = pd.DataFrame([[1.0]], index=["only"], columns=["only"])
    estimates = pd.Series(model.estimates, index=["only"])
    fit = Fit(estimates, variance, "clustered", 5, "t(5)", model.n, model=model)
    with pytest.raises(EstimationError, match="one cluster identifies it"):
        bootstrap(fit, "only")


def test_fit_without_a_model_is_refused():
    one = pd.Series([1.0], index=["x"])
    fit = Fit(one, one.to_frame("x"), "clustered", 9, "t(9)", 10)
    with pytest.raises(EstimationError, match="no model"):
        bootstrap(fit)


def test_many_draws_cost_milliseconds():
    from time import perf_counter

    fit = fitted(simulated(clusters=39))
    bootstrap(fit)
    start = perf_counter()
    bootstrap(fit)
    assert perf_counter() - start < 0.5  # 0.015 on the machine it was written on
