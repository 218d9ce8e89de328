"""Placebo leads: the year after, the same rows, and nil where only the past matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.models.estimate import Plan
from underbalance.sensitivity.placebo import COLUMNS, placebo, with_leads
from underbalance.sensitivity.tested import PrimaryTest, primary_tests
from underbalance.specifications import Specification

Spec = Callable[..., Specification]
Made = Callable[..., dict[str, pd.DataFrame]]


@pytest.fixture
def tested(spec: Spec) -> PrimaryTest:
    return primary_tests({"model": spec()})[0]


def test_lead_is_the_obstacle_of_the_year_after_the_outcome(
    tested: PrimaryTest, made: Made, plan: Plan
) -> None:
    tables = made()
    rows = with_leads(tested, tables, plan).set_index(["iso3", "year"])
    obstacle = tables["ally_year"].set_index(["iso3", "year"])["political"]
    scaled = (obstacle - obstacle.mean()) / obstacle.std()
    assert rows.loc[("A03", 2005), "political_lead1"] == pytest.approx(scaled[("A03", 2006)])
    assert rows.loc[("A03", 2005), "political_lag1"] == pytest.approx(scaled[("A03", 2004)])


def test_all_models_have_the_same_rows(tested: PrimaryTest, made: Made, plan: Plan) -> None:
    tables = made()
    ally_year = tables["ally_year"]
    ally_year.loc[(ally_year["iso3"] == "A02") & (ally_year["year"] == 2008), "political"] = np.nan
    found = placebo(tested, tables, plan, seed=1, draws=99)
    assert list(found.columns) == COLUMNS
    assert list(zip(found["model"], found["when"], strict=True)) == [
        ("lag", "lag"), ("lead", "lead"), ("both", "lag"), ("both", "lead"),
    ]  # fmt: skip
    # 16 allies × 12 years; the year without an obstacle is one row's lag and one row's lead
    assert set(found["n"]) == {16 * 12 - 2}


def test_an_effect_of_the_past_is_in_the_lag_and_not_in_the_lead(
    tested: PrimaryTest, made: Made, plan: Plan
) -> None:
    found = placebo(tested, made(lag=1.0, persistence=0.7), plan, seed=1, draws=199)
    both = found[found["model"] == "both"].set_index("when")
    assert both.loc["lag", "estimate"] == pytest.approx(1.0, abs=0.3)
    assert both.loc["lag", "p_value"] < 0.05
    assert both.loc["lead", "estimate"] == pytest.approx(0.0, abs=0.3)
    assert both.loc["lead", "p_value"] > 0.05


def test_a_persistent_obstacle_makes_the_lead_alone_look_like_the_lag(
    tested: PrimaryTest, made: Made, plan: Plan
) -> None:
    found = placebo(tested, made(lag=1.0, persistence=0.9), plan, seed=1, draws=99)
    alone = found[found["model"] == "lead"].iloc[0]
    assert alone["estimate"] > 0.3
    assert alone["correlation"] > 0.5


def test_an_outcome_that_moves_the_obstacle_shows_in_the_lead(
    tested: PrimaryTest, made: Made, plan: Plan
) -> None:
    found = placebo(tested, made(lead=0.8), plan, seed=1, draws=199)
    both = found[found["model"] == "both"].set_index("when")
    assert both.loc["lead", "p_value"] < 0.05
    assert both.loc["lag", "p_value"] > 0.05


def test_factors_of_a_product_are_led_with_it(spec: Spec, made: Made, plan: Plan) -> None:
    given: dict[str, Any] = {
        "obstacles": ["political", "social"],
        "products": [["political", "social"]],
        "tests": [{"hypothesis": "H4", "term": "political_x_social", "sign": "+"}],
    }
    (one,) = primary_tests({"model": spec(**given)})
    rows = with_leads(one, made(), plan)
    product = rows["political_lead1"] * rows["social_lead1"]
    pd.testing.assert_series_equal(rows["political_x_social_lead1"], product, check_names=False)
    assert placebo(one, made(), plan, seed=1, draws=99)["estimate"].notna().all()


def test_no_row_with_both_years_is_a_reason_not_a_number(
    tested: PrimaryTest, made: Made, plan: Plan
) -> None:
    tables = made()
    tables["ally_year"].loc[tables["ally_year"]["year"] > 2000, "political"] = np.nan
    found = placebo(tested, tables, plan, seed=1, draws=99)
    assert found["estimate"].isna().all()
    assert found["note"].str.startswith("not estimated").all()
