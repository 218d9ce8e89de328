"""Accelerated failure time against R (tests/reference/aft.R), and what data cannot carry."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from underbalance.errors import EstimationError
from underbalance.models import aft, tidy
from underbalance.models.aft_model import AftModel
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "aft.json").read_text(encoding="utf-8"))
CASES = pd.read_csv(REFERENCE / "aft_simulated.csv")
KING = pd.read_csv(REFERENCE / "king_coalition.csv").assign(
    iso3=lambda data: data.index, end=lambda data: data["duration"].where(data["ciep12"] == 1)
)
DISTRIBUTIONS = list(aft.LAWS)
ALL = [(case, law) for case in ["intervals", "late_entry", "king"] for law in DISTRIBUTIONS]


def changed(**columns: Any) -> pd.DataFrame:
    return CASES.assign(**columns)


def fitted(
    data: pd.DataFrame = CASES, *, entry: str | None = "entry", distribution: str = "weibull"
) -> Fit:
    times: Any = {"lower": "low", "upper": "high", "entry": entry, "distribution": distribution}
    return aft.fit(data, ["x1", "x2"], categories=["kind"], **times)


def fit_of(case: str, distribution: str) -> Fit:
    if case == "king":
        times: Any = {"lower": "duration", "upper": "end", "distribution": distribution}
        return aft.fit(KING, ["fract", "numst2"], **times)
    entry = "entry" if case == "late_entry" else None
    return fitted(entry=entry, distribution=distribution)


def model_of(fit: Fit) -> AftModel:
    assert isinstance(fit.model, AftModel)
    return fit.model


def of_r(fit: Fit, case: str, distribution: str, what: str) -> list[float]:
    """R's numbers in the order of the terms: ``kind[ships]`` is ``kindships`` there."""
    own = {"constant": "(Intercept)"}
    names = [own.get(term, term.replace("[", "").replace("]", "")) for term in fit.terms]
    return [R[case][distribution][what][name] for name in names]


def sandwich(scores: NDArray[np.float64], model: AftModel) -> NDArray[np.float64]:
    """Standard errors without G/(G−1) from scores of rows, summed by cluster."""
    sums = pd.DataFrame(scores).groupby(model.cluster).sum().to_numpy()
    information = model.linearised({}).information.sum(axis=0)
    half = sums @ np.linalg.inv(information)
    return np.asarray(np.sqrt(np.diag(half.T @ half)))


@pytest.mark.parametrize(("case", "distribution"), ALL)
def test_estimates_and_likelihood_equal_r(case: str, distribution: str) -> None:
    fit = fit_of(case, distribution)
    np.testing.assert_allclose(
        fit.estimates, of_r(fit, case, distribution, "estimate"), rtol=1e-7, atol=1e-9
    )
    assert len(fit.terms) == len(R[case][distribution]["estimate"])
    assert fit.loglik == pytest.approx(R[case][distribution]["loglik"], rel=1e-11)


@pytest.mark.parametrize(("case", "distribution"), ALL)
def test_standard_errors_equal_r_but_for_clusters_over_clusters_less_one(
    case: str, distribution: str
) -> None:
    fit = fit_of(case, distribution)
    g = fit.n_clusters or 0
    robust = np.array(of_r(fit, case, distribution, "robust"))
    np.testing.assert_allclose(fit.std_errors, robust * np.sqrt(g / (g - 1)), rtol=1e-7)
    information = model_of(fit).linearised({}).information.sum(axis=0)
    naive = np.sqrt(np.diag(np.linalg.inv(information)))
    np.testing.assert_allclose(naive, of_r(fit, case, distribution, "naive"), rtol=1e-7)


def test_king_alt_burns_and_laver_1990() -> None:
    # the numbers known from the exponential model of the R package Zelig
    fit = fit_of("king", "exponential")
    expected = {"constant": 5.53587, "fract": -0.00391, "numst2": 0.46118}
    assert fit.estimates.round(5).to_dict() == expected
    assert fit.loglik == pytest.approx(-1077.4, abs=0.05)
    assert (fit.n, fit.n_events) == (314, 271)


