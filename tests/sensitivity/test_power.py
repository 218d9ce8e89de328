"""Power on simulated designs: near alpha at zero, rising with the effect, as formulas have it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr, ndtri
from underbalance.errors import EstimationError
from underbalance.models.inference import wild_bootstrap
from underbalance.models.tidy import Fit
from underbalance.sensitivity.power import Simulation, power

Make = Callable[..., Fit]
Allies = Callable[..., pd.DataFrame]


@pytest.fixture
def fit(ols: Make, allies: Allies) -> Fit:
    return ols(allies(n_allies=39), ["x", "z"])


def test_power_is_alpha_at_zero_and_rises(fit: Fit) -> None:
    found = power(fit, "x", 1.0, simulation=Simulation(500, 199))
    assert 0.02 <= found["power"].iloc[0] <= 0.08
    assert found["power"].is_monotonic_increasing
    assert found["power"].iloc[-1] > 0.95


def test_power_with_many_clusters_is_that_of_a_normal_estimate(ols: Make, allies: Allies) -> None:
    fit = ols(allies(n_allies=120, years=6), ["x", "z"])
    effect = 2.8 * fit.std_errors["x"]
    found = power(fit, "x", 1.0, [effect], Simulation(500, 199))["power"].iloc[0]
    assert found == pytest.approx(ndtr(2.8 - ndtri(0.975)), abs=0.06)


def test_detectable_effect_has_a_power_of_80_per_cent(fit: Fit) -> None:
    simulation = Simulation(500, 199)
    found = power(fit, "x", 2.0, [0.0], simulation)["detectable_effect"].iloc[0]
    again = power(fit, "x", 2.0, [found], simulation)["power"].iloc[0]
    assert again == pytest.approx(0.8, abs=0.01)


def test_an_effect_counts_in_the_unit(fit: Fit) -> None:
    one = power(fit, "x", 0.5, [0.4], Simulation(200, 99))
    other = power(fit, "x", 1.0, [0.2], Simulation(200, 99))
    assert one["coefficient"].iloc[0] == pytest.approx(0.2)
    assert one["power"].iloc[0] == other["power"].iloc[0]


def test_same_seed_same_power_other_seed_another(fit: Fit) -> None:
    found = [
        power(fit, "x", 1.0, [0.1], Simulation(300, 99), np.random.default_rng(s))
        for s in (1, 1, 2)
    ]
    pd.testing.assert_frame_equal(found[0], found[1])
    assert found[0]["power"].iloc[0] != found[2]["power"].iloc[0]


def test_too_few_clusters_have_no_power(ols: Make, allies: Allies) -> None:
    fit = ols(allies(), ["x"], withheld="too few clusters: 20 < 30")
    with pytest.raises(EstimationError, match="too few clusters"):
        power(fit, "x", 1.0)


@pytest.mark.simulation
@pytest.mark.parametrize("effect", [0.0, 0.2])
def test_power_equals_the_share_rejected_in_outcomes_drawn_row_by_row(
    ols: Make, allies: Allies, effect: float
) -> None:
    """Fresh outcomes with shared disturbances, each tested as the primary inference does."""
    fixed = allies(n_allies=39)[["iso3", "year", "x", "z"]]
    rejected, simulated = [], []
    for seed in range(250):
        rows = allies(n_allies=39, seed=seed)
        disturbance = rows["y"] - 0.4 * rows["z"]
        fit = ols(fixed.assign(y=effect * fixed["x"] + disturbance), ["x", "z"])
        random = np.random.default_rng(seed)
        rejected.append(wild_bootstrap(fit, "x", random=random, draws=199).p_value < 0.05)
        if seed < 20:
            null = ols(fixed.assign(y=disturbance), ["x", "z"])
            found = power(null, "x", 1.0, [effect], Simulation(200, 199), random)
            simulated.append(found["power"].iloc[0])
    assert np.mean(simulated) == pytest.approx(np.mean(rejected), abs=0.06)
