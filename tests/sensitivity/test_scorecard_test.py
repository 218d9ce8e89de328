"""One test for the same model everywhere: that of the estimates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from underbalance.models.estimate import Plan, estimate, fitted
from underbalance.models.tidy import Fit
from underbalance.schemas import sensitivity as schemas
from underbalance.sensitivity.placebo import placebo
from underbalance.sensitivity.primary import tried
from underbalance.sensitivity.scorecard_test import Bootstrap, scorecard_test
from underbalance.sensitivity.tested import primary_tests
from underbalance.specifications import Specification
from underbalance.tables import check_frame

Spec = Callable[..., Specification]
Made = Callable[..., dict[str, pd.DataFrame]]
BY = Bootstrap(seed=3, draws=199, level=0.95)
TEST = ["p_value", "p_method", "ci_low", "ci_high"]


@pytest.fixture
def reported(spec: Spec, made: Made, plan: Plan) -> pd.Series:
    own = replace(plan, seed=BY.seed, draws=BY.draws)
    rows = estimate("model", spec(), made(lag=0.1), own, "0").estimates
    return rows.set_index("term").loc["political_lag1"]


def test_it_is_that_of_the_estimates(
    spec: Spec, made: Made, plan: Plan, reported: pd.Series
) -> None:
    fit = fitted("model", spec(), made(lag=0.1), plan)
    found = scorecard_test(fit, "political_lag1", "model", BY)
    assert [getattr(found, name) for name in TEST] == list(reported[TEST])


def test_all_allies_of_leave_one_out_have_it_and_the_rows_say_that_theirs_is_another(
    spec: Spec, made: Made, plan: Plan, reported: pd.Series
) -> None:
    found = tried(primary_tests({"model": spec()}), made(lag=0.1), plan, BY, 100).leave_one_out
    full = found[[f"full_{name}" for name in TEST]].drop_duplicates()
    assert full.to_numpy().tolist() == [list(reported[TEST])]
    assert set(found["p_method"]) == {"t(14), first order"}


def test_lag_of_the_placebo_has_it_where_all_rows_know_the_lead(
    spec: Spec, made: Made, plan: Plan, reported: pd.Series
) -> None:
    (tested,) = primary_tests({"model": spec()})
    lag = placebo(tested, made(lag=0.1), plan, BY.seed, BY.draws).iloc[0]
    assert lag["n"] == reported["n"]
    assert lag["p_value"] == reported["p_value"]
    assert lag["p_method"] == reported["p_method"]


def test_a_withheld_fit_has_no_test_and_the_reason(
    ols: Callable[..., Fit], allies: Callable[..., pd.DataFrame]
) -> None:
    fit = ols(allies(), ["x"], withheld="too few clusters: 20 < 30")
    found = scorecard_test(fit, "x", "model", BY)
    assert pd.isna([found.p_value, found.ci_low, found.ci_high]).all()
    assert (found.p_method, found.note) == ("", "too few clusters: 20 < 30")


def test_tables_fit_their_schemas(spec: Spec, made: Made, plan: Plan) -> None:
    found = tried(primary_tests({"model": spec()}), made(lag=0.1), plan, BY, 100)
    check_frame(found.leave_one_out, schemas.leave_one_out(), "leave_one_out")
    check_frame(found.power, schemas.power(), "power")
