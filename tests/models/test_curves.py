"""Curves against survfit (tests/reference/competing.R), and late entry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models.curves import (
    Resampling,
    at_risk_counts,
    cumulative_incidence,
    kaplan_meier,
)

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "competing.json").read_text(encoding="utf-8"))["curves"]
DATA = pd.read_csv(REFERENCE / "competing_simulated.csv", keep_default_na=False)
DATA = DATA.assign(ordered=DATA["status"] == "ordered")
NAMES = {"estimate": "estimate", "std_error": "std_error", "ci_low": "low", "ci_high": "high"}


def curve_of(name: str, data: pd.DataFrame = DATA, **choices: Any) -> pd.DataFrame:
    if name == "kaplan_meier":
        return kaplan_meier(data, stop="time", event="ordered", entry="entry", **choices)
    both = cumulative_incidence(data, stop="time", status="status", entry="entry", **choices)
    return both[both["cause"] == name]


def at(curve: pd.DataFrame, times: list[float]) -> pd.DataFrame:
    return pd.merge_asof(pd.DataFrame({"time": times}), curve, on="time")


@pytest.mark.parametrize("name", ["kaplan_meier", "ordered", "lapsed"])
def test_curves_and_intervals_equal_survfit(name: str) -> None:
    found = at(curve_of(name), R[name]["time"])
    for column, theirs in NAMES.items():
        np.testing.assert_allclose(found[column], R[name][theirs], rtol=1e-12)


def test_at_risk_counts_equal_survfit() -> None:
    times = R["ordered"]["time"]
    counts = at_risk_counts(DATA, times, stop="time", entry="entry")
    assert counts.tolist() == R["ordered"]["at_risk"]
    at_start = at_risk_counts(DATA, [0], stop="time", entry="entry")
    assert at_start.tolist() == [(DATA["entry"] == 0).sum()]


def test_curve_counts_those_at_risk_and_events() -> None:
    curve = kaplan_meier(
        tiny((0, 2, 1), (0, 5, 1), (2, 5, 0)), stop="stop", event="end", entry="in"
    )
    assert curve["time"].tolist() == [2, 5]
    assert curve["at_risk"].tolist() == [2, 2]
    assert curve["events"].tolist() == [1, 1]
    assert curve["estimate"].tolist() == [0.5, 0.25]


def tiny(*rows: tuple[float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["in", "stop", "end"], dtype="float64")


def test_share_that_fell_to_zero_stays_there_when_others_enter_later() -> None:
    cases = tiny((0, 1, 1), (2, 3, 1), (2, 4, 0))
    curve = kaplan_meier(cases, stop="stop", event="end", entry="in")
    assert curve["estimate"].tolist() == [0, 0]
    assert curve[["std_error", "ci_low", "ci_high"]].isna().all(axis=None)


def test_entry_at_event_time_is_not_at_risk() -> None:
    with_late = tiny((0, 2, 1), (0, 4, 0), (2, 9, 0))
    curve = kaplan_meier(with_late, stop="stop", event="end", entry="in")
    assert curve["estimate"].tolist() == [0.5]


def test_incidences_and_share_left_add_up_to_one() -> None:
    data = DATA.assign(any=DATA["status"] != "")
    left = kaplan_meier(data, stop="time", event="any", entry="entry")
    ended = curve_of("ordered")["estimate"].to_numpy() + curve_of("lapsed")["estimate"].to_numpy()
    np.testing.assert_allclose(left["estimate"] + ended, 1, rtol=1e-12)


def test_kaplan_meier_of_one_cause_overstates_its_incidence() -> None:
    times = R["ordered"]["time"]
    alone = 1 - at(curve_of("kaplan_meier"), times)["estimate"]
    assert (alone >= at(curve_of("ordered"), times)["estimate"] - 1e-12).all()
    assert alone.iloc[-1] > at(curve_of("ordered"), times)["estimate"].iloc[-1] + 0.1


@pytest.mark.parametrize("name", ["kaplan_meier", "ordered"])
def test_bootstrap_over_single_cases_agrees_with_the_formulas(name: str) -> None:
    own = DATA.assign(own=DATA["id"].astype("str"))
    drawn = curve_of(name, own, bootstrap=Resampling("own", 2000, 7))
    plain = curve_of(name)
    inside = plain["at_risk"] > 40
    np.testing.assert_array_equal(drawn["estimate"], plain["estimate"])
    ratio = (drawn["std_error"] / plain["std_error"])[inside]
    assert ratio.between(0.9, 1.1).all()
    later = inside & (plain["time"] > 1)
    np.testing.assert_allclose(drawn.loc[later, "ci_low"], plain.loc[later, "ci_low"], atol=0.02)


def test_bootstrap_of_clusters_sees_that_their_cases_are_alike() -> None:
    copies = pd.concat([DATA] * 6, ignore_index=True)
    clustered = curve_of("kaplan_meier", copies, bootstrap=Resampling("id", 1000, 7))
    plain, once = curve_of("kaplan_meier", copies), curve_of("kaplan_meier")
    early = (once["at_risk"] > 40).to_numpy()
    by_case = (plain["std_error"] / once["std_error"])[early]
    by_cluster = (clustered["std_error"] / once["std_error"])[early]
    assert (by_case < 0.45).all()
    assert by_cluster.between(0.88, 1.12).all()


def test_same_seed_gives_the_same_interval() -> None:
    first, second = (curve_of("lapsed", bootstrap=Resampling("iso3", 50, 3)) for _ in range(2))
    pd.testing.assert_frame_equal(first, second, check_exact=True)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"ordered": False}, "no row has the event 'ordered'"),
        ({"ordered": 2}, r"'ordered' must be 0 or 1, found \[2.0\]"),
        ({"ordered": np.nan}, "'ordered' is missing in all"),
        ({"time": -DATA["time"]}, "'time' is negative in"),
        ({"entry": DATA["time"]}, "'time' is not after 'entry' in"),
        ({"iso3": "A01"}, "one cluster only"),
    ],
)
def test_curves_that_data_cannot_carry_are_refused(columns: dict[str, Any], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        curve_of("kaplan_meier", DATA.assign(**columns), bootstrap=Resampling("iso3", 9, 1))


def test_incidence_without_a_cause_is_refused() -> None:
    with pytest.raises(EstimationError, match="every row is censored: 'status' is empty"):
        curve_of("ordered", DATA.assign(status=""))
