"""An accelerated failure time model estimated again: weights, nulls, other regressors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import aft
from underbalance.models.aft_model import AftModel
from underbalance.models.model import Model

CASES = pd.read_csv(Path(__file__).parents[1] / "reference" / "aft_simulated.csv")
DISTRIBUTIONS = list(aft.LAWS)
TIMES: Any = {"lower": "low", "upper": "high", "entry": "entry"}


def model(data: pd.DataFrame = CASES, distribution: str = "weibull") -> AftModel:
    fit = aft.fit(data, ["x1", "x2"], categories=["kind"], distribution=distribution, **TIMES)
    assert isinstance(fit.model, AftModel)
    return fit.model


def equal_weights(of: Model) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.ones(len(of.clusters))


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_refit_with_equal_weights_gives_the_estimates(distribution: str) -> None:
    own = model(distribution=distribution)
    np.testing.assert_allclose(own.refit(equal_weights(own)), own.start, rtol=1e-12)


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_weights_leave_clusters_out_and_repeat_them(distribution: str) -> None:
    own = model(distribution=distribution)
    weights = equal_weights(own)
    weights[[0, 5]] = 0
    weights[[2, 7]] = 2
    left_out = CASES[~CASES["iso3"].isin([own.clusters[0], own.clusters[5]])]
    twice = left_out[left_out["iso3"].isin([own.clusters[2], own.clusters[7]])]
    data = pd.concat([left_out, twice.assign(iso3=twice["iso3"] + "b")], ignore_index=True)
    expected = model(data, distribution).start
    np.testing.assert_allclose(own.refit(weights), expected, rtol=1e-9)


def test_terms_that_the_weights_leave_unidentified_are_nan_and_others_estimated() -> None:
    # ships in one cluster only; x2 varies there only
    alone = CASES["iso3"] == "A03"
    kind = np.where(
        alone & (CASES.index % 2 == 0), "ships", CASES["kind"].replace("ships", "other")
    )
    own = model(CASES.assign(kind=kind, x2=CASES["x2"].where(alone, 1.0)))
    weights = equal_weights(own)
    weights[own.clusters.index("A03")] = 0
    found = pd.Series(own.refit(weights), index=own.terms)
    assert set(found.index[found.isna()]) == {"kind[ships]", "x2", "constant"}
    rest = CASES.assign(kind=kind)[~alone]
    expected = aft.fit(rest, ["x1"], categories=["kind"], **TIMES).estimates
    assert found["x1"] == pytest.approx(expected["x1"], rel=1e-9)
    assert found["log_scale"] == pytest.approx(expected["log_scale"], rel=1e-9)


def test_term_that_runs_off_under_the_weights_is_nan() -> None:
    ships, alone = CASES["kind"] == "ships", CASES["iso3"] == "A02"
    assert (ships & alone & CASES["high"].notna()).any()
    open_elsewhere = ships & ~alone
    data = CASES.assign(
        high=CASES["high"].mask(open_elsewhere), low=CASES["low"].mask(open_elsewhere, 9.0)
    )
    own = model(data)
    weights = equal_weights(own)
    weights[own.clusters.index("A02")] = 0
    found = pd.Series(own.refit(weights), index=own.terms)
    assert found.index[found.isna()].tolist() == ["kind[ships]"]
    rest = model(data[~alone & ~ships])
    expected = pd.Series(rest.start, index=rest.terms)
    np.testing.assert_allclose(found[expected.index], expected, rtol=1e-8)


def test_weights_without_an_event_are_refused() -> None:
    own = model()
    with pytest.raises(EstimationError, match="no event in the weighted rows"):
        own.refit(0 * equal_weights(own))


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
@pytest.mark.parametrize("null", [{}, {"x1": 0.0}, {"x1": 0.3, "kind[ships]": 0.1}])
def test_free_terms_have_no_score_under_the_null(
    distribution: str, null: Mapping[str, float]
) -> None:
    own = model(distribution=distribution)
    at_null = own.linearised(null)
    total = pd.Series(at_null.scores.sum(axis=0), index=own.terms)
    values = pd.Series(at_null.estimates, index=own.terms)
    assert (values[list(null)] == pd.Series(null)).all()
    assert total.drop(list(null)).abs().max() < 1e-8
    assert (total[list(null)].abs() > 0.1).all()


def test_scale_can_be_held() -> None:
    held = model().linearised({"log_scale": 0.0})
    exponential = model(distribution="exponential")
    np.testing.assert_allclose(held.estimates[:-1], exponential.start, rtol=1e-9)


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_scores_and_information_are_slopes_of_the_likelihood(distribution: str) -> None:
    own = model(distribution=distribution)
    at = own.start + 0.05
    here, k = own.linearised_at(at), len(at)
    steps = 1e-5 * np.eye(k)
    slope = [(own.loglik(at + step) - own.loglik(at - step)) / 2e-5 for step in steps]
    np.testing.assert_allclose(here.scores.sum(axis=0), slope, rtol=1e-6, atol=1e-5)
    ahead, back = (
        np.stack([own.linearised_at(at + sign * step).scores for step in steps]) for sign in (1, -1)
    )
    by_cluster = np.moveaxis((back - ahead) / 2e-5, 0, -1)
    np.testing.assert_allclose(here.information, by_cluster, rtol=1e-5, atol=1e-5)


def test_replaced_regressor_gives_the_model_of_the_new_one() -> None:
    data = CASES.set_index(CASES.index + 1000)
    own = model(data)
    new = pd.Series(np.random.default_rng(2).normal(size=len(data)), index=data.index)
    other = own.replaced("x1", new.drop(new.index[:40]))
    direct = model(data.assign(x1=new).iloc[40:])
    assert other.terms == own.terms
    assert set(other.index) == set(data.index[40:])
    np.testing.assert_allclose(other.refit(equal_weights(other)), direct.start, rtol=1e-9)


def test_replacing_by_its_own_values_changes_nothing() -> None:
    own = model()
    again = own.replaced("x1", CASES["x1"])
    np.testing.assert_allclose(again.refit(equal_weights(again)), own.start, rtol=1e-12)


@pytest.mark.parametrize(
    ("term", "values", "said"),
    [
        ("x1", CASES["x2"], "'x1' is constant or collinear"),
        ("x1", CASES["x1"] * np.nan, "'x1' is missing in all 421 rows"),
        ("log_scale", CASES["x1"], "'log_scale' is not a regressor"),
    ],
)
def test_what_cannot_replace_a_regressor_is_refused(
    term: str, values: pd.Series[float], said: str
) -> None:
    with pytest.raises(EstimationError, match=said):
        model().replaced(term, values)


def test_null_must_name_a_term() -> None:
    with pytest.raises(EstimationError, match="'x3' is not a term of the model"):
        model().linearised({"x3": 0.0})


def test_far_start_finds_the_same_maximum() -> None:
    own = model()
    far = replace(own, start=own.start + np.array([3.0, -2, 2, 1, -1, 1.5]))
    np.testing.assert_allclose(far.refit(equal_weights(far)), own.start, rtol=1e-9)
