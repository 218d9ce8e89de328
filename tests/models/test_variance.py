"""Location–scale regression against R (tests/reference/variance.R), and as a model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import panel, tidy, variance
from underbalance.models.inference.one_step import influence, observed
from underbalance.models.location_scale import LocationScaleModel
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "variance.json").read_text(encoding="utf-8"))
TERMS = ["x1", "x2"]
FORMS: dict[str, dict[str, Any]] = {
    "reml_both": {},
    "reml_entity": {"scale_effects": ["entity"]},
    "reml_none": {"scale_effects": []},
    "ml_entity": {"mean_effects": ["entity"], "scale_effects": ["entity"], "method": "ml"},
    "ml_none": {"scale_effects": [], "method": "ml"},
}


def simulated() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "variance_simulated.csv")


def fitted(form: str) -> Fit:
    return variance.fit(simulated(), "y", TERMS, **FORMS[form])


def model(data: pd.DataFrame, **options: Any) -> LocationScaleModel:
    found = variance.fit(data, "y", TERMS, **options).model
    assert isinstance(found, LocationScaleModel)
    return found


def in_order(fit: Fit, named: dict[str, float]) -> list[float]:
    return [named[term] for term in fit.terms]


@pytest.mark.parametrize("form", FORMS)
def test_estimates_equal_the_likelihood_maximised_by_r(form: str) -> None:
    fit = fitted(form)
    np.testing.assert_allclose(fit.estimates, in_order(fit, R[form]["estimate"]), rtol=1e-7)


@pytest.mark.parametrize("form", ["both", "none"])
def test_estimates_equal_statmods_remlscore(form: str) -> None:
    fit = fitted(f"reml_{form}")
    theirs = in_order(fit, R[f"remlscore_{form}"]["estimate"])
    np.testing.assert_allclose(fit.estimates, theirs, rtol=1e-6)


@pytest.mark.parametrize("form", FORMS)
def test_clustered_errors_equal_r(form: str) -> None:
    fit = fitted(form)
    np.testing.assert_allclose(fit.std_errors, in_order(fit, R[form]["std_error"]), rtol=1e-7)


@pytest.mark.parametrize("form", FORMS)
def test_inverse_of_the_information_is_the_conventional_covariance(form: str) -> None:
    fit = fitted(form)
    assert fit.model is not None
    covariance = np.linalg.inv(fit.model.linearised({}).information.sum(axis=0))
    errors = pd.Series(np.sqrt(np.diag(covariance)), index=fit.model.terms)[fit.terms]
    np.testing.assert_allclose(errors, in_order(fit, R[form]["conventional"]), rtol=1e-7)


@pytest.mark.parametrize("form", FORMS)
def test_likelihoods_and_counts_equal_r(form: str) -> None:
    fit, r = fitted(form), R[form]
    assert fit.loglik == pytest.approx(r["loglik"], abs=1e-6)
    assert isinstance(fit.model, LocationScaleModel)
    assert fit.model.restricted_loglik == pytest.approx(r["objective"], abs=1e-9)
    assert (fit.n, fit.extra["n_parameters"]) == (r["n"], r["k"])


def test_with_one_variance_for_all_the_mean_is_the_two_way_panel() -> None:
    data = simulated()
    found = model(data, scale_effects=[])
    held = dict.fromkeys(TERMS, 0.0)
    at = dict(zip(found.terms, found.linearised(held).estimates, strict=True))
    ols = panel.fit(data, "y", TERMS)
    np.testing.assert_allclose([at[f"mean[{t}]"] for t in TERMS], ols.estimates, rtol=1e-9)
    # And the variance is RSS/(n − k), which maximum likelihood would make RSS/n.
    assert isinstance(ols.model, panel.LinearModel)
    assert np.exp(at["constant"]) == pytest.approx(ols.model.variance, rel=1e-8)


def test_weight_zero_is_the_fit_without_the_cluster() -> None:
    data = simulated()
    found = model(data)
    for name in ["S02", "S09"]:
        weights = np.where(np.array(found.clusters) == name, 0.0, 1.0)
        left = dict(zip(found.terms, found.refit(weights), strict=True))
        expected = variance.fit(data[data["iso3"] != name], "y", TERMS).estimates
        np.testing.assert_allclose([left[t] for t in expected.index], expected, rtol=1e-6)


@pytest.mark.parametrize("form", ["reml_entity", "reml_none", "ml_entity"])
def test_counts_are_near_the_fit_with_clusters_repeated_as_new_entities(form: str) -> None:
    data = simulated()
    found = model(data, **FORMS[form])
    counts = np.array([1, 2, 1, 0, 1, 1, 1, 1, 1, 2, 1, 1])
    copies = [
        data[data["iso3"] == name].assign(iso3=f"{name}-{copy}")
        for name, count in zip(found.clusters, counts, strict=True)
        for copy in range(count)
    ]
    expected = variance.fit(pd.concat(copies), "y", TERMS, **FORMS[form]).estimates
    refitted = dict(zip(found.terms, found.refit(counts), strict=True))
    apart = np.array([refitted[t] for t in expected.index]) - expected
    moved = fitted(form).estimates - expected
    # One step goes most of the way from the estimates of the whole sample.
    assert np.linalg.norm(apart) < 0.35 * np.linalg.norm(moved)


def test_every_bootstrap_sample_has_estimates_and_they_spread_as_the_clustered_error() -> None:
    found = model(simulated())
    rng = np.random.default_rng(4)
    draws = [found.refit(rng.multinomial(12, np.full(12, 1 / 12))) for _ in range(60)]
    spread = pd.DataFrame(draws, columns=found.terms)[["x1", "x2"]].std()
    ratio = spread / fitted("reml_both").std_errors[["x1", "x2"]]
    assert ratio.between(0.6, 2.0).all()


def test_scores_sum_to_zero_but_for_the_terms_that_are_held() -> None:
    found = model(simulated())
    free = found.linearised({}).scores.sum(axis=0)
    np.testing.assert_allclose(free, 0, atol=1e-6)
    at = found.linearised({"x1": 0.0, "mean[x2]": 1.0})
    held = [found.terms.index("x1"), found.terms.index("mean[x2]")]
    np.testing.assert_allclose(at.estimates[held], [0.0, 1.0])
    sums = at.scores.sum(axis=0)
    np.testing.assert_allclose(np.delete(sums, held), 0, atol=1e-6)
    assert (np.abs(sums[held]) > 1).all()


def test_restricted_scores_are_the_slope_of_the_restricted_likelihood() -> None:
    found = model(simulated())
    values: list[float] = []
    for null in (0.2, 0.2 + 1e-4, 0.2 - 1e-4):
        at = found._at_null({"x1": null})
        values.append(at.objective)
    slope = (values[1] - values[2]) / 2e-4
    score = found.linearised({"x1": 0.2}).scores.sum(axis=0)[found.terms.index("x1")]
    assert score == pytest.approx(slope, rel=1e-5)


def test_replaced_puts_the_regressor_into_both_parts() -> None:
    data = simulated()
    other = pd.Series(np.random.default_rng(2).normal(size=len(data)), index=data.index)
    expected = variance.fit(data.assign(x2=other), "y", TERMS).estimates
    for term in ["x2", "mean[x2]"]:
        replaced = model(data).replaced(term, other)
        found = dict(zip(replaced.terms, replaced.linearised({}).estimates, strict=True))
        np.testing.assert_allclose([found[t] for t in expected.index], expected, rtol=1e-6)


def test_the_short_way_to_permuted_tests_is_that_of_models_estimated_again() -> None:
    data = simulated()
    whole = model(data)
    columns = np.random.default_rng(8).normal(size=(len(whole.index), 3))
    columns[::9, 1] = np.nan  # rows of all entities
    columns[:, 2] = 1.0
    found = whole.statistics_at_zero("x1", columns)
    for statistic, column in zip(found[:2], columns.T, strict=False):
        other = whole.replaced("x1", pd.Series(column, index=whole.index))
        at = other.linearised({"x1": 0.0})
        anew = observed(influence(at, other.terms.index("x1")))
        assert statistic == pytest.approx(anew, rel=1e-4)
    assert np.isnan(found[2])


def test_order_of_rows_and_units_change_nothing_but_the_units() -> None:
    data = simulated()
    fit = fitted("reml_both")
    shuffled = variance.fit(data.sample(frac=1, random_state=1), "y", TERMS)
    pd.testing.assert_series_equal(fit.estimates, shuffled.estimates, check_exact=True)
    scaled = variance.fit(data.assign(y=data["y"] * 1e4, x1=data["x1"] / 100), "y", TERMS)
    change = np.array([100, 1, 1e6, 1e4])
    np.testing.assert_allclose(scaled.estimates, fit.estimates * change, rtol=1e-6)
    np.testing.assert_allclose(scaled.std_errors, fit.std_errors * change, rtol=1e-6)


def test_maximum_likelihood_with_both_effects_runs_into_zero_variance() -> None:
    # The years can follow a state until its variance is zero: why REML is the default.
    with pytest.raises(EstimationError, match=r"the variance of S\d\d goes to zero"):
        variance.fit(short_panel(), "y", ["x1"], method="ml")
    assert variance.fit(short_panel(), "y", ["x1"]).n == 240


def short_panel() -> pd.DataFrame:
    """Twelve states with a variance of their own over twenty years."""
    rng = np.random.default_rng(5)
    keys = [(f"S{i:02d}", 2000 + t) for i in range(12) for t in range(20)]
    spread = np.exp(rng.normal(size=12)).repeat(20)
    data = pd.DataFrame(keys, columns=["iso3", "year"])
    return data.assign(x1=rng.normal(size=240), y=rng.standard_t(4, size=240) * spread)


def test_states_with_few_rows_are_left_out_and_named() -> None:
    data = simulated()
    fit = variance.fit(data[(data["iso3"] > "S02") | (data["year"] > 2008)], "y", TERMS)
    assert fit.extra["n_short"] > 0
    assert fit.notes[-1].startswith("rows left out of iso3 S01, S02 with fewer than 15: ")
    kept = variance.fit(data, "y", TERMS, scale_effects=["time"])
    assert kept.extra["n_short"] == 0


def test_few_clusters_give_estimates_without_p_values() -> None:
    fit = variance.fit(simulated()[lambda d: d["iso3"] <= "S07"], "y", TERMS)
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    rows = tidy.tidy(fit, **labels)
    assert list(rows["term"]) == ["x1", "x2", "mean[x1]", "mean[x2]"]
    assert rows[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert (rows["std_error"] > 0).all()


def changed(**columns: Any) -> pd.DataFrame:
    return simulated().assign(**columns)


def state(data: pd.DataFrame) -> pd.Series[int]:
    return data["iso3"].str[1:].astype(int)


def quiet(data: pd.DataFrame) -> pd.Series[float]:
    """No disturbance at all in one state."""
    return data["y"].where(data["iso3"] != "S03", data["x1"])


@pytest.mark.parametrize(
    ("data", "regressors", "options", "said"),
    [
        (changed(x3=lambda d: 2 * d["x1"] - d["x2"]), ["x1", "x2", "x3"], {}, "'x3' is collin"),
        (changed(x3=1.0), ["x1", "x3"], {}, "'x3' is constant once iso3 and year"),
        (changed(x3=state), ["x3"], {}, "'x3' is constant once iso3"),
        (changed(x3=state), ["x3"], {"mean_effects": []}, "'x3' is constant once iso3"),
        (changed(x3=1.0), ["x3"], {"mean_effects": [], "scale_effects": []}, "'x3' is constant$"),
        (changed(x2=np.nan), ["x1", "x2"], {}, r"'x2' is missing in all \d+ rows"),
        (simulated(), [], {}, "no regressors"),
        (simulated().iloc[:0], ["x1"], {}, "no rows"),
        (pd.concat([simulated(), simulated().iloc[:2]]), ["x1"], {}, "2 rows repeat"),
        (changed(y=lambda d: d["x1"] + d["year"]), ["x1"], {}, "fit 'y' without a residual"),
        (changed(y=quiet), ["x1"], {"mean_effects": ["entity"]}, "the variance of S03 goes to"),
        (changed(bloc="all"), ["x1"], {"cluster": "bloc"}, "one cluster only"),
        (changed(half=lambda d: d["year"] % 2), ["x1"], {"cluster": "half"}, "several clusters"),
        (simulated(), ["x1"], {"min_rows": 40}, "no iso3 has 40 rows"),
        (simulated(), ["x1"], {"method": "mle"}, "method must be one of reml, ml"),
        (simulated(), ["x1"], {"scale_effects": ["iso3"]}, "effects must be among entity, time"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(
    data: pd.DataFrame, regressors: list[str], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(EstimationError, match=said):
        variance.fit(data, "y", regressors, **options)


def test_names_that_are_no_terms_and_weights_of_zero_are_refused() -> None:
    found = model(simulated())
    with pytest.raises(EstimationError, match="no term 'x9'"):
        found.linearised({"x9": 0.0})
    with pytest.raises(EstimationError, match=r"no regressor 'year\[1999\]'"):
        found.replaced("mean[year[1999]]", pd.Series(dtype=float))
    with pytest.raises(EstimationError, match="no cluster has a weight"):
        found.refit(np.zeros(12))
    with pytest.raises(EstimationError, match="'x1' is missing in all"):
        found.replaced("x1", simulated()["x1"] * np.nan)
