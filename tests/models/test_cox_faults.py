"""What data cannot carry: every named error of Cox models."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import cox

N = 120


def rows(**columns: Any) -> pd.DataFrame:
    """Random spells in 12 clusters and 2 strata, with the columns changed."""
    random = np.random.default_rng(7)
    start = random.integers(0, 4, N).astype(float)
    return pd.DataFrame(
        {
            "start": start,
            "stop": start + random.integers(1, 8, N),
            "event": np.arange(N) % 3 > 0,
            "x": random.normal(size=N),
            "z": random.normal(size=N),
            "iso3": [f"A{i % 12:02d}" for i in range(N)],
            "region": np.where(np.arange(N) % 2, "east", "west"),
            "w": 1.0,
        }
    ).assign(**columns)


BASE = rows()
SHORT = BASE["stop"].mask(BASE.index == 5, BASE["start"])
CHANGED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "no event": ({"event": 0}, {}, "no row has the event 'event'"),
    "event neither 0 nor 1": ({"event": 2}, {}, "'event' must be 0 or 1, found [2.0]"),
    "event missing": ({"event": np.nan}, {}, "'event' is missing in all 120 rows"),
    "no length": ({"stop": SHORT}, {}, "'stop' is not after 'start' in 1 rows"),
    "negative length": ({"stop": BASE["start"] - 1}, {}, "is not after 'start' in 120 rows"),
    "rounding length": (
        {"stop": BASE["start"] + 1e-12},
        {},
        "'stop' is not after 'start' in 120 rows",
    ),
    "end at 0": ({"stop": 0.0}, {"start": None}, "'stop' is not after entry at 0 in 120 rows"),
    "missing start": ({"start": np.nan}, {}, "'start' is missing in all 120 rows"),
    "infinite stop": ({"stop": np.inf}, {}, "'stop' is infinite in some rows"),
    "infinite covariate": ({"x": np.inf}, {}, "'x' is infinite in some rows"),
    "text": ({"x": "a"}, {}, "'x' is not a number"),
    "missing": ({"x": np.nan}, {}, "'x' is missing in all 120 rows"),
    "constant": ({"x": 3.0}, {}, "'x' is constant"),
    "constant in strata": (
        {"x": (BASE["region"] == "east") * 1.0},
        {"strata": "region"},
        "'x' is constant or collinear with the terms before it in every risk set",
    ),
    "collinear": ({"z": 2 - 3 * BASE["x"]}, {}, "'z' is constant or collinear"),
    "collinear in strata": (
        {"z": BASE["x"] + 5 * (BASE["region"] == "east")},
        {"strata": "region"},
        "'z' is constant or collinear",
    ),
    "one cluster": ({"iso3": "JPN"}, {"cluster": "iso3"}, "one cluster only (iso3 JPN)"),
    "missing cluster": ({"iso3": None}, {"cluster": "iso3"}, "'iso3' is missing in 120 rows"),
    "negative weight": ({"w": -1.0}, {"weights": "w"}, "'w' is negative in 120 rows"),
    "zero weight": ({"w": 0.0}, {"weights": "w"}, "'w' is zero in every row"),
    "alone": (
        {"start": np.arange(N), "stop": np.arange(N) + 1},
        {},
        "one row alone is at risk at every event time",
    ),
    "other ties": ({}, {"ties": "exact"}, "ties are 'efron' or 'breslow', not 'exact'"),
    "no such column": ({}, {"formula": "x + y"}, "no column 'y' in the data"),
    "twice": ({}, {"formula": "x + x"}, "'x' is used twice in the model"),
    "empty formula": ({}, {"formula": ""}, "the formula is not columns joined by '+'"),
    "no covariates": ({}, {"formula": []}, "no covariates"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_data_that_cannot_carry_the_model_are_refused_by_name(case: str) -> None:
    columns, choices, reason = CHANGED[case]
    with pytest.raises(EstimationError) as error:
        cox.fit(rows(**columns), **({"formula": "x + z"} | choices))
    assert reason in str(error.value)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_covariate_that_tells_the_order_of_events_has_no_finite_coefficient(ties: str) -> None:
    order = np.ceil(BASE["x"].rank() / 2)
    with pytest.raises(EstimationError, match="'x' has no finite coefficient"):
        cox.fit(BASE.assign(start=0.0, stop=order, event=1, x=-order), "x + z", ties=ties)


def test_group_without_an_event_has_no_finite_coefficient() -> None:
    never = pd.Series((BASE.index < 15) * 1.0, BASE.index)
    data = BASE.assign(never=never, event=BASE["event"] & (never == 0))
    with pytest.raises(EstimationError, match=r"^'never' has no finite coefficient"):
        cox.fit(data, "x + never + z")


def test_large_but_finite_coefficient_is_estimated() -> None:
    never = pd.Series((BASE.index < 60) * 1.0, BASE.index)
    first = BASE["event"] & ((never == 0) | (BASE.index == 4))
    fit = cox.fit(BASE.assign(never=never, event=first), "x + never")
    assert -8 < fit.estimates["never"] < -3


def test_scores_of_clusters_that_cancel_are_refused() -> None:
    twin = pd.concat([BASE.assign(iso3="A"), BASE.assign(iso3="B")], ignore_index=True)
    with pytest.raises(EstimationError, match="scores of 2 clusters cancel"):
        cox.fit(twin, "x", cluster="iso3")


def test_too_few_clusters_withhold_p_values_and_say_so() -> None:
    fit = cox.fit(BASE.assign(iso3=BASE.index % 4), "x + z", cluster="iso3")
    tidied = fit.tidy()
    assert tidied[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert "too few clusters: 4 < 10" in tidied["note"].iloc[0]


def test_incomplete_rows_and_rows_of_weight_zero_are_left_out_and_counted() -> None:
    data = rows(x=BASE["x"].mask(BASE.index < 3), w=(BASE.index % 10 > 0) * 1.0)
    fit = cox.fit(data, "x + z", weights="w")
    kept = data[(data.index >= 3) & (data["w"] > 0)]
    pd.testing.assert_series_equal(fit.estimates, cox.fit(kept, "x + z").estimates)
    assert fit.notes == ("incomplete rows left out: 3", "rows of weight zero left out: 11")
    assert fit.n == len(kept)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda fit: fit.ph_test("sqrt"), "transforms are km"),
        (lambda fit: fit.ph_test(version="other"), "'score' or 'correlation', not 'other'"),
        (lambda fit: fit.residuals("pearson"), "residuals are martingale"),
        (lambda fit: fit.baseline({"x": 1}), "exactly these terms: x, z"),
        (lambda fit: fit.duration_effect("x"), "needs clusters"),
    ],
)
def test_questions_the_model_cannot_answer_are_refused_by_name(ask: Any, reason: str) -> None:
    with pytest.raises(EstimationError, match=reason):
        ask(cox.fit(BASE, "x + z"))


def test_time_that_has_no_log_is_refused() -> None:
    before_zero = BASE.assign(start=BASE["start"] - 5, stop=BASE["stop"] - 5)
    with pytest.raises(EstimationError, match="has no log"):
        cox.fit(before_zero, "x").ph_test("log")


def test_ph_test_with_one_event_time_is_refused() -> None:
    data = BASE.assign(start=0.0, stop=2.0)
    with pytest.raises(EstimationError, match="all events happen at one time"):
        cox.fit(data, "x").ph_test()
