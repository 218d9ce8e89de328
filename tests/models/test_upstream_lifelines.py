"""What lifelines 0.30 gives wrong or not at all: each test fails when upstream mends it."""

from __future__ import annotations

import inspect
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter, LogLogisticAFTFitter, WeibullAFTFitter
from lifelines.exceptions import StatError
from underbalance.models.curves import kaplan_meier

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "aft.json").read_text(encoding="utf-8"))


def test_trap_kaplan_meier_refuses_a_late_entry_after_all_have_ended() -> None:
    cases = pd.DataFrame({"entry": [0, 4, 4], "stop": [1, 6, 8], "event": [1, 1, 0]})
    with pytest.raises(StatError, match="too few early truncation times"):
        KaplanMeierFitter().fit(cases["stop"], cases["event"], entry=cases["entry"])
    ours = kaplan_meier(cases, stop="stop", event="event", entry="entry")
    assert ours["estimate"].tolist() == [0, 0]


@pytest.mark.parametrize("case", ["intervals", "late_entry"])
def test_trap_log_logistic_search_stops_short_of_the_maximum(case: str) -> None:
    data = pd.read_csv(REFERENCE / "aft_simulated.csv")
    dummies = pd.get_dummies(data["kind"], dtype=float).drop(columns="aircraft")
    columns = ["low", "x1", "x2", *(["entry"] if case == "late_entry" else [])]
    rows = data[columns].join(dummies).assign(high=data["high"].fillna(np.inf))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = LogLogisticAFTFitter().fit_interval_censoring(
            rows, "low", "high", entry_col="entry" if case == "late_entry" else None
        )
    r = R[case]["loglogistic"]
    assert theirs.log_likelihood_ < r["loglik"] - 5e-5
    errors = [abs(theirs.params_["alpha_"][x] / r["estimate"][x] - 1) for x in ("x1", "x2")]
    assert 2e-4 < max(errors) < 1e-2


def test_trap_accelerated_failure_time_knows_no_clusters() -> None:
    assert (
        "cluster_col" not in inspect.signature(WeibullAFTFitter().fit_interval_censoring).parameters
    )
