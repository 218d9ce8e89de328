"""Variance inflation and the most telling ally against least squares by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, fitted, rows_of
from underbalance.schemas import sensitivity as schemas
from underbalance.sensitivity.collinearity import COLUMNS, collinearity, diagnosed
from underbalance.sensitivity.tested import primary_tests
from underbalance.specifications import Specification
from underbalance.tables import check_frame

Spec = Callable[..., Specification]
Made = Callable[..., dict[str, pd.DataFrame]]
RIVALS = {"obstacles": ["political", "social"], "rivals": ["threat"]}


@pytest.fixture
def tables(made: Made) -> Tables:
    found = made()
    alike = 0.8 * found["ally_year"]["social"] + 0.2 * found["ally_year"]["threat"]
    return found | {"ally_year": found["ally_year"].assign(threat=alike)}


def residuals(y: pd.Series, x: pd.DataFrame) -> np.ndarray:
    return np.asarray(y - x @ np.linalg.lstsq(x, y)[0])


def test_it_is_that_of_a_regression_on_the_others_within_effects(
    spec: Spec, tables: Tables, plan: Plan
) -> None:
    model = spec(**RIVALS)
    rows = rows_of("model", model, tables, plan)
    found = pd.DataFrame(diagnosed(fitted("model", model, tables, plan), model)).set_index("term")
    effects = pd.get_dummies(rows[["iso3", "year"]], columns=["iso3", "year"], dtype=float)
    others = pd.concat([effects, rows[["political_lag1", "social_lag1"]]], axis=1)
    left, alone = (residuals(rows["threat_lag1"], x) for x in (others, effects))
    threat = found.loc["threat_lag1"]
    assert threat["vif"] == pytest.approx((alone**2).sum() / (left**2).sum())
    assert threat["vif"] > 5
    own = pd.Series(left**2).groupby(rows["iso3"].to_numpy()).sum()
    assert threat["largest_ally"] == own.idxmax()
    assert threat["largest_share"] == pytest.approx(own.max() / own.sum())
    assert found.loc["political_lag1", "vif"] == pytest.approx(1, abs=0.1)
    assert list(found["role"]) == ["obstacle", "obstacle", "rival"]


def test_a_model_has_its_rows_once_however_many_tests_it_has(
    spec: Spec, tables: Tables, plan: Plan
) -> None:
    twice = [{"hypothesis": h, "term": "political", "sign": "+"} for h in ("H2", "H3")]
    tests = primary_tests({"model": spec(**RIVALS, tests=twice)})
    assert len(tests) == 2
    found = collinearity(tests, tables, plan)
    assert list(found.columns) == COLUMNS
    assert len(found) == 3
    check_frame(found, schemas.collinearity(), "collinearity")


def test_a_model_that_cannot_be_estimated_is_one_row_with_the_reason(
    spec: Spec, tables: Tables, plan: Plan
) -> None:
    tables["ally_year"]["political"] = 1.0
    found = collinearity(primary_tests({"model": spec()}), tables, plan)
    assert len(found) == 1
    assert found["note"].iloc[0].startswith("not estimated")
    check_frame(found, schemas.collinearity(), "collinearity")
