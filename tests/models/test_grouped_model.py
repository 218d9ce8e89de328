"""The grouped model estimated again: weighted clusters, restrictions, another regressor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import grouped
from underbalance.models.glm import Glm
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
DEALS = pd.read_csv(REFERENCE / "grouped_simulated.csv")
REGRESSORS = ["social", "threat"]


def fitted(data: pd.DataFrame = DEALS, regressors: list[str] = REGRESSORS) -> Fit:
    return grouped.fit(data, "event", regressors, categories=["category"], cluster="ally")


def model_of(fit: Fit) -> Glm:
    assert isinstance(fit.model, Glm)
    return fit.model


MODEL = model_of(fitted())
CLUSTERS = np.array(MODEL.clusters)


def repeated(weights: np.ndarray) -> pd.DataFrame:
    """Every row as many times as its cluster's weight says."""
    times = DEALS["ally"].map(dict(zip(CLUSTERS, weights.astype(int), strict=True)))
    return DEALS.loc[DEALS.index.repeat(times)].reset_index(drop=True)


def test_unit_weights_give_the_estimates_of_the_fit() -> None:
    again = MODEL.refit(np.ones(len(CLUSTERS)))
    np.testing.assert_allclose(again, MODEL.estimates, rtol=1e-9)


def test_refit_equals_the_fit_to_rows_repeated_and_left_out_as_the_weights_say() -> None:
    draws = np.random.default_rng(3).integers(0, 40, size=(5, 40))
    bootstrap = [np.bincount(draw, minlength=40).astype(float) for draw in draws]
    jackknife = [1.0 - np.eye(40)[g] for g in (0, 7, 20)]
    for weights in [*bootstrap, *jackknife]:
        direct = fitted(repeated(weights)).estimates
        again = pd.Series(MODEL.refit(weights), index=MODEL.terms)
        np.testing.assert_allclose(again[REGRESSORS], direct[REGRESSORS], rtol=1e-8)
        shared = [term for term in direct.index if term in again.index]
        np.testing.assert_allclose(again[shared], direct[shared], rtol=1e-6)


def test_durations_pooled_under_weights_share_their_estimate() -> None:
    late = DEALS.loc[(DEALS["years_since_order"] == 6) & (DEALS["event"] == 1), "ally"]
    weights = (~np.isin(CLUSTERS, late)).astype(float)
    again = pd.Series(MODEL.refit(weights), index=MODEL.terms)
    assert again["duration[5]"] == again["duration[6-8]"]
    direct = fitted(repeated(weights)).estimates
    assert "duration[5-8]" in direct.index
    assert again["duration[5]"] == pytest.approx(direct["duration[5-8]"], rel=1e-8)
    assert again["social"] == pytest.approx(direct["social"], rel=1e-8)


@pytest.mark.parametrize("level", ["ships", "aircraft"])
def test_a_level_without_event_under_weights_is_nan_and_spoils_no_regressor(level: str) -> None:
    first = DEALS["ally"].isin(CLUSTERS[:20])
    changed = DEALS.assign(
        event=DEALS["event"].where(~(first & (DEALS["category"] == level)), other=0)
    )
    model = model_of(fitted(changed))
    weights = (np.arange(40) < 20).astype(float)
    again = pd.Series(model.refit(weights), index=model.terms)
    direct = fitted(changed[first]).estimates
    np.testing.assert_allclose(again[REGRESSORS], direct[REGRESSORS], rtol=1e-8)
    # Without the reference nothing that is measured against it is identified.
    reference = level == "aircraft"
    unidentified = set(again.index[again.isna()])
    assert unidentified == (
        set(again.index) - set(REGRESSORS) if reference else {"category[ships]"}
    )


def test_a_regressor_that_predicts_perfectly_under_weights_is_nan_and_no_other() -> None:
    never = (DEALS.index % 3 == 0) & ((DEALS["event"] == 0) | (DEALS["ally"] == "A01"))
    data = DEALS.assign(marked=never.astype(float))
    assert data.loc[never, "event"].any()
    model = model_of(fitted(data, [*REGRESSORS, "marked"]))
    weights = (CLUSTERS != "A01").astype(float)
    again = pd.Series(model.refit(weights), index=model.terms)
    direct = fitted(data[(data["ally"] != "A01") & ~never]).estimates
    assert np.isnan(again["marked"])
    np.testing.assert_allclose(again[direct.index], direct, rtol=1e-8)


def test_a_regressor_that_does_not_vary_under_weights_is_nan() -> None:
    data = DEALS.assign(asia=(DEALS["ally"] < "A10").astype(float))
    model = model_of(fitted(data, ["asia", *REGRESSORS]))
    again = pd.Series(model.refit((CLUSTERS >= "A10").astype(float)), index=model.terms)
    assert again.index[again.isna()].tolist() == ["asia"]


