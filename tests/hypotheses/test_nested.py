"""Nested comparisons and the prediction of left-out allies, against direct computations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, f
from underbalance.errors import EstimationError
from underbalance.hypotheses.held_out import Scores, left_out_scores
from underbalance.hypotheses.nested import comparison, joint_wald, prediction
from underbalance.hypotheses.smaller import Likelihood, likelihood
from underbalance.models import grouped, panel, variance
from underbalance.models.model import Model
from underbalance.models.tidy import Fit

ALLIES = [f"A{i:02d}" for i in range(14)]


def data() -> pd.DataFrame:
    rng = np.random.default_rng(21)
    keys = pd.MultiIndex.from_product([ALLIES, range(2000, 2018)], names=["iso3", "year"])
    frame = keys.to_frame(index=False)
    for name in ("a", "b", "c"):
        frame[name] = rng.normal(size=len(frame)) + rng.normal(size=14).repeat(18)
    frame["y"] = 0.8 * frame["a"] + rng.normal(size=len(frame)) * np.exp(0.3 * frame["b"])
    frame["waited"] = frame["year"] % 3
    hazard = np.exp(-1.2 + 0.9 * frame["a"])
    frame["event"] = (rng.uniform(size=len(frame)) < -np.expm1(-hazard)) * 1
    return frame


def of_panel(*regressors: str) -> Fit:
    return panel.fit(data(), "y", regressors)


def of_events(*regressors: str) -> Fit:
    return grouped.fit(data(), "event", regressors, duration="waited")


def model_of(fit: Fit) -> Model:
    assert fit.model is not None
    return fit.model


def test_likelihood_ratio_and_criteria_by_hand() -> None:
    full, without = of_events("a", "b", "c"), of_events("c")
    row = comparison(full, likelihood(without), ["a", "b"])
    assert full.loglik is not None
    assert without.loglik is not None
    ratio = 2 * (full.loglik - without.loglik)
    assert row["lr"] == pytest.approx(ratio)
    assert row["lr_p"] == pytest.approx(chi2.sf(ratio, 2))
    k = len(full.terms)
    assert row["aic_with"] == pytest.approx(2 * k - 2 * full.loglik)
    assert row["aic_without"] == pytest.approx(2 * (k - 2) - 2 * without.loglik)
    assert ratio > 20


def test_likelihood_ratio_of_least_squares_is_that_of_the_residual_sums() -> None:
    full, without = of_panel("a", "b", "c"), of_panel("b", "c")
    row = comparison(full, likelihood(without), ["a"])
    squares = [getattr(model_of(fit), "rss") for fit in (without, full)]  # noqa: B009
    assert row["lr"] == pytest.approx(full.n * np.log(squares[0] / squares[1]))


def test_joint_wald_is_the_quadratic_form_over_its_terms() -> None:
    fit = of_panel("a", "b", "c")
    b = fit.estimates[["a", "b"]].to_numpy()
    v = fit.covariance.loc[["a", "b"], ["a", "b"]].to_numpy()
    statistic = b @ np.linalg.inv(v) @ b / 2
    found = joint_wald(fit, ["a", "b"])
    assert found["wald_f"] == pytest.approx(statistic)
    assert found["wald_p"] == pytest.approx(f.sf(statistic, 2, 13))


def test_joint_wald_of_one_term_is_the_square_of_its_t() -> None:
    fit = of_panel("a", "b")
    t = fit.estimates["a"] / fit.std_errors["a"]
    assert joint_wald(fit, ["a"])["wald_f"] == pytest.approx(t**2)


def test_too_few_clusters_give_no_wald_test() -> None:
    fit = panel.fit(data(), "y", ["a", "b"], min_clusters=20)
    assert np.isnan(joint_wald(fit, ["a"])["wald_p"])


def test_models_of_other_rows_are_not_nested() -> None:
    other = panel.fit(data().iloc[18:], "y", ["b"])
    with pytest.raises(EstimationError, match="252 and 234 rows"):
        comparison(of_panel("a", "b"), likelihood(other), ["a"])


def test_restricted_likelihoods_are_compared_of_the_variance_model() -> None:
    fit = variance.fit(data(), "y", ["a", "b"])
    found = likelihood(fit)
    assert found.loglik == fit.extra["restricted_loglik"]
    assert found.loglik != fit.loglik


def test_panel_score_is_the_squared_error_of_deviations_from_the_allys_mean() -> None:
    frame = data()
    scores = left_out_scores(model_of(of_panel("a", "b")), frame, "y")
    others, own = frame[frame["iso3"] != "A03"], frame[frame["iso3"] == "A03"]
    dummies = [pd.get_dummies(others["iso3"]), pd.get_dummies(others["year"]).iloc[:, 1:]]
    design = pd.concat([others[["a", "b"]], *dummies], axis=1).to_numpy(dtype="float64")
    b = np.linalg.lstsq(design, others["y"], rcond=None)[0]
    years = np.concatenate([[0.0], b[-17:]])
    residual = own["y"] - own[["a", "b"]].to_numpy() @ b[:2] - years
    expected = (residual - residual.mean()) ** 2
    np.testing.assert_allclose(scores.by_row[own.index], expected, rtol=1e-8)
    assert not scores.higher_is_better


def test_score_of_events_is_the_loglikelihood_by_a_model_of_the_others() -> None:
    frame = data()
    scores = left_out_scores(model_of(of_events("a")), frame, "event")
    others, own = frame[frame["iso3"] != "A05"], frame[frame["iso3"] == "A05"]
    b = grouped.fit(others, "event", ["a"], duration="waited").estimates
    predictor = b["a"] * own["a"] + own["waited"].map(
        {wait: b[f"duration[{wait}]"] for wait in range(3)}
    )
    p = -np.expm1(-np.exp(predictor))
    expected = np.where(own["event"] == 1, np.log(p), np.log1p(-p))
    np.testing.assert_allclose(scores.by_row[own.index], expected, rtol=1e-6)


def test_score_of_the_variance_model_fits_the_allys_own_level() -> None:
    frame = data()
    found = left_out_scores(model_of(variance.fit(frame, "y", ["a", "b"])), frame, "y")
    # A level of its own: a constant or a factor on the ally's outcome changes no year's score
    # but for the log of the factor.
    own = frame["iso3"] == "A02"
    assert found.by_row[own].notna().all()
    moved = frame.assign(y=frame["y"] + 5.0 * own)
    again = left_out_scores(model_of(variance.fit(moved, "y", ["a", "b"])), moved, "y")
    np.testing.assert_allclose(again.by_row[own], found.by_row[own], rtol=1e-5)


def test_rows_of_a_category_that_only_the_left_out_ally_has_are_not_predicted() -> None:
    frame = data()
    rare = (frame["iso3"] == "A00") & (frame["year"] < 2009)
    frame["kind"] = np.where(rare, "rare", "usual")
    fit = grouped.fit(frame, "event", ["a"], duration="waited", categories=["kind"])
    scores = left_out_scores(model_of(fit), frame, "event")
    assert "kind[rare]" in fit.terms
    assert (scores.by_row.sort_index().isna() == rare).all()


def test_prediction_compares_the_same_rows_in_the_direction_of_the_score() -> None:
    full, without = pd.Series([1.0, 2.0, np.nan]), pd.Series([2.0, 4.0, 0.0])
    row = prediction(Scores(full, "error", False), Scores(without, "error", False))
    assert (row["score_with"], row["score_without"], row["n_predicted"]) == (1.5, 3.0, 2)
    assert row["predicts_better"] == "yes"
    turned = prediction(Scores(full, "log", True), Scores(without, "log", True))
    assert turned["predicts_better"] == "no"


def test_a_regressor_that_matters_predicts_better_and_noise_does_not() -> None:
    frame = data()
    whole, less, noise = (
        left_out_scores(model_of(of_events(*names)), frame, "event")
        for names in (("a", "c"), ("c",), ("a", "b", "c"))
    )
    assert prediction(whole, less)["predicts_better"] == "yes"
    assert prediction(noise, whole)["predicts_better"] == "no"


def test_without_a_likelihood_there_is_no_comparison() -> None:
    fit = of_panel("a", "b")
    bare = Fit(fit.estimates, fit.covariance, "s", 13, "t", fit.n, model=fit.model)
    with pytest.raises(EstimationError, match="no likelihood"):
        comparison(bare, Likelihood(model_of(fit), fit.n, 0.0), ["a"])
