"""Location–scale regression: planted effects, intervals with 36 unequal clusters, what misleads."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.special import stdtrit
from underbalance.models import variance
from underbalance.models.inference import wild_p_value

pytestmark = pytest.mark.simulation

ALLIES, YEARS, DRAWS, REPETITIONS = 36, 32, 299, 150
TERMS = ["political", "other"]
PLANTED = 0.4


def panel(rng: np.random.Generator) -> pd.DataFrame:
    """Allies of 16 to 32 years; disturbances with heavy tails, neighbours alike in size and sign.

    The variance has effects of allies, larger where the obstacle is larger, and of years.
    """
    own, obstacle = rng.normal(size=(2, ALLIES, 1))
    x = obstacle + persistent(0.7, rng.normal(size=(ALLIES, YEARS)))
    size = persistent(0.8, 0.36 * rng.normal(size=(ALLIES, YEARS)))
    shocks = persistent(0.3, rng.standard_t(5, size=(ALLIES, YEARS)))
    years = np.arange(YEARS)
    log_variance = 0.4 * own + 0.5 * obstacle + 0.3 * np.sin(years) + size + PLANTED * x
    y = own + np.cos(years) + 0.2 * x + np.exp(log_variance / 2) * shocks
    first = rng.integers(0, YEARS - 15, size=ALLIES) * (np.arange(ALLIES) % 2)
    ally, year = np.nonzero(np.arange(YEARS) >= first[:, None])
    return pd.DataFrame(
        {
            "iso3": [f"A{number:02d}" for number in ally],
            "year": 1990 + year,
            "growth": y[ally, year],
            "political": x[ally, year],
            "other": rng.normal(size=len(ally)) + 0.3 * x[ally, year],
        }
    )


def persistent(memory: float, news: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column is news and what is remembered of the column before."""
    values = news.copy()
    for year in range(1, values.shape[1]):
        values[:, year] += memory * values[:, year - 1]
    return values


@cache
def results() -> pd.DataFrame:
    rng = np.random.default_rng(20261123)
    found = []
    for _ in range(REPETITIONS):
        data = panel(rng)
        fit = variance.fit(data, "growth", TERMS)
        assert fit.model is not None
        bread = np.linalg.inv(fit.model.linearised({}).information.sum(axis=0))
        place = fit.model.terms.index("political")
        pooled = variance.fit(data, "growth", TERMS, scale_effects=["time"])
        found.append(
            {
                "estimate": fit.estimates["political"],
                "naive": np.sqrt(bread[place, place]),
                "clustered": fit.std_errors["political"],
                "p_at_planted": wild_p_value(fit, "political", PLANTED, random=rng, draws=DRAWS),
                "p_true_null": wild_p_value(fit, "other", 0.0, random=rng, draws=DRAWS),
                "df": fit.df,
                "without_ally_effects": pooled.estimates["political"],
            }
        )
    return pd.DataFrame(found)


def test_planted_effect_on_the_variance_is_recovered() -> None:
    estimates = results()["estimate"]
    error = estimates.std() / np.sqrt(REPETITIONS)
    assert abs(estimates.mean() - PLANTED) < 3.5 * error
    assert error < 0.01


def test_wild_intervals_cover_and_the_naive_ones_visibly_do_not() -> None:
    found = results()
    covered = (found["p_at_planted"] > 0.05).mean()
    assert 0.91 <= covered <= 0.99
    naive = (found["estimate"] - PLANTED).abs() < 1.96 * found["naive"]
    assert naive.mean() < 0.88
    assert naive.mean() < covered - 0.06


def test_clustered_t_intervals_cover_too_little_in_a_panel_of_this_size() -> None:
    found = results()
    critical = stdtrit(found["df"], 0.975)
    covered = ((found["estimate"] - PLANTED).abs() < critical * found["clustered"]).mean()
    assert covered < (found["p_at_planted"] > 0.05).mean()


def test_wild_test_of_a_true_null_rejects_one_time_in_twenty() -> None:
    assert 0.01 <= (results()["p_true_null"] <= 0.05).mean() <= 0.10


def test_without_ally_effects_the_scale_takes_up_what_allies_differ_in() -> None:
    assert results()["without_ally_effects"].mean() > PLANTED + 0.1