def test_a_regressor_far_from_zero_is_told_from_a_constant() -> None:
    far = model_of(fitted(DEALS.assign(threat=DEALS["threat"] + 2e5)))
    weights = np.arange(40.0) % 3
    np.testing.assert_allclose(far.refit(weights)[-2:], MODEL.refit(weights)[-2:], rtol=1e-5)


@pytest.mark.parametrize("weights", [np.zeros(40), -np.ones(40), np.ones(39)])
def test_weights_that_leave_nothing_to_estimate_are_refused(weights: np.ndarray) -> None:
    with pytest.raises(EstimationError):
        MODEL.refit(weights)


def test_scores_by_cluster_sum_to_zero_and_information_is_the_inverse_of_the_covariance() -> None:
    at, fit = MODEL.linearised({}), fitted()
    assert at.scores.shape == (40, len(MODEL.terms))
    bread = np.linalg.inv(at.information.sum(axis=0))
    np.testing.assert_allclose(at.scores.sum(axis=0) * np.sqrt(np.diag(bread)), 0, atol=1e-6)
    meat = at.scores.T @ at.scores
    np.testing.assert_allclose(bread @ meat @ bread * 40 / 39, fit.covariance, rtol=1e-9)


def test_restricted_estimates_hold_the_null_and_leave_no_score_elsewhere() -> None:
    at = MODEL.linearised({"social": 0.25})
    held = MODEL.terms.index("social")
    assert at.estimates[held] == 0.25
    size = np.sqrt(np.diag(at.information.sum(axis=0)))
    slope = at.scores.sum(axis=0) / size
    np.testing.assert_allclose(np.delete(slope, held), 0, atol=1e-6)
    assert abs(slope[held]) > 1
    # A null of zero is the model without the term.
    without = fitted(regressors=["threat"]).estimates
    np.testing.assert_allclose(
        np.delete(MODEL.linearised({"social": 0.0}).estimates, held), without, rtol=1e-8
    )


@pytest.mark.parametrize("categories", [[], ["category"]])
def test_clusters_without_an_event_cannot_carry_the_model(categories: list[str]) -> None:
    quiet = DEALS["ally"].isin(["A01", "A02"])
    data = DEALS.assign(event=DEALS["event"].where(~quiet, 0))
    fit = grouped.fit(data, "event", REGRESSORS, categories=categories, cluster="ally")
    with pytest.raises(EstimationError, match="does not vary in the rows with weight"):
        model_of(fit).refit(np.isin(CLUSTERS, ["A01", "A02"]).astype(float))


def test_restriction_on_every_term_needs_no_search() -> None:
    null = dict(zip(MODEL.terms, 0.9 * MODEL.estimates, strict=True))
    np.testing.assert_array_equal(MODEL.linearised(null).estimates, 0.9 * MODEL.estimates)


def test_replaced_regressor_gives_the_fit_with_that_regressor() -> None:
    new = DEALS["threat"].shift(5).where(DEALS.index % 7 > 0)
    model = MODEL.replaced("social", new)
    direct = fitted(DEALS.assign(social=new))
    assert model.terms == direct.terms
    np.testing.assert_allclose(model.estimates, direct.estimates, rtol=1e-8)
    assert set(model.index) == set(new.index[new.notna() & DEALS["category"].ne("satellites")])
    weights = np.arange(40.0) % 3
    np.testing.assert_allclose(
        model.refit(weights)[-2:], model_of(direct).refit(weights)[-2:], rtol=1e-8
    )
    theirs, ours = model_of(direct).linearised({"social": 0}), model.linearised({"social": 0})
    np.testing.assert_allclose(ours.information, theirs.information, rtol=1e-6, atol=1e-9)


def test_replaced_regressor_missing_where_the_last_events_are_pools_durations() -> None:
    new = DEALS["social"].where(DEALS["years_since_order"] < 6)
    assert "duration[5]" in MODEL.replaced("social", new).terms
    late = (DEALS["years_since_order"] == 5) & (DEALS["event"] == 1)
    model = MODEL.replaced("social", DEALS["social"].where(~late))
    assert "duration[4-5]" in model.terms
    assert model.refit(np.ones(40)) == pytest.approx(model.estimates)


def test_replaced_needs_a_regressor_that_varies() -> None:
    with pytest.raises(EstimationError, match="'social' is constant, collinear or pred"):
        MODEL.replaced("social", DEALS["threat"] * 2)
    with pytest.raises(EstimationError, match="no term 'soc'"):
        MODEL.replaced("soc", DEALS["threat"])
    with pytest.raises(EstimationError, match=r"'category.ships.' is not a regressor"):
        MODEL.replaced("category[ships]", DEALS["threat"])
    with pytest.raises(EstimationError, match="'social' is infinite"):
        MODEL.replaced("social", DEALS["threat"] + np.inf)