@pytest.mark.parametrize("distribution", ["weibull", "loglogistic"])
def test_trap_robust_errors_of_survreg_turn_the_scale_scores_of_intervals(
    distribution: str,
) -> None:
    model = model_of(fitted(entry=None, distribution=distribution))
    by_row = replace(model, cluster=np.arange(len(model.cluster)).astype("object"))
    scores = by_row.linearised_at(model.start).scores
    assert np.abs(scores.sum(axis=0)).max() < 1e-8
    times = model.times
    inside = np.isfinite(times.low) & np.isfinite(times.high) & ~times.exact
    turned = scores * np.where(inside[:, None] & (np.arange(scores.shape[1]) == 5), -1, 1)
    assert np.abs(turned.sum(axis=0)).max() > 1
    fit = fitted(entry=None, distribution=distribution)
    theirs = of_r(fit, "intervals", distribution, "robust_of_survreg")
    np.testing.assert_allclose(sandwich(turned, model), theirs, rtol=1e-6)


def test_positive_coefficient_means_longer_durations() -> None:
    data = changed(low=CASES["low"] * np.exp(CASES["x1"]), high=CASES["high"] * np.exp(CASES["x1"]))
    slower = aft.fit(data, ["x1"], lower="low", upper="high").estimates["x1"]
    before = aft.fit(CASES, ["x1"], lower="low", upper="high").estimates["x1"]
    assert slower == pytest.approx(before + 1, rel=1e-6)


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_stretches_of_a_duration_say_what_the_whole_says(distribution: str) -> None:
    whole = changed(entry=0.0)
    cut = CASES["low"] / 2
    first = whole.assign(low=cut, high=np.nan)
    both = pd.concat([first, whole.assign(entry=cut)], ignore_index=True)
    one, two = (fitted(data, distribution=distribution) for data in (whole, both))
    np.testing.assert_allclose(one.estimates, two.estimates, rtol=1e-8)
    np.testing.assert_allclose(one.std_errors, two.std_errors, rtol=1e-8)


def test_interval_begins_at_entry_at_the_earliest() -> None:
    late = changed(entry=np.where(CASES["low"] != CASES["high"], CASES["low"], 0))
    early = late.assign(low=np.where(late["entry"] > 0, late["low"] / 2, late["low"]))
    seen = CASES["high"].notna()
    one, two = fitted(late[seen]), fitted(early[seen])
    np.testing.assert_allclose(one.estimates, two.estimates, rtol=1e-10)


def test_units_of_time_and_regressors_change_only_constant_and_own_coefficient() -> None:
    times = ["entry", "low", "high"]
    data = changed(**{name: CASES[name] * 365 for name in times}, x1=CASES["x1"] * 1e6)
    expected = fitted().estimates.copy()
    expected["constant"] += np.log(365)
    expected["x1"] /= 1e6
    np.testing.assert_allclose(fitted(data).estimates, expected, rtol=1e-8)


def test_order_of_rows_changes_nothing() -> None:
    again = fitted(CASES.sample(frac=1, random_state=1))
    pd.testing.assert_series_equal(fitted().estimates, again.estimates, check_exact=True)
    pd.testing.assert_frame_equal(fitted().covariance, again.covariance, check_exact=True)


def test_infinite_and_missing_upper_ends_both_mean_that_no_event_was_seen() -> None:
    infinite = changed(high=CASES["high"].fillna(np.inf))
    pd.testing.assert_series_equal(fitted().estimates, fitted(infinite).estimates)


def test_whole_numbers_that_may_be_missing_are_taken_as_any_others() -> None:
    whole = changed(low=np.floor(CASES["low"]), high=np.ceil(CASES["high"]), entry=0)
    nullable = whole.astype({"low": "Int64", "high": "Int64"})
    pd.testing.assert_series_equal(fitted(whole).estimates, fitted(nullable).estimates)


