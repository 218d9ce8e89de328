"""Planted time ratios are recovered from intervals, late entry and calendar years."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit
from underbalance.models import aft
from underbalance.models.aft_intervals import intervals_of_years

PLANTED = {"constant": 1.2, "x": 0.3, "log_scale": np.log(0.6)}
REPEATS = 60


def cases(rng: np.random.Generator, distribution: str) -> pd.DataFrame:
    """Cases begun on any day of ten years, ended or open after 14, half of them watched late."""
    n = 700
    ally = rng.integers(0, 36, size=n)
    x = rng.normal(size=36)[ally] * 0.7 + rng.normal(size=n) * 0.7
    error = np.log(rng.exponential(size=n)) if distribution == "weibull" else rng.logistic(size=n)
    begun = rng.uniform(0, 10, size=n)
    lasted = np.exp(PLANTED["constant"] + PLANTED["x"] * x + 0.6 * error)
    over = begun + lasted
    # the watch of late ones begins on a first of January
    watched = np.where(rng.random(n) < 0.5, np.floor(begun) + rng.integers(1, 4, size=n), begun)
    ended = over < 14
    data = pd.DataFrame({"iso3": ally.astype("str"), "x": x, "ended": ended})
    last = np.where(ended, np.floor(over), 13)
    made: pd.DataFrame = data.assign(
        years=last - np.floor(begun),
        first=np.floor(watched) - np.floor(begun),
        lower=np.where(ended, np.maximum(last - begun, 0), 14 - begun),
        upper=np.where(ended, last + 1 - begun, np.inf),
        entry=watched - begun,
    ).loc[over > watched]
    return made


def fits(distribution: str, convention: str | None) -> pd.DataFrame:
    rng = np.random.default_rng([20261123, len(distribution)])
    found = []
    for _ in range(REPEATS):
        data = cases(rng, distribution)
        names = {"lower": "lower", "upper": "upper", "entry": "entry"}
        if convention:
            names["entry"] = "entry_low"
            data = intervals_of_years(data, "years", "ended", entry="first", convention=convention)
        fit = aft.fit(data, ["x"], distribution=distribution, **names)  # type: ignore[arg-type]
        reach = stdtrit(fit.df, 0.975) * fit.std_errors["x"]
        covers = abs(fit.estimates["x"] - PLANTED["x"]) < reach
        found.append(fit.estimates.to_dict() | {"covers": covers})
    return pd.DataFrame(found)


@pytest.mark.simulation
@pytest.mark.parametrize("distribution", ["weibull", "loglogistic"])
def test_planted_effect_is_recovered_from_intervals_with_late_entry(distribution: str) -> None:
    found = fits(distribution, None)
    estimates = found[list(PLANTED)]
    error = estimates.std() / np.sqrt(REPEATS)
    assert ((estimates.mean() - pd.Series(PLANTED)).abs() < 3.5 * error).all()
    assert error["x"] < 0.006
    assert found["covers"].mean() >= 0.85


@pytest.mark.simulation
def test_calendar_years_cost_little_by_the_middle_of_the_year_and_much_by_its_start() -> None:
    ratio = {
        convention: fits("weibull", convention)["x"].mean() / PLANTED["x"]
        for convention in ("midyear", "any_day", "new_year")
    }
    assert ratio["midyear"] == pytest.approx(1, abs=0.04)
    assert ratio["any_day"] == pytest.approx(1, abs=0.06)
    assert ratio["new_year"] < 0.92
