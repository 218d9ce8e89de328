"""Two-way fixed effects against R (tests/reference/panel.R), and what data cannot carry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import panel, tidy
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "panel.json").read_text(encoding="utf-8"))
MODELS = ["grunfeld", "panel_simulated", "disconnected"]


def grunfeld() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "grunfeld.csv")


def simulated() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "panel_simulated.csv")


def disconnected() -> pd.DataFrame:
    """Half of the states early, the others late, as in panel.R."""
    data = simulated()
    return data[(data["iso3"] <= "S10") == (data["year"] <= 2004)]


def fitted(model: str) -> Fit:
    if model == "grunfeld":
        return panel.fit(grunfeld(), "inv", ["value", "capital"], entity="firm", cluster="firm")
    data = simulated() if model == "panel_simulated" else disconnected()
    return panel.fit(data, "y", ["x1", "x2"])


def tidied(fit: Fit) -> pd.DataFrame:
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    return tidy.tidy(fit, **labels).set_index("term")


def in_order(fit: Fit, named: dict[str, float]) -> list[float]:
    return [named[term] for term in fit.terms]


@pytest.mark.parametrize("model", MODELS)
def test_coefficients_equal_plm_and_lm_with_dummies(model: str) -> None:
    fit = fitted(model)
    np.testing.assert_allclose(fit.estimates, in_order(fit, R[model]["estimate"]), rtol=1e-9)
    dummies = in_order(fit, R[model]["estimate_dummies"])
    np.testing.assert_allclose(fit.estimates, dummies, rtol=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_covariance_equals_vcovcl_hc1_on_lm_with_dummies(model: str) -> None:
    fit = fitted(model)
    np.testing.assert_allclose(fit.std_errors, in_order(fit, R[model]["se_hc1"]), rtol=1e-9)
    assert fit.covariance.iloc[0, 1] == pytest.approx(R[model]["covariance_hc1"], rel=1e-8)


@pytest.mark.parametrize("model", MODELS)
def test_correction_to_plm_arellano_counts_slopes_and_dummies(model: str) -> None:
    fit, r = fitted(model), R[model]
    n, g, k = fit.n, r["n_clusters"], r["k"]
    full = np.sqrt(g / (g - 1) * (n - 1) / (n - k))
    slopes_only = np.sqrt(g / (g - 1) * (n - 1) / (n - len(fit.terms)))
    uncorrected = np.array(in_order(fit, r["se_arellano_hc0"]))
    np.testing.assert_allclose(fit.std_errors, uncorrected * full, rtol=1e-9)
    # plm's "sss" is the same sandwich with k = slopes only: smaller, and not what is used.
    np.testing.assert_allclose(in_order(fit, r["se_arellano_sss"]), uncorrected * slopes_only)
    assert (fit.std_errors > 1.05 * uncorrected * slopes_only).all()


@pytest.mark.parametrize("model", MODELS)
def test_p_values_equal_r_with_t_of_clusters_less_one(model: str) -> None:
    result = tidied(fitted(model))
    expected = [R[model]["p_t_g_1"][term] for term in result.index]
    np.testing.assert_allclose(result["p_value"], expected, rtol=1e-7)
    assert set(result["p_method"]) == {f"t({R[model]['n_clusters'] - 1})"}


@pytest.mark.parametrize("model", MODELS)
def test_counts_fit_and_likelihood_equal_r(model: str) -> None:
    fit, r = fitted(model), R[model]
    assert (fit.n, fit.n_clusters, fit.df) == (r["n"], r["n_clusters"], r["n_clusters"] - 1)
    assert fit.extra["n_incomplete"] == r["n_missing"]
    assert fit.extra["n_singletons"] == r["n_singletons"]
    assert fit.extra["n_parameters"] == r["k"]
    if r["n_missing"]:
        assert fit.notes[0] == f"incomplete rows left out: {r['n_missing']}"
        assert fit.notes[1].endswith(f"alone in their iso3 or year: {r['n_singletons']}")
    assert fit.extra["r2_within"] == pytest.approx(r["r2_within"], rel=1e-9)
    assert fit.loglik == pytest.approx(r["loglik"], rel=1e-9)


def test_the_reference_panel_has_the_difficulties_it_is_for() -> None:
    r = R["panel_simulated"]
    assert r["n_missing"] > 0
    assert r["n_singletons"] > 0
    assert simulated().groupby("iso3").size().nunique() > 10
    d = R["disconnected"]
    rows = disconnected().dropna()
    states, years = rows["iso3"].nunique() - d["n_singletons"], rows["year"].nunique()
    assert d["k"] == 2 + states + years - 2  # one less than in a connected panel


def test_planted_effects_are_recovered_and_covered() -> None:
    rng = np.random.default_rng(20261122)
    planted = pd.Series({"political": 0.5, "economic": -0.2})
    fits = [
        panel.fit(planted_panel(rng, planted), "effort", list(planted.index)) for _ in range(40)
    ]
    estimates = pd.DataFrame([fit.estimates for fit in fits])
    monte_carlo_error = estimates.std() / np.sqrt(len(fits))
    assert ((estimates.mean() - planted).abs() < 3.5 * monte_carlo_error).all()
    assert (monte_carlo_error < 0.02).all()
    tables = [tidied(fit) for fit in fits]
    covered = np.mean([(t["ci_low"] < planted) & (planted < t["ci_high"]) for t in tables])
    assert 0.87 <= covered <= 1.0
    # Errors are correlated within allies: conventional intervals would cover less.
    spread = pd.DataFrame([fit.std_errors for fit in fits]).mean()
    np.testing.assert_allclose(spread, estimates.std(), rtol=0.35)


def planted_panel(rng: np.random.Generator, planted: pd.Series[float]) -> pd.DataFrame:
    """20 allies, 12 to 20 years each, effects correlated with x, errors with their neighbours."""
    frames = []
    shocks = rng.normal(size=20)
    for ally in range(20):
        years = np.arange(rng.integers(0, 9), 20)
        own = rng.normal()
        x = rng.normal(size=(len(years), 2)) + own + shocks[years, None]
        error = np.convolve(rng.normal(size=len(years) + 3), np.ones(4) / 2, mode="valid")
        frame = pd.DataFrame(x, columns=list(planted.index)).assign(iso3=f"A{ally}", year=years)
        frames.append(frame.assign(effort=x @ planted + 2 * own + 3 * shocks[years] + error))
    return pd.concat(frames, ignore_index=True)


def test_order_of_rows_and_units_of_regressors_change_nothing() -> None:
    data = simulated()
    shuffled = data.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        tidied(panel.fit(data, "y", ["x1", "x2"])),
        tidied(panel.fit(shuffled, "y", ["x1", "x2"])),
        check_exact=True,
    )
    dollars = panel.fit(data.assign(x1=data["x1"] * 1e9 + 1e12), "y", ["x1", "x2"])
    np.testing.assert_allclose(
        dollars.estimates["x1"] * 1e9, R["panel_simulated"]["estimate"]["x1"]
    )


def test_few_clusters_give_estimates_without_p_values() -> None:
    data = simulated()
    result = tidied(panel.fit(data[data["iso3"] <= "S05"], "y", ["x1", "x2"]))
    assert result[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert (result["std_error"] > 0).all()
    assert result["note"].str.startswith("too few clusters: 5 < 10").all()
    enough = panel.fit(data[data["iso3"] <= "S05"], "y", ["x1", "x2"], min_clusters=5)
    assert tidied(enough)["p_value"].notna().all()


def test_clusters_coarser_than_entities_are_counted_as_clusters() -> None:
    data = simulated().assign(region=lambda d: d["iso3"].str[-1])
    fit = panel.fit(data, "y", ["x1", "x2"], cluster="region")
    assert fit.n_clusters == 10
    assert fit.df == 9
    assert not np.allclose(fit.std_errors, fitted("panel_simulated").std_errors, rtol=1e-3)


def changed(**columns: Any) -> pd.DataFrame:
    return simulated().assign(**columns)


def two_states() -> pd.DataFrame:
    """A panel of two states: what one gains on the year mean the other loses."""
    return simulated().query("iso3 in ['S01', 'S02']")


def state(data: pd.DataFrame) -> pd.Series[int]:
    return data["iso3"].str[1:].astype(int)


@pytest.mark.parametrize(
    ("data", "regressors", "said"),
    [
        (changed(x3=lambda d: 2 * d["x1"] - d["x2"]), ["x1", "x2", "x3"], "'x3' is collinear"),
        (changed(x3=1.0), ["x1", "x3"], "'x3' is constant once iso3 and year"),
        (changed(x3=state), ["x1", "x3"], "'x3' is constant"),
        (changed(x3=lambda d: d["year"] ** 2), ["x3", "x1"], "'x3' is constant"),
        (changed(x3=lambda d: d["year"] - 1e3 * state(d)), ["x3"], "'x3' is constant once iso3"),
        (changed(x2=np.nan), ["x1", "x2"], r"'x2' is missing in all \d+ rows"),
        (changed(x2=lambda d: d["x2"].where(d.index > 9, np.inf)), ["x1", "x2"], "'x2' is inf"),
        (changed(x2="high"), ["x1", "x2"], "'x2' is not a number"),
        (changed(iso3=lambda d: d["iso3"].where(d.index > 3)), ["x1"], "'iso3' is missing in 4"),
        (simulated(), ["x1", "x9"], "no column 'x9'"),
        (simulated(), ["x1", "x1"], "'x1' is used twice"),
        (simulated(), ["y"], "'y' is used twice"),
        (simulated(), [], "no regressors"),
        (simulated().iloc[:0], ["x1"], "no rows"),
        (simulated().drop_duplicates("iso3"), ["x1"], "no iso3 and year with two rows"),
        (pd.concat([simulated(), simulated().iloc[:2]]), ["x1"], "2 rows repeat a iso3 and year"),
        (changed(y=lambda d: d["x1"] + d["year"]), ["x1"], "fit 'y' without a residual"),
        (changed(y=state), ["x1"], "fit 'y' without a residual"),
        (changed(bloc="all"), ["x1"], r"one cluster only \(bloc all\)"),
        (two_states(), ["x1"], "'x1' is zero: the scores of 2 clusters cancel"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(
    data: pd.DataFrame, regressors: list[str], said: str
) -> None:
    cluster = "bloc" if "bloc" in data else "iso3"
    with pytest.raises(EstimationError, match=said):
        panel.fit(data, "y", regressors, cluster=cluster)


def test_incomplete_rows_are_counted_by_column_when_none_is_left() -> None:
    half = simulated().index % 2 == 0
    data = changed(x1=lambda d: d["x1"].where(half), x2=lambda d: d["x2"].where(~half))
    with pytest.raises(EstimationError, match=r"none of \d+ rows .* y 1, x1 \d+, x2 \d+"):
        panel.fit(data, "y", ["x1", "x2"])
