"""Competing risks against R (tests/reference/competing.R), and what data cannot carry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import competing
from underbalance.models.competing_weights import Cases, expanded
from underbalance.models.cox import CoxFit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "competing.json").read_text(encoding="utf-8"))
DATA = pd.read_csv(REFERENCE / "competing_simulated.csv", keep_default_na=False)
EXPANDED = pd.read_csv(REFERENCE / "competing_expanded.csv")
ORDERED: Any = {"stop": "time", "status": "status", "cause": "ordered"}


def changed(**columns: Any) -> pd.DataFrame:
    return DATA.assign(**columns)


def check_equal(fit: CoxFit, expected: dict[str, Any]) -> None:
    def of_r(what: str) -> list[float]:
        return [expected[what][term] for term in fit.terms]

    g = fit.n_clusters or 0
    np.testing.assert_allclose(fit.estimates, of_r("estimate"), rtol=1e-9)
    np.testing.assert_allclose(np.sqrt(np.diag(fit.naive_cov)), of_r("naive"), rtol=1e-9)
    robust = np.array(of_r("robust"))
    np.testing.assert_allclose(fit.std_errors, robust * np.sqrt(g / (g - 1)), rtol=1e-9)
    assert fit.loglik == pytest.approx(expected["loglik"], rel=1e-12)


@pytest.mark.parametrize("by_region", [0, 1])
def test_expansion_equals_finegray_row_by_row(by_region: int) -> None:
    groups = [own for _, own in DATA.groupby("region")] if by_region else [DATA]
    made = pd.concat(
        expanded(
            Cases(
                entry=own["entry"].to_numpy(),
                stop=own["time"].to_numpy(),
                event=(own["status"] == "ordered").to_numpy(),
                competing=(own["status"] == "lapsed").to_numpy(),
                index=pd.Index(own["id"]),
            )
        )
        for own in groups
    )
    theirs = EXPANDED[EXPANDED["by_region"] == by_region]
    made = made.reset_index().sort_values(["id", "start"], ignore_index=True)
    assert made["id"].tolist() == theirs["id"].tolist()
    columns = ["fgstart", "fgstop", "fgstatus", "fgwt"]
    np.testing.assert_allclose(made.iloc[:, 1:], theirs[columns], rtol=1e-13)
    # with a censoring and with late entry weights fall, or rise
    weights = made.loc[made["weight"] != 1, "weight"]
    assert len(weights) > 400


def test_weights_rise_while_others_still_enter() -> None:
    # 1 ends otherwise at 1; 2 enters at 2: had 1 been watched to 3, it would stand for more
    cases = Cases(
        entry=np.array([0.0, 0, 2, 0]),
        stop=np.array([1.0, 3, 4, 5]),
        event=np.array([False, True, True, True]),
        competing=np.array([True, False, False, False]),
        index=pd.Index([0, 1, 2, 3]),
    )
    rows = expanded(cases).loc[[0]]
    assert rows["weight"].tolist() == pytest.approx([1, 1 / (2 / 3)])
    assert rows["start"].tolist() == [0, 2]
    assert rows["stop"].tolist() == [2, 5]


@pytest.mark.parametrize(
    ("case", "choices"),
    [
        ("late_iso3", {"entry": "entry"}),
        ("late_id", {"entry": "entry", "cluster": "own"}),
        ("start_iso3", {}),
        ("region_iso3", {"entry": "entry", "strata": "region"}),
    ],
)
def test_fine_gray_equals_finegray_with_coxph(case: str, choices: dict[str, Any]) -> None:
    data = changed(own=DATA["id"].astype("str"))
    fit = competing.fine_gray(data, ["x1", "x2"], **ORDERED, **choices)
    check_equal(fit, R["fine_gray"][case])
    assert (fit.n, fit.n_events) == (len(DATA), (DATA["status"] == "ordered").sum())
    assert fit.extra["n_competing"] == (DATA["status"] == "lapsed").sum()


def test_fine_gray_equals_crr_without_ties_of_events_and_censorings() -> None:
    data = changed(untied=DATA["time"] + DATA["id"] / 1e4)
    choices: Any = ORDERED | {"stop": "untied", "ties": "breslow"}
    fit = competing.fine_gray(data, ["x1", "x2"], **choices)
    np.testing.assert_allclose(fit.estimates, list(R["crr"].values()), rtol=1e-9)


def test_cause_specific_equals_coxph_with_the_other_cause_censored() -> None:
    fit = competing.cause_specific(DATA, ["x1", "x2"], entry="entry", **ORDERED)
    check_equal(fit, R["cause_specific"])
    assert "cases that ended otherwise: 59" in fit.notes


def test_without_competing_events_both_are_the_same() -> None:
    data = changed(status=DATA["status"].replace("lapsed", ""))
    pair = [
        model(data, ["x1", "x2"], entry="entry", **ORDERED)
        for model in (competing.fine_gray, competing.cause_specific)
    ]
    np.testing.assert_allclose(pair[0].estimates, pair[1].estimates, rtol=1e-10)
    np.testing.assert_allclose(pair[0].covariance, pair[1].covariance, rtol=1e-10)


@pytest.mark.parametrize("model", [competing.fine_gray, competing.cause_specific])
def test_model_can_be_estimated_again(model: Any) -> None:
    fit = model(DATA, ["x1", "x2"], entry="entry", **ORDERED)
    again = fit.model.refit(np.ones(len(fit.model.clusters)))
    np.testing.assert_allclose(again, fit.estimates, rtol=1e-10)
    assert set(fit.model.index) == set(DATA.index)
    new = pd.Series(np.random.default_rng(1).normal(size=len(DATA)), index=DATA.index)
    replaced = fit.model.replaced("x1", new).refit(np.ones(len(fit.model.clusters)))
    direct = model(changed(x1=new), ["x1", "x2"], entry="entry", **ORDERED)
    np.testing.assert_allclose(replaced, direct.estimates, rtol=1e-8)


def test_incomplete_rows_are_left_out_and_counted() -> None:
    gone = DATA.index % 10 == 0
    data = changed(x1=DATA["x1"].where(~gone))
    fit = competing.fine_gray(data, ["x1", "x2"], entry="entry", **ORDERED)
    direct = competing.fine_gray(DATA[~gone], ["x1", "x2"], entry="entry", **ORDERED)
    pd.testing.assert_series_equal(fit.estimates, direct.estimates)
    assert fit.extra["n_incomplete"] == gone.sum()
    assert fit.notes[0] == f"incomplete rows left out: {gone.sum()}"


@pytest.mark.parametrize("model", [competing.fine_gray, competing.cause_specific])
@pytest.mark.parametrize(
    ("data", "regressors", "said"),
    [
        (changed(status="lapsed"), ["x1"], "no row has the event 'ordered' of 'status': lapsed"),
        (changed(status=""), ["x1"], "no row has the event 'ordered'"),
        (changed(status=np.nan), ["x1"], f"'status' is missing in all {len(DATA)} rows"),
        (changed(iso3="A01"), ["x1"], "one cluster only"),
        (changed(x=3.0), ["x1", "x"], "'x' is constant"),
        (changed(x=DATA["x1"] + DATA["x2"]), ["x1", "x2", "x"], "'x' is constant or collinear"),
        (changed(x=np.nan), ["x"], f"'x' is missing in all {len(DATA)} rows"),
        (changed(time=-DATA["time"]), ["x1"], "'time' is negative in"),
        (changed(entry=-1.0), ["x1"], "'entry' is negative in"),
        (changed(entry=DATA["time"]), ["x1"], f"'time' is not after 'entry' in {len(DATA)} rows"),
        (DATA, ["x9"], "no column 'x9'"),
        (DATA.iloc[:0], ["x1"], "no rows"),
        (DATA.set_axis(DATA["iso3"]), ["x1"], "labels of rows repeat"),
    ],
)
def test_what_data_cannot_carry_is_said_by_name(
    model: Any, data: pd.DataFrame, regressors: list[str], said: str
) -> None:
    with pytest.raises(EstimationError, match=said):
        model(data, regressors, entry="entry", **ORDERED)
