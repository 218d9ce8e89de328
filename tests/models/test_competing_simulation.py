"""A planted effect on a subdistribution hazard is recovered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit
from underbalance.models import competing

PLANTED, SHARE, REPEATS = 0.5, 0.5, 80


def cases(rng: np.random.Generator) -> pd.DataFrame:
    """Fine and Gray's (1999) own design: Pr(ordered by t) = 1 − (1 − p(1 − e^−t))^exp(bx)."""
    n = 500
    ally = rng.integers(0, 36, size=n)
    x = rng.normal(size=36)[ally] * 0.7 + rng.normal(size=n) * 0.7
    power = np.exp(PLANTED * x)
    ever = 1 - (1 - SHARE) ** power
    ordered = rng.random(n) < ever
    reached = rng.random(n) * ever
    time_ordered = -np.log1p(-(1 - (1 - reached) ** (1 / power)) / SHARE)
    time = np.where(ordered, time_ordered, rng.exponential(size=n) / np.exp(-0.5 * x))
    entry = np.where(rng.random(n) < 0.4, rng.uniform(0, 0.6, size=n), 0)
    censored = entry + rng.exponential(size=n) * 3
    status = np.where(time > censored, "", np.where(ordered, "ordered", "lapsed"))
    data = pd.DataFrame({"iso3": ally.astype("str"), "x": x, "status": status, "entry": entry})
    return data.assign(stop=np.minimum(time, censored))[time > entry]


@pytest.mark.simulation
def test_planted_effect_on_the_subdistribution_is_recovered_with_late_entry() -> None:
    rng = np.random.default_rng(20261123)
    found = []
    for _ in range(REPEATS):
        data = cases(rng).reset_index(drop=True)
        fit = competing.fine_gray(
            data, ["x"], stop="stop", entry="entry", status="status", cause="ordered"
        )
        found.append((fit.estimates["x"], fit.std_errors["x"], stdtrit(fit.df, 0.975)))
    estimate, std_error, quantile = np.array(found).T
    monte_carlo_error = estimate.std() / np.sqrt(REPEATS)
    assert abs(estimate.mean() - PLANTED) < 3.5 * monte_carlo_error
    assert monte_carlo_error < 0.012
    assert np.mean(np.abs(estimate - PLANTED) < quantile * std_error) >= 0.85
