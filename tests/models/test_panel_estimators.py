"""Within–between, first differences, Driscoll–Kraay against R (panel_estimators.R)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import driscoll_kraay, first_difference, panel, tidy, within_between
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "panel_estimators.json").read_text(encoding="utf-8"))
DATA = ["grunfeld", "panel_simulated"]
ESTIMATORS: dict[str, Callable[..., Fit]] = {
    "within_between": within_between.fit,
    "first_difference": first_difference.fit,
    "driscoll_kraay": driscoll_kraay.fit,
}


def simulated() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "panel_simulated.csv")


def fitted(name: str, data: str, **options: Any) -> Fit:
    if data == "grunfeld":
        rows = pd.read_csv(REFERENCE / "grunfeld.csv")
        slopes = ["value", "capital"]
        return ESTIMATORS[name](rows, "inv", slopes, entity="firm", cluster="firm", **options)
    return ESTIMATORS[name](simulated(), "y", ["x1", "x2"], **options)


def with_the_lags_of_r(name: str, data: str) -> Fit:
    lags = {"lags": R[data][name]["lags"]} if name == "driscoll_kraay" else {}
    return fitted(name, data, **lags)


def in_order(fit: Fit, named: dict[str, float]) -> list[float]:
    return [named[term.replace("between[", "between_").replace("]", "")] for term in fit.terms]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("name", ESTIMATORS)
def test_estimates_equal_lm(name: str, data: str) -> None:
    fit, r = with_the_lags_of_r(name, data), R[data][name]
    np.testing.assert_allclose(fit.estimates, in_order(fit, r["estimate"]), rtol=1e-9)
    assert (fit.n, fit.extra["n_parameters"]) == (r["n"], r["k"])


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("name", ESTIMATORS)
def test_standard_errors_equal_sandwich(name: str, data: str) -> None:
    fit, r = with_the_lags_of_r(name, data), R[data][name]
    np.testing.assert_allclose(fit.std_errors, in_order(fit, r["std_error"]), rtol=1e-9)


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("name", ["within_between", "first_difference"])
def test_likelihood_and_clusters_equal_r(name: str, data: str) -> None:
    fit, r = fitted(name, data), R[data][name]
    assert fit.loglik == pytest.approx(r["loglik"], rel=1e-9)
    assert (fit.n_clusters, fit.df) == (r["n_clusters"], r["n_clusters"] - 1)


@pytest.mark.parametrize("name", ["within_between", "first_difference"])
def test_sandwich_of_the_model_is_the_covariance_of_the_fit(name: str) -> None:
    fit = fitted(name, "panel_simulated")
    assert fit.model is not None
    at = fit.model.linearised({})
    half = at.scores @ np.linalg.inv(at.information.sum(axis=0))
    columns = [fit.model.terms.index(term) for term in fit.terms]
    sandwich = fit.extra["cluster_factor"] * (half.T @ half)[np.ix_(columns, columns)]
    np.testing.assert_allclose(sandwich, fit.covariance, rtol=1e-9)


def test_within_of_a_balanced_panel_is_the_two_way_within_estimator() -> None:
    fit = fitted("within_between", "grunfeld")
    assert fit.estimates["value"] == pytest.approx(0.117716, abs=5e-7)
    assert fit.estimates["capital"] == pytest.approx(0.357916, abs=5e-7)


def test_within_of_an_unbalanced_panel_is_near_it_but_another() -> None:
    fit = fitted("within_between", "panel_simulated")
    two_way = panel.fit(simulated(), "y", ["x1", "x2"])
    apart = (fit.estimates[["x1", "x2"]] - two_way.estimates).abs()
    assert (apart > 1e-4).all()
    assert (apart < two_way.std_errors).all()


def test_means_are_those_of_the_rows_used() -> None:
    data = simulated()
    holes = data.assign(x1=data["x1"].where(data.index % 3 > 0))
    fit = within_between.fit(holes, "y", ["x1", "x2"])
    only_complete = within_between.fit(holes.dropna(), "y", ["x1", "x2"])
    np.testing.assert_allclose(fit.estimates, only_complete.estimates, rtol=1e-12)
    assert fit.notes == (f"incomplete rows left out: {holes.isna().any(axis=1).sum()}",)


def test_replacing_a_regressor_replaces_its_means_too() -> None:
    data = simulated()
    other = data["x1"].sample(frac=1, random_state=4).set_axis(data.index)
    fit = fitted("within_between", "panel_simulated")
    assert fit.model is not None
    replaced = fit.model.replaced("x1", other)
    found = dict(zip(replaced.terms, replaced.linearised({}).estimates, strict=True))
    # Rows incomplete for the old regressor are no rows of the model.
    rows = data.loc[replaced.index].assign(x1=other)
    expected = within_between.fit(rows, "y", ["x1", "x2"])
    np.testing.assert_allclose([found[t] for t in expected.terms], expected.estimates, rtol=1e-9)


def test_first_differences_of_plm_are_ours_where_there_is_no_gap() -> None:
    fit = fitted("first_difference", "grunfeld")
    theirs = in_order(fit, R["grunfeld"]["first_difference_plm"])
    np.testing.assert_allclose(fit.estimates, theirs, rtol=1e-9)


def test_trap_plm_takes_differences_across_gaps_and_we_do_not() -> None:
    fit = fitted("first_difference", "panel_simulated")
    theirs = np.array(in_order(fit, R["panel_simulated"]["first_difference_plm"]))
    assert (np.abs(fit.estimates - theirs) > 0.04).all()
    complete = simulated().dropna()
    follows = complete["year"].diff().where(complete["iso3"].eq(complete["iso3"].shift())).eq(1)
    assert fit.n == follows.sum()
    assert fit.notes[1] == f"rows without the year before: {len(complete) - fit.n}"


def test_removing_a_year_removes_both_differences_that_need_it() -> None:
    data = pd.read_csv(REFERENCE / "grunfeld.csv")
    fit = first_difference.fit(
        data[data["year"] != 1940], "inv", ["value"], entity="firm", cluster="firm"
    )
    assert fit.n == 190 - 20


def test_refit_of_differences_without_a_cluster_is_the_fit_without_it() -> None:
    fit = fitted("first_difference", "panel_simulated")
    assert fit.model is not None
    weights = np.where(np.array(fit.model.clusters) == "S03", 0.0, 1.0)
    found = fit.model.refit(weights)[[fit.model.terms.index(term) for term in fit.terms]]
    data = simulated()
    expected = first_difference.fit(data[data["iso3"] != "S03"], "y", ["x1", "x2"])
    np.testing.assert_allclose(found, expected.estimates, rtol=1e-9)


@pytest.mark.parametrize("data", DATA)
def test_driscoll_kraay_is_plms_times_the_correction(data: str) -> None:
    fit, r = with_the_lags_of_r("driscoll_kraay", data), R[data]["driscoll_kraay"]
    factor = np.sqrt(r["n"] / (r["n"] - r["k"]))
    uncorrected = np.array(in_order(fit, r["std_error_scc"]))
    np.testing.assert_allclose(fit.std_errors, uncorrected * factor, rtol=1e-9)
    assert factor > 1.05


@pytest.mark.parametrize("data", DATA)
def test_default_lags_are_those_of_plm(data: str) -> None:
    fit, r = fitted("driscoll_kraay", data), R[data]["driscoll_kraay"]
    factor = np.sqrt(r["n"] / (r["n"] - r["k"]))
    uncorrected = np.array(in_order(fit, r["std_error_scc_default"]))
    np.testing.assert_allclose(fit.std_errors, uncorrected * factor, rtol=1e-9)


def test_driscoll_kraay_has_p_values_of_the_periods() -> None:
    fit = with_the_lags_of_r("driscoll_kraay", "panel_simulated")
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    rows = tidy.tidy(fit, **labels)
    expected = in_order(fit, R["panel_simulated"]["driscoll_kraay"]["p_t_periods"])
    np.testing.assert_allclose(rows["p_value"], expected, rtol=1e-7)
    assert set(rows["se_type"]) == {"Driscoll–Kraay (Bartlett, 3 lags)"}


def test_driscoll_kraay_withholds_p_values_for_few_periods() -> None:
    data = simulated()
    fit = driscoll_kraay.fit(data[data["year"] > 2011], "y", ["x1", "x2"])
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    rows = tidy.tidy(fit, **labels)
    assert rows["p_value"].isna().all()
    assert rows["note"].str.startswith("too few clusters: 8 < 10 (periods)").all()


@pytest.mark.parametrize("lags", [-1, 30])
def test_impossible_lags_are_refused(lags: int) -> None:
    with pytest.raises(EstimationError, match=r"lags must be 0 to 29"):
        driscoll_kraay.fit(simulated(), "y", ["x1"], lags=lags)


def changed(**columns: Any) -> pd.DataFrame:
    return simulated().assign(**columns)


def state(data: pd.DataFrame) -> pd.Series[int]:
    return data["iso3"].str[1:].astype(int)


BOTH = ["within_between", "first_difference"]


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("data", "regressors", "said"),
    [
        (changed(x3=lambda d: 2 * d["x1"] - d["x2"]), ["x1", "x2", "x3"], "'x3' is constant or"),
        (changed(x2=np.nan), ["x1", "x2"], r"'x2' is missing in all \d+ rows"),
        (simulated(), [], "no regressors"),
        (simulated().iloc[:0], ["x1"], "no rows"),
        (pd.concat([simulated(), simulated().iloc[:2]]), ["x1"], "2 rows repeat a iso3 and year"),
        (changed(y=lambda d: d["x1"] + d["year"]), ["x1"], "fit 'y' without a residual"),
        (changed(bloc="all"), ["x1"], r"one cluster only \(bloc all\)"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(
    name: str, data: pd.DataFrame, regressors: list[str], said: str
) -> None:
    cluster = "bloc" if "bloc" in data else "iso3"
    with pytest.raises(EstimationError, match=said):
        ESTIMATORS[name](data, "y", regressors, cluster=cluster)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("within_between", changed(x1=state), "'x1' is constant within every iso3"),
        ("within_between", changed(x1=1.0), "'x1' is constant within every iso3"),
        ("first_difference", changed(x1=state), "'x1' is constant or collinear"),
        ("first_difference", changed(year=lambda d: d["year"] * 2), "neighbouring years"),
        ("first_difference", changed(year=lambda d: d["year"] + 0.5), "must be whole numbers"),
    ],
)
def test_regressors_that_do_not_vary_as_needed_are_said_by_name(
    name: str, data: pd.DataFrame, said: str
) -> None:
    with pytest.raises(EstimationError, match=said):
        ESTIMATORS[name](data, "y", ["x1"])


def test_a_regressor_with_one_mean_in_all_states_has_no_between_effect() -> None:
    data = simulated().dropna()
    data["x1"] -= data.groupby("iso3")["x1"].transform("mean")
    data = data[data["x1"].abs() > 1e-12]  # states seen once
    with pytest.raises(EstimationError, match="'x1' has the same mean in every iso3"):
        within_between.fit(data, "y", ["x1"])


def test_clusters_that_divide_an_entity_are_refused_in_within_between() -> None:
    data = changed(decade=lambda d: d["year"] // 10)
    with pytest.raises(EstimationError, match="a iso3 lies in several clusters of 'decade'"):
        within_between.fit(data, "y", ["x1"], cluster="decade")
