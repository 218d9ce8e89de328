"""Grouped-time hazards against R (tests/reference/grouped.R), and what data cannot carry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import grouped, tidy
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "grouped.json").read_text(encoding="utf-8"))
DEALS = pd.read_csv(REFERENCE / "grouped_simulated.csv")
NEVER = (DEALS["event"] == 0) & (DEALS.index % 50 == 0)
REGRESSORS = ["social", "threat"]
MODELS = {"plain": [], "categories": ["category"]}


def changed(**columns: Any) -> pd.DataFrame:
    return DEALS.assign(**columns)


def fitted(model: str) -> Fit:
    return grouped.fit(DEALS, "event", REGRESSORS, categories=MODELS[model], cluster="ally")


def tidied(fit: Fit) -> pd.DataFrame:
    labels: Any = dict.fromkeys(["spec_id", "outcome", "hypothesis", "sample", "data_sha"], "s")
    return tidy.tidy(fit, **labels).set_index("term")


def of_r(fit: Fit, model: str, what: str) -> list[float]:
    """R's numbers in the order of the terms: ``duration[6-8]`` is ``period6`` there."""
    names = [re.sub(r"duration\[(\d).*", r"period\1", term) for term in fit.terms]
    return [R[model][what][re.sub(r"\[(\w+)\]", r"\1", name)] for name in names]


