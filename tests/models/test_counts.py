"""PPML against R (tests/reference/counts.R), and what data cannot carry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import counts, tidy
from underbalance.models.glm import Glm
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "counts.json").read_text(encoding="utf-8"))
DATA = pd.read_csv(REFERENCE / "counts_simulated.csv")
EARLY = DATA["ally"] <= "A13"
APART = DATA[(DATA["year"] <= 2003) == EARLY]
REGRESSORS = ["social", "threat"]
BOTH = ["ally", "year"]
MODELS: dict[str, dict[str, Any]] = {
    "plain": {},
    "categories": {"categories": ["kind"]},
    "exposure": {"exposure": "budget"},
    "amounts": {"outcome": "amount", "categories": ["kind"]},
    "two_way": {"effects": BOTH},
    "apart": {"effects": BOTH, "data": APART},
}


def fitted(model: str = "plain", **changes: Any) -> Fit:
    settings = {"data": DATA, "outcome": "orders", "regressors": REGRESSORS, "cluster": "ally"}
    return counts.fit(**{**settings, **MODELS[model], **changes})


def model_of(fit: Fit) -> Glm:
    assert isinstance(fit.model, Glm)
    return fit.model


def changed(**columns: Any) -> pd.DataFrame:
    return DATA.assign(**columns)


def tidied(fit: Fit) -> pd.DataFrame:
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    return tidy.tidy(fit, **labels).set_index("term")


def of_r(fit: Fit, model: str, what: str) -> list[float]:
    names = [re.sub(r"\[(\w+)\]", r"\1", term) for term in fit.terms]
    return [R[model][what][{"constant": "(Intercept)"}.get(name, name)] for name in names]


@pytest.mark.parametrize("model", MODELS)
def test_estimates_and_likelihood_equal_glm_poisson(model: str) -> None:
    fit, r = fitted(model), R[model]
    assert len(fit.terms) == len(r["estimate"])
    np.testing.assert_allclose(fit.estimates, of_r(fit, model, "estimate"), rtol=1e-7)
    assert (fit.n, fit.n_clusters) == (r["n"], r["n_clusters"])
    assert fit.extra["n_parameters"] == r["n_parameters"]
    if r["loglik"]:
        assert fit.loglik == pytest.approx(r["loglik"], rel=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_covariance_equals_vcovcl_hc0_times_clusters_over_clusters_less_one(model: str) -> None:
    fit, r = fitted(model), R[model]
    np.testing.assert_allclose(fit.std_errors, of_r(fit, model, "std_error"), rtol=1e-7)
    expected = r["covariance_social_threat"]
    assert fit.covariance.loc["social", "threat"] == pytest.approx(expected, rel=1e-6)
    np.testing.assert_allclose(tidied(fit)["p_value"], of_r(fit, model, "p_t_g_1"), rtol=1e-5)


def test_offset_is_the_logarithm_of_an_exposure() -> None:
    by_offset = fitted(data=changed(log_budget=np.log(DATA["budget"])), offset="log_budget")
    pd.testing.assert_series_equal(by_offset.estimates, fitted("exposure").estimates)
    both = fitted("exposure", data=changed(two=np.log(2)), offset="two").estimates
    assert both["constant"] == pytest.approx(fitted("exposure").estimates["constant"] - np.log(2))


def test_allies_without_an_order_and_rows_alone_are_left_out_and_counted() -> None:
    fit = fitted("two_way")
    never, alone = (DATA["ally"] == "A28").sum(), (DATA["ally"] == "A27").sum()
    assert DATA.loc[DATA["ally"] == "A27", "orders"].item() > 0
    assert (
        (fit.extra["n_without_variation"], fit.extra["n_singletons"]) == (never, alone) == (10, 1)
    )
    assert "rows left out, as orders is zero throughout their ally, year: 10" in fit.notes
    assert "rows left out that are alone in their ally or year: 1" in fit.notes
    zero = changed(orders=DATA["orders"].where(DATA["ally"] != "A27", 0))
    assert fitted("two_way", data=zero).extra["n_without_variation"] == 11


def test_scale_of_the_outcome_moves_the_constant_only() -> None:
    fit, scaled = fitted("amounts"), fitted("amounts", data=changed(amount=DATA["amount"] * 1e6))
    difference = scaled.estimates - fit.estimates
    np.testing.assert_allclose(difference, np.log([1e6, 1, 1, 1, 1]), atol=1e-8)
    np.testing.assert_allclose(scaled.std_errors, fit.std_errors, rtol=1e-7)


def test_order_of_rows_changes_nothing() -> None:
    again = fitted("two_way", data=DATA.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(tidied(again), tidied(fitted("two_way")), check_exact=True)


def test_incomplete_rows_are_left_out_and_counted() -> None:
    fit = fitted(data=changed(threat=DATA["threat"].where(DATA.index % 10 != 0)))
    assert fit.extra["n_incomplete"] == 35
    direct = fitted(data=DATA[DATA.index % 10 != 0])
    pd.testing.assert_series_equal(fit.estimates, direct.estimates, check_exact=True)


def test_few_clusters_give_estimates_without_p_values() -> None:
    result = tidied(fitted(min_clusters=29))
    assert result["p_value"].isna().all()
    assert result["note"].str.contains("too few clusters: 28 < 29").all()


@pytest.mark.parametrize("model", ["categories", "two_way"])
def test_refit_equals_the_fit_to_rows_repeated_as_the_weights_say(model: str) -> None:
    again_of = model_of(fitted(model))
    allies = again_of.clusters
    for seed in range(4):
        draw = np.random.default_rng(seed).integers(0, len(allies), len(allies))
        weights = np.bincount(draw, minlength=len(allies))
        times = DATA["ally"].map(dict(zip(allies, weights, strict=True))).fillna(0).astype(int)
        direct = fitted(model, data=DATA.loc[DATA.index.repeat(times)]).estimates[REGRESSORS]
        again = pd.Series(again_of.refit(weights.astype(float)), index=again_of.terms)
        np.testing.assert_allclose(again[REGRESSORS], direct, rtol=1e-8)


def test_ally_left_out_by_weights_has_no_effect_of_its_own() -> None:
    model = model_of(fitted("two_way"))
    weights = np.ones(len(model.clusters))
    weights[model.clusters.index("A20")] = 0
    again = pd.Series(model.refit(weights), index=model.terms)
    assert again.index[again.isna()].tolist() == ["ally[A20]"]
    direct = fitted("two_way", data=DATA[DATA["ally"] != "A20"])
    np.testing.assert_allclose(again[REGRESSORS], direct.estimates, rtol=1e-8)


def test_linearised_and_replaced_agree_with_a_fit_of_their_own() -> None:
    model, new = model_of(fitted("two_way")), DATA["threat"].shift(3).where(DATA.index % 5 > 0)
    direct = model_of(fitted("two_way", data=changed(social=new)))
    other = model.replaced("social", new)
    np.testing.assert_allclose(other.estimates[-2:], direct.estimates[-2:], rtol=1e-8)
    null = model.linearised({"social": 0.0, "threat": 0.1})
    assert null.estimates[-2:].tolist() == [0, 0.1]
    size = np.sqrt(np.diag(null.information.sum(axis=0)))
    np.testing.assert_allclose((null.scores.sum(axis=0) / size)[:-2], 0, atol=1e-6)


def test_restriction_far_from_the_estimates_is_reached() -> None:
    # From the estimates the mean is too large by e to the tenth and more.
    far = model_of(fitted("two_way")).linearised({"social": 10.0})
    size = np.sqrt(np.diag(far.information.sum(axis=0)))
    np.testing.assert_allclose(np.delete(far.scores.sum(axis=0) / size, -2), 0, atol=1e-6)


def test_regressor_that_predicts_zeros_is_named() -> None:
    # Positive in rows of zero only: its coefficient has no finite maximum.
    only_zeros = changed(embargo=((DATA["orders"] == 0) & (DATA.index % 3 == 0)) * DATA["budget"])
    with pytest.raises(EstimationError, match="zeros of 'orders' are predicted perfectly by 'emb"):
        fitted(data=only_zeros, regressors=["social", "embargo", "threat"])


def test_separation_by_two_regressors_together_is_found() -> None:
    # Neither alone predicts a zero: their difference is above 0 in rows of zero only.
    difference = ((DATA["orders"] == 0) & (DATA.index % 2 == 0)).astype(float)
    hidden = changed(first=DATA["budget"], second=DATA["budget"] + difference)
    with pytest.raises(EstimationError, match="predicted perfectly by 'first', 'second'"):
        fitted(data=hidden, regressors=["first", "social", "second"])


def test_regressor_of_both_signs_in_rows_of_zero_separates_nothing() -> None:
    zero = DATA["orders"] == 0
    harmless = changed(x=np.where(zero, np.where(DATA.index % 2 == 0, 1, -1), 0))
    assert np.isfinite(fitted(data=harmless, regressors=["x"]).estimates).all()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"data": changed(orders=0)}, "'orders' is zero in every row"),
        ({"data": changed(orders=DATA["orders"] - 1)}, "'orders' must be 0 or more, found -1"),
        ({"data": changed(ally="A01")}, "one cluster only"),
        ({"data": changed(social=2.0)}, "'social' is constant or collinear"),
        ({"data": changed(threat=DATA["social"] * 3)}, "'threat' is constant or collinear"),
        (
            {"data": changed(social=DATA["ally"].str[1:].astype(int)), "effects": BOTH},
            "'social' is constant or collinear with the terms before it, given ally and year",
        ),
        ({"data": changed(social=np.nan)}, "'social' is missing in all 343 rows"),
        ({"data": changed(social=np.inf)}, "'social' is infinite in some rows"),
        ({"data": changed(budget=0.0), "exposure": "budget"}, "'budget' must be above 0"),
        ({"data": DATA.iloc[:0]}, "no rows"),
        ({"data": DATA.iloc[::18], "effects": ["ally"]}, "varies within no level of ally"),
        ({"regressors": ["socal"]}, "no column 'socal'"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        fitted(**changes)
