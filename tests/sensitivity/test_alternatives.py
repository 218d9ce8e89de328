"""Other estimators beside the primary one: the same rows, comparable numbers, words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.models.aft_model import LOG_SCALE
from underbalance.models.estimate import Plan, estimate
from underbalance.models.tidy import Fit
from underbalance.sensitivity.alternatives import COLUMNS, alternatives
from underbalance.sensitivity.estimators_of import alternatives_of
from underbalance.sensitivity.scorecard_test import Bootstrap
from underbalance.sensitivity.tested import primary_tests
from underbalance.specifications import Specification

Spec = Callable[..., Specification]
Made = Callable[..., dict[str, pd.DataFrame]]
FEW = Bootstrap(seed=1, draws=99, level=0.95)
DURATION: dict[str, Any] = {
    "outcome": "delivery",
    "estimator": "grouped",
    "years": [2001, 2013],
    "categories": ["category"],
    "tests": [{"hypothesis": "H3", "term": "political", "sign": "-"}],
}


def deal_spells(ally_year: pd.DataFrame, effect: float) -> pd.DataFrame:
    """Return deals' years at risk with a log hazard ratio ``effect`` of last year's obstacle."""
    rng = np.random.default_rng(3)
    obstacle = ally_year.set_index(["iso3", "year"])["political"]
    rows = []
    for deal in range(400):
        iso3, start = f"A{rng.integers(16):02d}", int(rng.integers(2001, 2009))
        category = ("Aircraft", "Missiles")[deal % 2]
        for clock in range(5):
            year = start + clock
            hazard = 0.3 * np.exp(effect * obstacle[(iso3, year - 1)])
            delivered = rng.random() < -np.expm1(-hazard)
            rows.append((iso3, year, True, deal, clock, delivered, category, 1.0))
            if delivered:
                break
    names = [
        "iso3", "year", "is_ally", "deal_id", "years_since_order", "delivered", "category",
        "log_deal_size",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def compared(spec: Specification, tables: dict[str, pd.DataFrame], plan: Plan) -> pd.DataFrame:
    found = alternatives(primary_tests({"model": spec}), tables, plan, FEW)
    assert list(found.columns) == COLUMNS
    return found.set_index("estimator")


def test_hazard_models_agree_on_a_planted_effect(spec: Spec, made: Made, plan: Plan) -> None:
    tables = made()
    tables["deal_spells"] = deal_spells(tables["ally_year"], -1.0)
    found = compared(spec(**DURATION), tables, plan)
    hazards = found.loc[["grouped cloglog", "Cox, Efron", "AFT Weibull"], "comparable"]
    np.testing.assert_allclose(hazards.astype(float), -1.0, atol=0.2)
    assert set(found["n"]) == {len(tables["deal_spells"])}
    assert set(found["direction"]) == {"slower"}
    assert found.loc["AFT Weibull", "time_ratio"] > 1
    assert found["comparable"].isna().sum() == 1  # log-logistic hazards are not proportional


def test_weibull_hazard_ratio_has_the_delta_methods_error() -> None:
    terms = ["x", LOG_SCALE]
    covariance = pd.DataFrame([[0.04, 0.01], [0.01, 0.09]], index=terms, columns=terms)
    fit = Fit(
        estimates=pd.Series([0.6, np.log(2.0)], index=terms),
        covariance=covariance,
        se_type="se",
        df=20,
        p_method="t(20)",
        n=100,
    )
    durations = Specification.model_validate(
        {"title": "t", "role": "primary", "obstacles": ["political"], **DURATION}
    )
    others = alternatives_of(durations).others
    weibull = next(one for one in others if one.estimator == "aft_weibull")
    assert weibull.comparable is not None
    estimate, error = weibull.comparable(fit, "x", 0.0)
    assert estimate == pytest.approx(-0.3)
    # gradient (−1/2, 0.3): 0.04/4 − 2·0.15·0.01 + 0.09·0.09
    assert error == pytest.approx(np.sqrt(0.01 - 0.003 + 0.0081))


def test_panel_estimators_stand_side_by_side(spec: Spec, made: Made, plan: Plan) -> None:
    found = compared(spec(), made(lag=1.0), plan)
    assert list(found.index) == [
        "two-way fixed effects", "within-between", "first differences", "Driscoll-Kraay",
        "PPML, two-way",
    ]  # fmt: skip
    linear = found.drop("PPML, two-way")
    # a standard deviation of the made-up obstacle is 0.9 of its units
    np.testing.assert_allclose(linear["comparable"].astype(float), 0.9, atol=0.2)
    assert "must be 0 or more" in found.loc["PPML, two-way", "note"]
    twin = found.loc["Driscoll-Kraay"]
    assert twin["estimate"] == pytest.approx(found.loc["two-way fixed effects", "estimate"])
    assert twin["std_error"] != found.loc["two-way fixed effects", "std_error"]


def test_the_primary_estimator_has_the_scorecards_test_and_others_their_own(
    spec: Spec, made: Made, plan: Plan
) -> None:
    found = compared(spec(), made(lag=0.1), plan)
    own = replace(plan, seed=FEW.seed, draws=FEW.draws)
    rows = estimate("model", spec(), made(lag=0.1), own, "0").estimates.set_index("term")
    shared = ["p_value", "p_method"]
    primary = found.loc["two-way fixed effects", shared]
    assert list(primary) == list(rows.loc["political_lag1", shared])
    assert found.loc["within-between", "p_method"] == "t(15)"


def test_poisson_effect_is_taken_at_the_mean_of_the_outcome(
    spec: Spec, made: Made, plan: Plan
) -> None:
    tables = made()
    tables["effort"]["effort_growth"] = tables["effort"]["effort_growth"].abs()
    row = compared(spec(), tables, plan).loc["PPML, two-way"]
    used = tables["effort"][tables["effort"]["year"].between(2001, 2012)]
    assert row["comparable"] == pytest.approx(row["estimate"] * used["effort_growth"].mean())


def test_a_model_that_cannot_be_estimated_is_one_row_with_the_reason(
    spec: Spec, made: Made, plan: Plan
) -> None:
    tables = made()
    tables["effort"]["effort_growth"] = np.nan
    found = compared(spec(), tables, plan)
    assert len(found) == 1
    assert found["note"].iloc[0].startswith("not estimated")


def test_another_primary_estimator_comes_first_and_keeps_the_scale_of_its_family(
    spec: Spec, made: Made, plan: Plan
) -> None:
    tables = made()
    tables["deal_spells"] = deal_spells(tables["ally_year"], -1.0)
    tests = [{"hypothesis": "H3", "term": "political", "sign": "+"}]
    aft = spec(**DURATION | {"estimator": "aft_weibull", "tests": tests})
    found = compared(aft, tables, plan)
    assert list(found.index)[:2] == ["AFT Weibull", "grouped cloglog"]
    assert set(found["comparable_scale"]) == {"log hazard ratio", ""}
    assert set(found["direction"]) == {"slower"}


def test_an_estimator_without_others_stands_alone(spec: Spec, made: Made, plan: Plan) -> None:
    tables = made()
    tables["deal_spells"] = deal_spells(tables["ally_year"], -1.0)
    found = compared(spec(**DURATION | {"estimator": "aft_exponential"}), tables, plan)
    assert list(found.index) == ["aft exponential"]
