"""What rests on linearised scores holds in a model of hazards, which is not linear."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.models import grouped
from underbalance.models.inference import wild_bootstrap
from underbalance.models.tidy import Fit
from underbalance.sensitivity.leave_one_out import leave_one_out
from underbalance.sensitivity.power import Simulation, power

ALLIES = 30
CASES = 12  # per ally
YEARS = 4


def spells(effect: float, seed: int) -> pd.DataFrame:
    """Return years at risk with a frailty of allies; regressors are the same for all seeds."""
    fixed, rng = np.random.default_rng(11), np.random.default_rng(seed)
    ally = np.repeat(np.arange(ALLIES), CASES)
    x = 0.6 * fixed.normal(size=ALLIES)[ally, None] + fixed.normal(size=(len(ally), YEARS))
    z = fixed.normal(size=(len(ally), YEARS))
    frailty = 0.3 * rng.normal(size=ALLIES)[ally, None]
    hazard = 0.3 * np.exp(effect * x + 0.3 * z + frailty)
    event = rng.random(hazard.shape) < -np.expm1(-hazard)
    at_risk = np.cumsum(event, axis=1) - event == 0
    case, year = np.nonzero(at_risk)
    return pd.DataFrame(
        {
            "iso3": [f"A{a:02d}" for a in ally[case]],
            "years_since_order": year,
            "event": event[at_risk].astype(float),
            "x": x[at_risk],
            "z": z[at_risk],
        }
    )


def fitted(rows: pd.DataFrame) -> Fit:
    return grouped.fit(rows, "event", ["x", "z"], duration="years_since_order")


def test_errors_without_an_ally_are_near_those_of_the_data_without_it() -> None:
    rows = spells(0.3, 1)
    found = leave_one_out(fitted(rows), ["x"]).set_index("left_out")
    for ally in ("A00", "A17"):
        by_hand = fitted(rows[rows["iso3"] != ally])
        assert found.loc[ally, "estimate"] == pytest.approx(by_hand.estimates["x"], rel=1e-6)
        assert found.loc[ally, "std_error"] == pytest.approx(by_hand.std_errors["x"], rel=0.02)


@pytest.mark.simulation
def test_power_is_near_that_of_events_drawn_year_by_year() -> None:
    effect, seeds = 0.25, range(100)
    rejected = []
    for seed in seeds:
        random = np.random.default_rng(seed)
        fit = fitted(spells(effect, seed))
        rejected.append(wild_bootstrap(fit, "x", random=random, draws=199).p_value < 0.05)
    # of outcomes without an effect
    simulated = [
        power(fitted(spells(0.0, 1000 + seed)), "x", 1.0, [effect], Simulation(200, 199))["power"]
        for seed in range(10)
    ]
    assert 0.4 < np.mean(rejected) < 0.98
    assert np.mean(simulated) == pytest.approx(np.mean(rejected), abs=0.1)
