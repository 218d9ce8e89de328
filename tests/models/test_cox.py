"""Cox models against R's survival (tests/reference/cox.R)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.models import cox
from underbalance.models.cox import CoxFit
from underbalance.models.tidy import TIDY_COLUMNS

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "cox.json").read_text(encoding="utf-8"))
COUNTING = {"start": "start", "stop": "stop", "event": "event"}
BLADDER = dict(data="bladder2", formula="rx + number + size", cluster="id", **COUNTING)
SPELLS = dict(data="simulated", formula="x1 + x2 + x3", cluster="ally", **COUNTING)
JASA = "age + surgery + transplant + age_transplant + surgery_transplant"
ROSSI = {"data": "rossi", "start": None, "stop": "week", "event": "arrest", "cluster": "group"}
MODELS: dict[str, dict[str, Any]] = {
    "bladder_efron": BLADDER,
    "bladder_breslow": BLADDER | {"ties": "breslow"},
    "bladder_strata": BLADDER | {"strata": "enum"},
    "jasa": dict(data="jasa1", formula=JASA, cluster="id", ties="breslow", **COUNTING),
    "rossi": ROSSI | {"formula": "fin + age + race + wexp + mar + paro + prio"},
    "rossi_strata": ROSSI
    | {"formula": "fin + age + race + mar + paro + prio", "strata": "wexp", "ties": "breslow"},
    "spells_efron": SPELLS,
    "spells_breslow": SPELLS | {"ties": "breslow"},
    "spells_strata": SPELLS | {"strata": ["region"]},
    "spells_weighted": SPELLS | {"strata": "region", "weights": "weight"},
    "spells_weighted_breslow": SPELLS
    | {"strata": "region", "weights": "weight", "ties": "breslow"},
}
TRANSFORMS = ["km", "identity", "log", "rank"]


def data(name: str) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / f"cox_{name}.csv")
    return rows.assign(group=rows["age"]) if name == "rossi" else rows


@cache
def fitted(model: str, *, clustered: bool = True) -> CoxFit:
    choices = dict(MODELS[model])
    if not clustered:
        del choices["cluster"]
    return cox.fit(data(choices.pop("data")), **choices)


@pytest.mark.parametrize("model", MODELS)
def test_estimates_and_loglik_equal_coxph(model: str) -> None:
    fit, r = fitted(model), R[model]
    assert fit.terms == list(r["estimate"])
    np.testing.assert_allclose(fit.estimates, list(r["estimate"].values()), rtol=1e-9)
    assert fit.loglik == pytest.approx(r["loglik"], rel=1e-11)
    assert fit.loglik_null == pytest.approx(r["loglik_null"], rel=1e-11)
    assert (fit.n, fit.n_events) == (r["n"], r["n_events"])


@pytest.mark.parametrize("model", MODELS)
def test_naive_and_cluster_covariance_equal_coxph(model: str) -> None:
    fit, r = fitted(model), R[model]
    np.testing.assert_allclose(fit.naive_cov, r["naive_variance"], rtol=1e-8)
    np.testing.assert_allclose(fit.cov, r["robust_variance"], rtol=1e-8)
    np.testing.assert_allclose(
        fit.tidy()["std_error"] ** 2, np.diag(np.array(r["robust_variance"])), rtol=1e-8
    )


@pytest.mark.parametrize("model", MODELS)
def test_likelihood_ratio_wald_and_score_tests_equal_summary_coxph(model: str) -> None:
    statistics, r = fitted(model).tests["statistic"], R[model]["tests"]
    for name in ["likelihood_ratio", "score", "robust_score"]:
        assert statistics[name] == pytest.approx(r[name], rel=1e-8)
    # R rounds the Wald statistic to two digits.
    assert round(statistics["wald"], 2) == r["wald"]
    if MODELS[model].get("weights") is None:
        naive = fitted(model, clustered=False).tests["statistic"]
        assert round(naive["wald"], 2) == r["naive_wald"]


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("model", MODELS)
def test_ph_score_test_equals_current_cox_zph(model: str, transform: str) -> None:
    found = fitted(model).ph_test(transform)
    np.testing.assert_allclose(found["statistic"], R[model]["ph_test"][transform], rtol=1e-7)
    assert found.index[-1] == "GLOBAL"
    assert found["df"].tolist() == [1] * (len(found) - 1) + [len(found) - 1]


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("model", [name for name in MODELS if "weighted" not in name])
def test_ph_correlation_test_equals_cox_zph_before_survival_3(model: str, transform: str) -> None:
    found = fitted(model, clustered=False).ph_test(transform, version="correlation")
    np.testing.assert_allclose(found["statistic"], R[model]["ph_test_old"][transform], rtol=1e-7)


@pytest.mark.parametrize("model", MODELS)
def test_ph_correlation_test_of_a_clustered_fit_takes_the_robust_covariance(model: str) -> None:
    found = fitted(model).ph_test(version="correlation")
    np.testing.assert_allclose(found["statistic"], R[model]["ph_test_old_robust"], rtol=1e-7)


@pytest.mark.parametrize("model", MODELS)
def test_baseline_hazard_equals_basehaz_not_centred(model: str) -> None:
    ours = fitted(model).baseline()
    theirs = pd.DataFrame(R[model]["baseline"]).astype({"stratum": "str"})
    both = ours.merge(theirs, on=["stratum", "time"], how="left", validate="1:1")
    assert len(both) > 3
    np.testing.assert_allclose(both["cumulative_hazard"], both["cumulative"], rtol=1e-9)
    np.testing.assert_allclose(both["survival"], np.exp(-both["cumulative"]), rtol=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_residuals_equal_residuals_coxph(model: str) -> None:
    fit, r = fitted(model), R[model]["residuals"]
    rows = np.array(r["row"]) - 1
    for kind in ["martingale", "score", "dfbeta"]:
        ours = fit.residuals(kind).loc[rows].to_numpy().squeeze()
        np.testing.assert_allclose(ours, r[kind], rtol=1e-8, atol=1e-11)
    for kind in ["schoenfeld", "scaled_schoenfeld"]:
        squares = (fit.residuals(kind)[fit.terms] ** 2).sum()
        np.testing.assert_allclose(squares, r[kind], rtol=1e-8)


def test_published_numbers_of_bladder2_and_jasa1() -> None:
    breslow, efron = fitted("bladder_breslow"), fitted("bladder_efron")
    assert round(breslow.estimates["rx"], 5) == -0.45979
    assert round(efron.estimates["rx"], 5) == -0.46469
    assert round(breslow.std_errors["rx"], 5) == 0.25801
    assert round(efron.std_errors["rx"], 5) == 0.26556
    jasa = fitted("jasa").estimates.round(5)
    assert jasa[["age", "surgery", "transplant"]].tolist() == [0.01386, -0.54652, 0.11572]


def test_weights_that_are_not_whole_give_robust_errors_over_rows() -> None:
    spells = data("simulated").assign(one=1.0)
    choices: Any = {"formula": "x1 + x2 + x3"}
    plain, counts = cox.fit(spells, **choices), cox.fit(spells, weights="one", **choices)
    np.testing.assert_allclose(plain.cov, plain.naive_cov)
    np.testing.assert_allclose(plain.cov, counts.cov)
    assert plain.se_type == "inverse information"
    weighted = cox.fit(spells, weights="weight", **choices)
    assert weighted.se_type == "robust (dfbeta sandwich over rows)"
    by_row = cox.fit(spells.assign(row=range(len(spells))), cluster="row", **choices)
    np.testing.assert_allclose(by_row.cov, R["spells_rows"]["robust_variance"], rtol=1e-8)


def test_tidy_is_the_tidy_result_and_names_the_errors_and_ties() -> None:
    rows = fitted("bladder_efron").tidy()
    assert rows.columns.tolist() == TIDY_COLUMNS
    assert set(rows["se_type"]) == {"clustered by id (dfbeta sandwich, no small-sample factor)"}
    assert set(rows["p_method"]) == {"t(84)"}
    assert set(rows["ties"]) == {"efron"}
    assert rows["outcome"].tolist() == ["event"] * 3


def test_small_sample_factor_is_in_the_result_but_not_in_cov() -> None:
    plain = fitted("bladder_efron")
    corrected = cox.fit(data("bladder2"), "rx + number + size", cluster="id", small_sample=True)
    np.testing.assert_allclose(corrected.covariance, plain.covariance * 85 / 84)
    np.testing.assert_allclose(corrected.cov, plain.cov)
    assert "G/(G−1)" in corrected.se_type


def test_order_of_the_rows_changes_no_digit() -> None:
    spells = data("simulated")
    shuffled = spells.sample(frac=1, random_state=3)
    choices: Any = {"formula": "x1 + x2 + x3", "cluster": "ally", "strata": "region"}
    first, second = cox.fit(spells, **choices), cox.fit(shuffled, **choices)
    assert first.estimates.tolist() == second.estimates.tolist()
    assert first.cov.to_numpy().tolist() == second.cov.to_numpy().tolist()
    assert first.tidy()["data_sha"][0] == second.tidy()["data_sha"][0]


def test_entry_at_event_time_is_not_at_risk() -> None:
    rows = pd.DataFrame(
        {
            "start": [0.0, 0, 0, 2],
            "stop": [2.0, 3, 4, 5],
            "event": [1, 1, 0, 1],
            "x": [1.0, 0, 2, 1.5],
        }
    )
    fit = cox.fit(rows, "x")
    assert fit.baseline()["n_at_risk"].tolist() == [3, 3, 1]


def test_times_that_differ_by_rounding_are_tied() -> None:
    rows = data("simulated")
    rounding = np.where(rows.index % 2, 1e-12, 0.0)
    blurred = rows.assign(stop=rows["stop"] + rounding, start=rows["start"] + rounding)
    np.testing.assert_allclose(
        cox.fit(blurred, "x1 + x2 + x3").estimates,
        cox.fit(rows, "x1 + x2 + x3").estimates,
        rtol=1e-10,
    )


def test_offset_holds_a_coefficient() -> None:
    rows = data("simulated")
    fit = fitted("spells_efron", clustered=False)
    held = rows.assign(held=fit.estimates["x3"] * rows["x3"])
    restricted = cox.fit(held, "x1 + x2", offset="held")
    np.testing.assert_allclose(restricted.estimates, fit.estimates[["x1", "x2"]], rtol=1e-9)
    assert restricted.loglik == pytest.approx(fit.loglik, rel=1e-12)


def test_baseline_at_given_values_scales_the_hazard() -> None:
    fit = fitted("spells_strata")
    values = {"x1": 0.5, "x2": 1, "x3": 2}
    ratio = np.exp(fit.estimates @ pd.Series(values))
    np.testing.assert_allclose(
        fit.baseline(values)["cumulative_hazard"], fit.baseline()["cumulative_hazard"] * ratio
    )
