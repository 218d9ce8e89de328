"""What other libraries get wrong about Cox models: each fails when upstream mends it.

Measured with statsmodels 0.15.0 and lifelines 0.30.0. The right numbers are R's
(tests/reference/cox.R), to which ours are equal.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from lifelines.statistics import proportional_hazard_test
from statsmodels.duration.hazard_regression import PHReg
from underbalance.models import cox

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "cox.json").read_text(encoding="utf-8"))
SPELLS = pd.read_csv(REFERENCE / "cox_simulated.csv")
DURATIONS = SPELLS.assign(years=SPELLS["stop"] - SPELLS["start"])
TERMS = ["x1", "x2", "x3"]
A_LITTLE = 1e-7


def of_r(model: str) -> tuple[list[float], list[float]]:
    """R's estimates and robust standard errors."""
    r = R[model]
    return list(r["estimate"].values()), np.sqrt(np.diag(r["robust_variance"])).tolist()


def phreg(rows: pd.DataFrame, stop: str, ties: str, entry: Any = None, **fit: Any) -> Any:
    model = PHReg(rows[stop], rows[TERMS], status=rows["event"], entry=entry, ties=ties)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(**fit)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_statsmodels_counts_who_enters_at_an_event_time_as_at_risk_then(ties: str) -> None:
    right, _ = of_r(f"spells_{ties}")
    wrong = phreg(SPELLS, "stop", ties, SPELLS["start"]).params
    shifted = phreg(SPELLS, "stop", ties, SPELLS["start"] + A_LITTLE).params
    np.testing.assert_allclose(shifted, right, rtol=1e-6)
    assert (np.abs(wrong / right - 1) > 0.005).all()


def test_statsmodels_efron_estimate_of_x1_with_entry_is_190825_and_not_211181() -> None:
    wrong = phreg(SPELLS, "stop", "efron", SPELLS["start"]).params[0]
    assert wrong == pytest.approx(0.190825, abs=1e-6)
    assert of_r("spells_efron")[0][0] == pytest.approx(0.211181, abs=1e-6)


def test_statsmodels_cluster_errors_are_nan_when_rows_end_before_the_first_event() -> None:
    early = DURATIONS.head(3).assign(years=0.1, event=0)
    rows = pd.concat([DURATIONS, early], ignore_index=True)
    wrong = phreg(rows, "years", "breslow", groups=rows["ally"]).bse
    assert np.isnan(wrong).all()
    ours = [
        cox.fit(data, TERMS, start=None, stop="years", cluster="ally", ties="breslow")
        for data in (rows, DURATIONS)
    ]
    np.testing.assert_allclose(ours[0].std_errors, ours[1].std_errors, rtol=1e-12)


def test_statsmodels_cluster_errors_under_efron_ties_are_of_breslow_residuals() -> None:
    entry = SPELLS["start"] + A_LITTLE
    efron, breslow = (
        phreg(SPELLS, "stop", ties, entry, groups=SPELLS["ally"]).bse
        for ties in ("efron", "breslow")
    )
    np.testing.assert_allclose(breslow, of_r("spells_breslow")[1], rtol=1e-5)
    right = np.array(of_r("spells_efron")[1])
    assert (efron / right < 0.95).all()
    assert efron[0] == pytest.approx(0.060371, abs=1e-6)
    assert right[0] == pytest.approx(0.065613, abs=1e-6)


def test_lifelines_cluster_error_with_entry_is_a_fifth_too_small() -> None:
    bladder = pd.read_csv(REFERENCE / "cox_bladder2.csv").drop(columns="enum")
    fitter = CoxPHFitter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter.fit(bladder, "stop", "event", entry_col="start", cluster_col="id")
    estimates, errors = of_r("bladder_efron")
    assert fitter.params_["rx"] == pytest.approx(estimates[0], rel=1e-4)
    assert fitter.standard_errors_["rx"] == pytest.approx(0.210530, abs=1e-5)
    assert errors[0] == pytest.approx(0.265561, abs=1e-6)
    ours = cox.fit(bladder, "rx + number + size", cluster="id").std_errors["rx"]
    assert ours == pytest.approx(errors[0], rel=1e-8)


def test_lifelines_cluster_errors_without_entry_differ_from_r_where_times_tie() -> None:
    columns = [*TERMS, "years", "event", "ally"]
    fitter = CoxPHFitter().fit(DURATIONS[columns], "years", "event", cluster_col="ally")
    ours = cox.fit(DURATIONS, TERMS, start=None, stop="years", cluster="ally")
    np.testing.assert_allclose(fitter.params_, ours.estimates, rtol=1e-5)
    assert fitter.standard_errors_["x2"] / ours.std_errors["x2"] == pytest.approx(1.023, abs=1e-3)


def test_lifelines_test_of_proportional_hazards_is_the_old_one_and_not_current_cox_zph() -> None:
    rossi = pd.read_csv(REFERENCE / "cox_rossi.csv")
    fitter = CoxPHFitter().fit(rossi, "week", "arrest")
    table = proportional_hazard_test(fitter, rossi, time_transform="identity").summary
    theirs = table["test_statistic"][list(R["rossi"]["estimate"])]
    np.testing.assert_allclose(theirs, R["rossi"]["ph_test_old"]["identity"][:-1], rtol=1e-5)
    current = dict(zip(theirs.index, R["rossi"]["ph_test"]["identity"], strict=False))
    assert theirs["age"] == pytest.approx(12.0614, abs=1e-4)
    assert current["age"] == pytest.approx(6.6159, abs=1e-4)
