"""Newton steps of generalised linear models: derivatives, weights, offsets, identification."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.genmod.families import Binomial, Poisson, links
from statsmodels.genmod.generalized_linear_model import GLM
from underbalance.models.scoring import (
    CLOGLOG,
    POISSON,
    Family,
    NoMaximumError,
    identified,
    maximise,
)

DRAW = np.random.default_rng(12)
N = 400
DESIGN = np.column_stack([np.ones(N), DRAW.normal(size=(N, 2))])
OFFSET = DRAW.normal(size=N) / 2
WEIGHTS = DRAW.integers(0, 4, size=N).astype(float)
OUTCOMES = {
    "cloglog": (DRAW.random(N) < 0.3).astype(float),
    "poisson": DRAW.gamma(1, 2, size=N) * (DRAW.random(N) < 0.7),
}
FAMILIES = {"cloglog": CLOGLOG, "poisson": POISSON}
THEIRS = {"cloglog": Binomial(link=links.CLogLog()), "poisson": Poisson()}
PREDICTORS = np.linspace(-8, 2.5, 22)


@pytest.mark.parametrize("name", FAMILIES)
def test_maximum_with_weights_and_offset_equals_statsmodels(name: str) -> None:
    theirs = GLM(OUTCOMES[name], DESIGN, family=THEIRS[name], offset=OFFSET, freq_weights=WEIGHTS)
    ours = maximise(FAMILIES[name], DESIGN, OUTCOMES[name], WEIGHTS, OFFSET)
    np.testing.assert_allclose(ours, theirs.fit(tol=1e-13, maxiter=200).params, rtol=1e-7)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("start", [[9.0, -9.0, 9.0], [-9.0, 0.0, 0.0]])
def test_maximum_is_the_same_from_everywhere(name: str, start: list[float]) -> None:
    near = maximise(FAMILIES[name], DESIGN, OUTCOMES[name], WEIGHTS, OFFSET)
    far = maximise(FAMILIES[name], DESIGN, OUTCOMES[name], WEIGHTS, OFFSET, np.array(start))
    np.testing.assert_allclose(far, near, rtol=1e-10)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_slope_and_curvature_are_derivatives_of_the_likelihood(
    family: Family, outcome: float
) -> None:
    y, step = np.full_like(PREDICTORS, outcome), 1e-5
    low, at, high = (family.parts(y, PREDICTORS + shift) for shift in (-step, 0, step))
    np.testing.assert_allclose(
        (high.loglik - low.loglik) / 2 / step, at.slope, rtol=1e-5, atol=1e-8
    )
    np.testing.assert_allclose(
        (low.slope - high.slope) / 2 / step, at.observed, rtol=1e-4, atol=1e-8
    )


def test_expected_information_is_the_mean_of_the_observed() -> None:
    event = -np.expm1(-np.exp(PREDICTORS))
    both = [CLOGLOG.parts(np.full_like(PREDICTORS, y), PREDICTORS) for y in (0.0, 1.0)]
    mean = (1 - event) * both[0].observed + event * both[1].observed
    np.testing.assert_allclose(mean, both[0].expected, rtol=1e-9)


def test_predictors_beyond_what_numbers_hold_stay_finite() -> None:
    for family in FAMILIES.values():
        parts = family.parts(np.zeros(2), np.array([-1e4, 1e4]))
        assert all(np.isfinite(part).all() for part in parts[:3])


def test_outcomes_without_a_maximum_are_refused() -> None:
    with pytest.raises(NoMaximumError):
        maximise(CLOGLOG, DESIGN, (DESIGN[:, 1] > 0).astype(float), np.ones(N), np.zeros(N))
    with pytest.raises(NoMaximumError):
        maximise(POISSON, DESIGN, np.zeros(N), np.ones(N), np.zeros(N))


def test_of_dependent_columns_the_last_goes_and_none_of_them_is_identified() -> None:
    first, second, other = DESIGN[:, 0], DESIGN[:, 1], DESIGN[:, 2]
    columns = np.column_stack([first, second, other, 2 * second - first, np.zeros(N)])
    kept, known = identified(columns.T @ columns)
    assert kept.tolist() == [0, 1, 2]
    assert known.tolist() == [False, False, True, False, False]
    kept, known = identified(DESIGN.T @ DESIGN)
    assert (kept.tolist(), known.all()) == ([0, 1, 2], True)
