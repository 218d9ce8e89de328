"""The table of all methods; the jackknife and effective clusters against R; Holm by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import cox, grouped, panel, tidy
from underbalance.models.inference import (
    INFERENCE_COLUMNS,
    METHODS,
    cluster_jackknife,
    effective_clusters,
    holm,
    infer,
)
from underbalance.models.linear import LinearModel
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "inference.json").read_text(encoding="utf-8"))


@pytest.fixture
def data() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "panel_simulated.csv")


@pytest.fixture
def fit(data) -> Fit:
    return panel.fit(data, "y", ["x1", "x2"])


def table(fit: Fit, **changes: Any) -> pd.DataFrame:
    usual: dict[str, Any] = {"seed": 1, "spec_id": "s", "draws": 199, "permutations": 19}
    return infer(fit, **{"terms": ["x1", "x2"], **usual, **changes})


@pytest.mark.parametrize("term", ["x1", "x2"])
def test_jackknife_equals_r_with_lm_estimated_without_each_state(fit, term):
    result = cluster_jackknife(fit, term)
    assert result.std_error == pytest.approx(R["panel"]["std_error"][term], rel=1e-8)
    assert result.p_value == pytest.approx(R["panel"]["p_t_g_1"][term], rel=1e-6)
    assert result.df == R["panel"]["n_clusters"] - 1


def test_jackknife_equals_r_with_glm_estimated_without_each_ally():
    data = pd.read_csv(REFERENCE / "grouped_simulated.csv")
    fit = grouped.fit(data, "event", ["social", "threat"], cluster="ally")
    for term, expected in R["grouped"]["std_error"].items():
        assert cluster_jackknife(fit, term).std_error == pytest.approx(expected, rel=1e-7)


def test_jackknife_equals_r_with_coxph_estimated_without_each_patient():
    data = pd.read_csv(REFERENCE / "cox_bladder2.csv")
    fit = cox.fit(
        data, "rx + size + number", start="start", stop="stop", event="event", cluster="id"
    )
    for term, expected in R["cox"]["std_error"].items():
        assert cluster_jackknife(fit, term).std_error == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("term", ["x1", "x2"])
def test_effective_clusters_equal_r_from_residuals_of_the_regressor(fit, term):
    expected = R["panel"]["effective_clusters"][term]
    assert effective_clusters(fit.model)[term] == pytest.approx(expected, rel=1e-9)


def test_effective_clusters_are_all_when_all_are_alike_and_one_when_one_identifies():
    keys = pd.MultiIndex.from_product([list("ABCDEF"), range(4)], names=["iso3", "year"])
    data = keys.to_frame(index=False).assign(alike=np.tile([1.0, -1, 1, -1], 6))
    data["only"] = np.where(data["iso3"] == "B", np.tile([1.0, 1, -1, -1], 6), 0.0)
    data["y"] = np.random.default_rng(1).normal(size=24)
    model = LinearModel(
        data, lambda _: None, outcome=data["y"], design=data[["alike", "only"]],
        clusters=data["iso3"],
    )  # fmt: skip
    assert effective_clusters(model).tolist() == pytest.approx([6, 1])


def test_jackknife_names_the_cluster_without_which_the_term_is_not_identified():
    keys = pd.MultiIndex.from_product([list("ABCD"), range(5)], names=["iso3", "year"])
    data = keys.to_frame(index=False)
    data["y"], data["x"] = np.random.default_rng(1).normal(size=(2, 20))
    data["x"] = data["x"].where(data["iso3"] == "B", 0.0)
    with pytest.raises(EstimationError, match=r"not identified without B$"):
        cluster_jackknife(panel.fit(data, "y", ["x"]), "x")


def test_table_has_one_row_per_term_and_method_in_order(fit, data):
    histories = data[["iso3", "year", "x1"]]
    found = table(fit, rows=data, histories=histories)
    assert list(found.columns) == INFERENCE_COLUMNS
    assert found["term"].tolist() == ["x1"] * 4 + ["x2"] * 4
    assert found["method"].tolist() == [*METHODS, *METHODS]
    assert set(found["spec_id"]) == {"s"}
    assert found["draws"].astype(object).where(found["draws"].notna(), 0).tolist()[:4] == [
        0, 0, 199, 19,
    ]  # fmt: skip
    assert found["p_value"].notna().tolist() == [True] * 7 + [False]
    assert found["note"].iloc[-1] == "not available: no history of 'x2'"
    assert found["note"].iloc[0].startswith("effective clusters: 14.8 of 20")
    assert found["effective_clusters"].round(1).iloc[0] == 14.8
    assert found["effective_clusters"].notna().tolist() == [True, False, False, False] * 2


def test_clustered_t_is_the_tidy_result_of_the_fit(fit):
    labels = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    expected = tidy.tidy(fit, **labels)
    found = table(fit, methods=["crv1"])
    for column in ["estimate", "std_error", "df", "statistic", "p_value", "ci_low", "ci_high"]:
        assert found[column].tolist() == expected[column].tolist()


def test_row_is_the_same_whatever_else_is_asked_for(fit):
    everything = table(fit, methods=["crv1", "crv3", "wild"])
    alone = table(fit, terms=["x2"], methods=["wild"])
    pd.testing.assert_frame_equal(everything.tail(1).reset_index(drop=True), alone)


def test_draws_depend_on_seed_and_specification(fit):
    p_values = [
        table(fit, methods=["wild"], **change)["ci_low"].iloc[0]
        for change in ({}, {}, {"seed": 2}, {"spec_id": "t"})
    ]
    assert p_values[0] == p_values[1]
    assert len(set(p_values)) == 3


def test_too_few_clusters_leave_estimates_but_no_p_or_interval_of_any_method(fit, data):
    found = table(fit, min_clusters=21, rows=data, histories=data)
    assert found[["p_value", "ci_low", "ci_high"]].isna().all().all()
    assert found["estimate"].notna().all()
    assert set(found["note"]) == {"too few clusters: 20 < 21"}
    assert table(fit, min_clusters=20, methods=["wild"])["p_value"].notna().all()


def test_what_a_method_cannot_do_is_a_note_and_other_methods_go_on(fit):
    found = table(fit, terms=["x1"]).set_index("method")
    assert found.loc["permutation", "note"] == "not available: no histories of the allies"
    assert found.loc["permutation", ["statistic", "p_value", "std_error"]].isna().all()
    assert found.loc[["crv1", "crv3", "wild"], "p_value"].notna().all()


@pytest.mark.parametrize(
    ("changes", "error", "reason"),
    [
        ({"methods": ["bayes"]}, ValueError, "unknown method bayes: one of crv1, crv3, wild"),
        ({"terms": ["x9"]}, EstimationError, "no term 'x9' in the model: x1, x2"),
    ],
)
def test_what_is_asked_for_wrongly_is_named(fit, changes, error, reason):
    with pytest.raises(error, match=reason):
        table(fit, **changes)


def test_fit_without_model_is_refused():
    one = pd.Series([1.0], index=["x"])
    fit = Fit(one, one.to_frame("x"), "clustered", 9, "t(9)", 10, 10)
    with pytest.raises(EstimationError, match="no model"):
        table(fit, terms=["x"])


def test_holm_by_hand():
    # ordered: .01 × 4, .02 × 3, .03 × 2, .5 × 1; each at least the one before
    assert holm([0.03, 0.01, 0.5, 0.02]).tolist() == pytest.approx([0.06, 0.04, 0.5, 0.06])


def test_holm_equals_statsmodels_on_random_p_values():
    from statsmodels.stats.multitest import multipletests

    rng = np.random.default_rng(1)
    for size in (1, 2, 7, 30):
        p_values = rng.uniform(size=size) ** 3
        expected = multipletests(p_values, method="holm")[1]
        np.testing.assert_allclose(holm(p_values), expected, rtol=1e-12)


def test_holm_leaves_missing_p_values_out_of_the_family():
    found = holm([0.01, np.nan, 0.04])
    assert found[[0, 2]].tolist() == pytest.approx([0.02, 0.04])
    assert np.isnan(found[1])
    assert np.isnan(holm([np.nan, np.nan])).all()


def test_holm_refuses_what_is_no_probability():
    with pytest.raises(ValueError, match="0 to 1"):
        holm([0.1, 1.2])