def test_incomplete_and_unwatched_rows_are_left_out_and_counted() -> None:
    gone, unwatched = CASES.index % 10 == 0, CASES.index % 10 == 1
    data = changed(x1=CASES["x1"].where(~gone))
    data.loc[unwatched, ["low", "high", "entry"]] = [2.0, np.nan, 2.0]
    fit = fitted(data)
    direct = fitted(CASES[~gone & ~unwatched])
    pd.testing.assert_series_equal(fit.estimates, direct.estimates)
    assert (fit.extra["n_incomplete"], fit.extra["n_unwatched"]) == (gone.sum(), unwatched.sum())
    assert fit.notes[0] == f"incomplete rows left out: {gone.sum()}"


def test_level_without_event_is_left_out_with_a_note() -> None:
    ships = CASES["kind"] == "ships"
    fit = fitted(changed(high=CASES["high"].mask(ships), low=CASES["low"].mask(ships, 9)))
    assert "kind[ships]" not in fit.terms
    assert fit.extra["n_without_event"] == ships.sum()
    assert f"rows left out, as no event is in kind ships: {ships.sum()}" in fit.notes


def test_few_clusters_give_estimates_without_p_values() -> None:
    few = CASES[CASES["iso3"].isin(sorted(set(CASES["iso3"]))[:6])]
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    rows = tidy.tidy(fitted(few), **labels)
    assert rows[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert rows["note"].str.startswith("too few clusters: 6 < 10").all()


SEEN = CASES["high"].notna()


@pytest.mark.parametrize(
    ("data", "regressors", "said"),
    [
        (changed(high=np.nan), ["x1"], "no row has an event: 'high' is never known"),
        (changed(iso3="A01"), ["x1"], "one cluster only"),
        (changed(x=CASES["x1"] - CASES["x2"]), ["x1", "x2", "x"], "'x' is constant or collinear"),
        (changed(x=3.0), ["x1", "x"], "'x' is constant or collinear"),
        (changed(x=np.nan), ["x"], f"'x' is missing in all {len(CASES)} rows"),
        (changed(x=np.inf), ["x"], "'x' is infinite"),
        (changed(x=~SEEN), ["x1", "x"], "no finite estimate of 'x': a kind of case has no ev"),
        (changed(low=CASES["high"] + 1), ["x1"], "'low' is above 'high' in"),
        (changed(low=-CASES["low"] - 1), ["x1"], f"'low' is negative in {len(CASES)} rows"),
        (changed(high=-CASES["high"]), ["x1"], "'high' is negative in"),
        (changed(entry=-1), ["x1"], "'entry' is negative"),
        (changed(entry=CASES["high"]), ["x1"], "'entry' is not before 'high' in"),
        (changed(entry=CASES["low"] + 9), ["x1"], "'entry' is not before 'high' in"),
        (changed(entry=(CASES["low"] + 9).mask(SEEN, 0)), ["x1"], "after 'low', the end of the w"),
        (changed(low=0, high=0, entry=0), ["x1"], "'high' is zero: give the interval"),
        (changed(low=1, high=2, entry=0), ["x1"], "the intervals do not tell the scale"),
        (CASES.iloc[:0], ["x1"], "no rows"),
        (CASES, ["x3"], "no column 'x3'"),
        (CASES.drop(columns="high"), ["x1"], "no column 'high'"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(
    data: pd.DataFrame, regressors: list[str], said: str
) -> None:
    with pytest.raises(EstimationError, match=said):
        aft.fit(data, regressors, lower="low", upper="high", entry="entry")


def test_intervals_that_all_begin_at_zero_do_not_tell_how_long_durations_are() -> None:
    data = changed(low=0.0, high=CASES["high"].fillna(9), entry=0.0)
    with pytest.raises(EstimationError, match="no finite estimate of 'constant'"):
        fitted(data, distribution="exponential")


def test_unknown_distribution_is_refused() -> None:
    with pytest.raises(EstimationError, match="'gamma' is none of weibull, loglogistic, expon"):
        fitted(distribution="gamma")