@pytest.mark.parametrize("model", MODELS)
def test_estimates_and_likelihood_equal_glm_cloglog(model: str) -> None:
    fit = fitted(model)
    np.testing.assert_allclose(fit.estimates, of_r(fit, model, "estimate"), rtol=1e-6)
    assert len(fit.terms) == len(R[model]["estimate"])
    assert fit.loglik == pytest.approx(R[model]["loglik"], rel=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_covariance_equals_vcovcl_hc0_times_clusters_over_clusters_less_one(model: str) -> None:
    fit, g = fitted(model), R[model]["n_clusters"]
    np.testing.assert_allclose(fit.std_errors, of_r(fit, model, "std_error"), rtol=1e-6)
    expected = R[model]["covariance_social_threat"]
    assert fit.covariance.loc["social", "threat"] == pytest.approx(expected, rel=1e-5)
    uncorrected = np.array(of_r(fit, model, "std_error_uncorrected"))
    np.testing.assert_allclose(fit.std_errors, uncorrected * np.sqrt(g / (g - 1)), rtol=1e-6)


@pytest.mark.parametrize("model", MODELS)
def test_p_values_and_counts_equal_r(model: str) -> None:
    fit, r = fitted(model), R[model]
    np.testing.assert_allclose(tidied(fit)["p_value"], of_r(fit, model, "p_t_g_1"), rtol=1e-5)
    assert (fit.n, fit.n_events, fit.n_clusters) == (r["n"], r["n_events"], r["n_clusters"])
    assert fit.df == r["n_clusters"] - 1


def test_cross_section_with_a_constant_equals_glm_cloglog() -> None:
    r, last = R["cross_section"], DEALS.drop_duplicates("deal", keep="last")
    fit = grouped.fit(
        last, "event", REGRESSORS, duration=None, categories=["category"], cluster="ally"
    )
    assert fit.terms[0] == "constant"
    names = ["(Intercept)", *(re.sub(r"\[(\w+)\]", r"\1", term) for term in fit.terms[1:])]
    np.testing.assert_allclose(fit.estimates, [r["estimate"][n] for n in names], rtol=1e-6)
    np.testing.assert_allclose(fit.std_errors, [r["std_error"][n] for n in names], rtol=1e-6)
    assert (fit.n, fit.n_events, fit.loglik) == (
        r["n"],
        r["n_events"],
        pytest.approx(r["loglik"], rel=1e-9),
    )


def test_without_durations_the_constant_stands_in_the_message_on_separation() -> None:
    marked = changed(x=DEALS["event"] * DEALS["threat"].abs())
    with pytest.raises(EstimationError, match="predicted perfectly by 'x' and the constant"):
        grouped.fit(marked, "event", ["social", "x"], duration=None, cluster="ally")


def test_late_durations_without_event_share_the_dummy_before() -> None:
    assert set(DEALS.loc[DEALS["years_since_order"] > 6, "event"]) == {0}
    labels = [0, 1, 2, 3, 4, 5, "6-8"]
    assert fitted("plain").terms == [*(f"duration[{t}]" for t in labels), *REGRESSORS]


@pytest.mark.parametrize(
    ("events", "groups"),
    [
        # Per duration: none has the event (0), some (1), every row (2).
        ([1, 1, 1], ["0", "1", "2"]),
        ([1, 0, 1], ["0-1", "2"]),
        ([1, 1, 0, 0], ["0", "1-3"]),
        ([0, 0, 1, 1], ["0-2", "3"]),
        ([1, 2], ["0-1"]),
        ([0, 2, 1], ["0-1", "2"]),
        ([0, 1, 2, 0, 1], ["0-3", "4"]),
    ],
)
def test_durations_without_a_hazard_join_the_one_before_or_at_the_start_the_one_after(
    events: list[int], groups: list[str]
) -> None:
    kind = np.repeat(events, 60)
    every_third = np.arange(len(kind)) % 3 == 0
    data = pd.DataFrame({"event": (kind == 2) | ((kind == 1) & every_third)}).assign(
        years_since_order=np.arange(len(kind)) // 60,
        iso3=np.arange(len(kind)) % 12,
        x=np.random.default_rng(1).normal(size=len(kind)),
    )
    fit = grouped.fit(data, "event", ["x"])
    assert fit.terms == [*(f"duration[{group}]" for group in groups), "x"]
    assert fit.n == len(data)


def test_level_without_event_is_left_out_and_other_terms_are_those_of_the_full_model() -> None:
    fit, kept = fitted("categories"), R["categories_kept"]
    satellites = DEALS["category"] == "satellites"
    assert fit.extra["n_without_variation"] == satellites.sum() > 0
    # R keeps the rows and lets the level run off to minus infinity: nothing else moves.
    assert kept["estimate"]["categorysatellites"] < -20
    for term in REGRESSORS:
        assert fit.estimates[term] == pytest.approx(kept["estimate"][term], rel=1e-6)
        assert fit.std_errors[term] == pytest.approx(kept["std_error"][term], rel=1e-6)
    assert fit.loglik == pytest.approx(kept["loglik"], rel=1e-9)
    note = f"rows left out, as event does not vary in category satellites: {satellites.sum()}"
    assert note in tidied(fit)["note"].iloc[0]


def test_most_frequent_level_is_the_reference_and_ties_go_by_the_alphabet() -> None:
    fit = fitted("categories")
    assert DEALS["category"].mode().tolist() == ["aircraft"]
    levels = [term for term in fit.terms if term.startswith("category")]
    assert levels == ["category[armour]", "category[missiles]", "category[ships]"]
    assert "category against aircraft" in fit.notes
    tied = changed(half=np.where(DEALS.index % 2 == 0, "b", "a"))
    fit = grouped.fit(tied, "event", ["social"], categories=["half"], cluster="ally")
    assert [term for term in fit.terms if term.startswith("half")] == ["half[b]"]


def test_leaving_out_one_level_can_empty_another() -> None:
    # The five events of "rare" are all in the level "always", which goes for having no others.
    data = changed(event=np.where(DEALS.index < 40, DEALS.index < 5, DEALS["event"]))
    data["kind"] = np.where(data.index < 40, "rare", "common")
    data["second"] = np.where(data.index < 5, "always", "other")
    fit = grouped.fit(data, "event", ["social"], categories=["kind", "second"], cluster="ally")
    assert fit.n == len(DEALS) - 40
    assert not any(term.startswith(("kind", "second")) for term in fit.terms)


def test_order_of_rows_changes_nothing() -> None:
    shuffled = DEALS.sample(frac=1, random_state=1)
    again = grouped.fit(shuffled, "event", REGRESSORS, categories=["category"], cluster="ally")
    pd.testing.assert_frame_equal(tidied(fitted("categories")), tidied(again), check_exact=True)


def test_units_of_regressors_change_only_their_coefficient() -> None:
    fit = grouped.fit(changed(threat=DEALS["threat"] * 1e8), "event", REGRESSORS, cluster="ally")
    units = np.where(fit.estimates.index == "threat", 1e8, 1.0)
    np.testing.assert_allclose(fit.estimates * units, fitted("plain").estimates, rtol=1e-8)


def test_incomplete_rows_are_left_out_and_counted() -> None:
    data = changed(threat=DEALS["threat"].where(DEALS.index % 10 != 0))
    data["category"] = data["category"].where(data.index % 10 != 1)
    fit = grouped.fit(data, "event", REGRESSORS, categories=["category"], cluster="ally")
    complete = DEALS[DEALS.index % 10 > 1]
    direct = grouped.fit(complete, "event", REGRESSORS, categories=["category"], cluster="ally")
    pd.testing.assert_series_equal(fit.estimates, direct.estimates, check_exact=True)
    assert fit.extra["n_incomplete"] == len(DEALS) - len(complete)
    assert fit.notes[0] == f"incomplete rows left out: {len(DEALS) - len(complete)}"
    lost = int(DEALS["event"].sum() - complete["event"].sum())
    assert lost > 0
    assert fit.notes[1] == f"events among them: {lost}"


def test_few_clusters_give_estimates_without_p_values() -> None:
    few = DEALS[DEALS["ally"].isin(["A05", "A07", "A18", "A19", "A20"])]
    result = tidied(grouped.fit(few, "event", REGRESSORS, cluster="ally"))
    assert result[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert result["note"].str.startswith("too few clusters: 5 < 10").all()


@pytest.mark.parametrize(
    ("data", "regressors", "said"),
    [
        (changed(event=0), ["social"], "no row has the event 'event'"),
        (changed(event=1), ["social"], "every row has the event 'event'"),
        (changed(event=DEALS["event"] * 2), ["social"], r"'event' must be 0 or 1, found \[0.0, 2"),
        (changed(ally="A01"), ["social"], "one cluster only"),
        (changed(x=DEALS["social"] - DEALS["threat"]), [*REGRESSORS, "x"], "'x' is constant or"),
        (changed(x=3.0), ["social", "x"], "'x' is constant or collinear"),
        (changed(x=DEALS["category"] == "ships"), ["social", "x"], "'x' is constant or collinear"),
        (changed(x=np.nan), ["x"], f"'x' is missing in all {len(DEALS)} rows"),
        (changed(x=np.where(DEALS.index > 5, 1.0, np.inf)), ["x"], "'x' is infinite in some rows"),
        (changed(years_since_order=DEALS["years_since_order"] + 0.5), ["social"], "whole numbers"),
        (changed(x=DEALS["event"]), ["social", "x"], "predicted perfectly by 'x' and the dur"),
        (changed(x=NEVER), ["social", "x", "threat"], "predicted perfectly by 'x' and"),
        (changed(x=DEALS["event"] - DEALS["threat"]), [*REGRESSORS, "x"], "by 'threat', 'x' and"),
        (DEALS.iloc[:0], ["social"], "no rows"),
        (DEALS, ["socal"], "no column 'socal'"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(
    data: pd.DataFrame, regressors: list[str], said: str
) -> None:
    with pytest.raises(EstimationError, match=said):
        grouped.fit(data, "event", regressors, categories=["category"], cluster="ally")


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (DEALS["category"], r"'second\[armour\]' is constant or collinear"),
        (DEALS["event"].map({0: "no", 1: "yes"}), "varies within no level of 'second': no, yes"),
    ],
)
def test_categories_that_cannot_be_told_apart_are_refused(second: Any, said: str) -> None:
    data, both = changed(second=second), ["category", "second"]
    with pytest.raises(EstimationError, match=said):
        grouped.fit(data, "event", ["social"], categories=both, cluster="ally")


def test_a_search_short_of_the_maximum_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouped, "MAX_ITERATIONS", 2)
    with pytest.raises(EstimationError, match="no maximum of the likelihood was found"):
        fitted("plain")
