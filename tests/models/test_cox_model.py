"""The Cox model as inference sees it: refit, linearised, replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import cox
from underbalance.models.cox import CoxFit
from underbalance.models.cox_model import CoxModel
from underbalance.models.model import Linearised

SPELLS = pd.read_csv(Path(__file__).parents[1] / "reference" / "cox_simulated.csv")
CHOICES: dict[str, dict[str, Any]] = {
    "efron": {},
    "breslow": {"ties": "breslow"},
    "strata": {"strata": "region"},
    "weighted": {"strata": "region", "weights": "weight"},
}


def fitted(rows: pd.DataFrame = SPELLS, **choices: Any) -> CoxFit:
    return cox.fit(rows, "x1 + x2 + x3", cluster="ally", **choices)


def model_of(fit: CoxFit) -> CoxModel:
    assert isinstance(fit.model, CoxModel)
    return fit.model


def ones(fit: CoxFit) -> Any:
    return np.ones(len(model_of(fit).clusters))


@pytest.mark.parametrize("choice", CHOICES)
def test_refit_with_ones_returns_the_estimates(choice: str) -> None:
    fit = fitted(**CHOICES[choice])
    np.testing.assert_allclose(model_of(fit).refit(ones(fit)), fit.estimates, rtol=1e-10)


@pytest.mark.parametrize("choice", CHOICES)
def test_refit_with_weight_zero_leaves_the_cluster_out(choice: str) -> None:
    fit = fitted(**CHOICES[choice])
    weights = ones(fit)
    weights[[4, 11]] = 0
    out = [model_of(fit).clusters[g] for g in (4, 11)]
    without = fitted(SPELLS[~SPELLS["ally"].isin(out)], **CHOICES[choice])
    np.testing.assert_allclose(model_of(fit).refit(weights), without.estimates, rtol=1e-9)


def test_refit_without_the_only_cluster_at_risk_late_is_the_model_without_it() -> None:
    late = SPELLS[SPELLS["ally"] == "A07"].assign(start=50.0, stop=lambda rows: 60 + rows["x3"])
    rows = pd.concat([SPELLS[SPELLS["ally"] != "A07"], late])
    fit = fitted(rows, strata="region")
    weights = ones(fit)
    weights[model_of(fit).clusters.index("A07")] = 0
    without = fitted(rows[rows["ally"] != "A07"], strata="region")
    np.testing.assert_allclose(model_of(fit).refit(weights), without.estimates, rtol=1e-9)


def test_refit_with_counts_repeats_clusters_under_breslow_and_weights_them_under_efron() -> None:
    counts = np.random.default_rng(3).multinomial(30, np.full(30, 1 / 30))
    by_row = counts[SPELLS["ally"].astype("category").cat.codes]
    repeated = SPELLS.loc[SPELLS.index.repeat(by_row)].reset_index(drop=True)
    breslow = fitted(ties="breslow")
    np.testing.assert_allclose(
        model_of(breslow).refit(counts), fitted(repeated, ties="breslow").estimates, rtol=1e-9
    )
    weighted = fitted(SPELLS.assign(count=by_row), weights="count")
    np.testing.assert_allclose(model_of(fitted()).refit(counts), weighted.estimates, rtol=1e-9)


def test_refit_gives_nan_for_a_term_that_the_weights_leave_constant_or_infinite() -> None:
    only = (SPELLS["ally"] == "A03") * SPELLS["x1"].rank()
    lone = (SPELLS["ally"].isin(["A03", "A05"]) * 1.0).mask(
        (SPELLS["ally"] == "A05") & (SPELLS["event"] == 1), 0.0
    )
    rows = SPELLS.assign(only=only, lone=lone)
    fit = cox.fit(rows, "x1 + only + lone", cluster="ally")
    weights = ones(fit)
    weights[model_of(fit).clusters.index("A03")] = 0
    found = model_of(fit).refit(weights)
    assert np.isnan(found).tolist() == [False, True, True]
    kept = rows[(rows["ally"] != "A03") & (rows["lone"] == 0)]
    assert found[0] == pytest.approx(cox.fit(kept, "x1").estimates["x1"], rel=1e-5)


def test_refit_without_an_event_is_refused() -> None:
    largest = SPELLS["ally"].value_counts().idxmax()
    fit = fitted(SPELLS.assign(event=SPELLS["event"] * (SPELLS["ally"] == largest)))
    weights = ones(fit)
    weights[model_of(fit).clusters.index(largest)] = 0
    with pytest.raises(EstimationError, match="no event has a weight above zero"):
        model_of(fit).refit(weights)


@pytest.mark.parametrize("choice", CHOICES)
def test_linearised_under_no_null_gives_back_estimates_and_cluster_covariance(choice: str) -> None:
    fit = fitted(**CHOICES[choice])
    line = model_of(fit).linearised({})
    np.testing.assert_allclose(line.estimates, fit.estimates)
    np.testing.assert_allclose(line.scores.sum(axis=0), 0, atol=1e-8)
    bread = np.linalg.inv(line.information.sum(axis=0))
    np.testing.assert_allclose(bread, fit.naive_cov, rtol=1e-9)
    half = line.scores @ bread
    np.testing.assert_allclose(half.T @ half, fit.cov, rtol=1e-8)


@pytest.mark.parametrize("choice", CHOICES)
def test_linearised_under_a_null_holds_the_term_and_estimates_the_others(choice: str) -> None:
    fit = fitted(**CHOICES[choice])
    line = model_of(fit).linearised({"x2": 0.25})
    rows = SPELLS.assign(held=0.25 * SPELLS["x2"])
    others = cox.fit(rows, "x1 + x3", cluster="ally", offset="held", **CHOICES[choice])
    expected = [others.estimates["x1"], 0.25, others.estimates["x3"]]
    np.testing.assert_allclose(line.estimates, expected, rtol=1e-9)
    score = line.scores.sum(axis=0)
    np.testing.assert_allclose(score[[0, 2]], 0, atol=1e-8)
    assert abs(score[1]) > 1


def test_linearised_under_all_zero_is_the_score_test() -> None:
    fit = fitted(strata="region")
    line = model_of(fit).linearised(dict.fromkeys(fit.terms, 0.0))
    total = line.scores.sum(axis=0)
    statistic = total @ np.linalg.solve(line.information.sum(axis=0), total)
    assert statistic == pytest.approx(fit.score_test["statistic"], rel=1e-9)


def test_information_of_a_cluster_is_the_expected_slope_of_its_score() -> None:
    # The scores of many clusters with a common truth, moved a little: on average they
    # move by the information of their cluster.
    fit = fitted()
    here = model_of(fit).linearised({})
    step = 1e-4
    for place, term in enumerate(fit.terms):
        null = fit.estimates.to_dict()
        null[term] += step
        there: Linearised = model_of(fit).linearised(null)
        slope = (here.scores - there.scores) / step
        np.testing.assert_allclose(
            slope.sum(axis=0), here.information.sum(axis=0)[place], rtol=1e-2, atol=0.05
        )
        own = np.corrcoef(slope[:, place], here.information[:, place, place])[0, 1]
        assert own > 0.8


def test_information_of_every_cluster_is_positive_semidefinite() -> None:
    information = model_of(fitted(strata="region")).linearised({}).information
    assert np.linalg.eigvalsh(information).min() > -1e-10


def test_replaced_term_is_the_model_with_the_new_column() -> None:
    new = pd.Series(np.random.default_rng(5).normal(size=len(SPELLS)), index=SPELLS.index)
    replaced = model_of(fitted()).replaced("x1", new)
    expected = fitted(SPELLS.assign(x1=new))
    np.testing.assert_allclose(
        replaced.refit(np.ones(len(replaced.clusters))), expected.estimates, rtol=1e-9
    )
    np.testing.assert_allclose(
        replaced.linearised({"x1": 0}).scores,
        model_of(expected).linearised({"x1": 0}).scores,
        atol=1e-8,
    )


def test_rows_without_a_value_of_the_replacement_are_left_out_with_their_clusters() -> None:
    new = SPELLS["x1"].where(SPELLS["ally"] != "A02").iloc[::-1].drop(index=[7, 70])
    replaced = model_of(fitted()).replaced("x1", new)
    kept = SPELLS[SPELLS["ally"] != "A02"].drop(index=[7, 70], errors="ignore")
    assert "A02" not in replaced.clusters
    assert set(replaced.index) == set(kept.index)
    np.testing.assert_allclose(
        replaced.refit(np.ones(len(replaced.clusters))), fitted(kept).estimates, rtol=1e-9
    )


def test_unknown_terms_are_refused() -> None:
    model = model_of(fitted())
    with pytest.raises(EstimationError, match="no term 'y' in the model"):
        model.linearised({"y": 0})
    with pytest.raises(EstimationError, match="no term 'y' in the model"):
        model.replaced("y", SPELLS["x1"])


def test_without_clusters_there_is_nothing_to_cluster_by() -> None:
    assert cox.fit(SPELLS, "x1").model is None


def test_clusters_are_sorted_names_and_index_the_labels_of_the_data() -> None:
    model = model_of(fitted(SPELLS.set_index(SPELLS.index + 1000)))
    assert model.clusters == sorted(set(SPELLS["ally"]))
    assert sorted(model.index) == (SPELLS.index + 1000).tolist()
