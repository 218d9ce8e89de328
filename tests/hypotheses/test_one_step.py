"""Estimates one step away, against full estimates of the weighted rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.hypotheses.one_step import CHUNK, weighted_estimates
from underbalance.models import grouped, panel
from underbalance.models.model import Array, Model
from underbalance.models.tidy import Fit

ALLIES = [f"A{i:02d}" for i in range(20)]


def data() -> pd.DataFrame:
    rng = np.random.default_rng(11)
    keys = pd.MultiIndex.from_product([ALLIES, range(2000, 2015)], names=["iso3", "year"])
    frame = keys.to_frame(index=False)
    frame["x"] = rng.normal(size=len(frame)) + rng.normal(size=20).repeat(15)
    frame["y"] = 0.3 * frame["x"] + rng.normal(size=len(frame))
    frame["waited"] = rng.integers(0, 3, size=len(frame))
    frame["event"] = (rng.uniform(size=len(frame)) < -np.expm1(-np.exp(-1 + 0.4 * frame["x"]))) * 1
    return frame


def draws(count: int) -> Array:
    rng = np.random.default_rng(12)
    return rng.multinomial(20, np.full(20, 1 / 20), size=count).astype("float64")


def model_of(fit: Fit) -> Model:
    assert fit.model is not None
    return fit.model


def test_in_least_squares_one_step_is_the_weighted_estimate() -> None:
    model = model_of(panel.fit(data(), "y", ["x"]))
    weights = draws(CHUNK + 3)
    place = model.terms.index("x")
    found = weighted_estimates(model.linearised({}), [place], weights)[0][:, 0]
    expected = [model.refit(row)[place] for row in weights]
    np.testing.assert_allclose(found, expected, rtol=1e-7)


def test_in_durations_one_step_is_near_the_weighted_estimate() -> None:
    model = model_of(grouped.fit(data(), "event", ["x"], duration="waited"))
    weights = draws(60)
    place = model.terms.index("x")
    found = weighted_estimates(model.linearised({}), [place], weights)[0][:, 0]
    expected = np.array([model.refit(row)[place] for row in weights])
    assert np.corrcoef(found, expected)[0, 1] > 0.97
    assert found.std() == pytest.approx(expected.std(), rel=0.1)


def test_inverse_information_is_that_of_the_weighted_rows() -> None:
    at = model_of(panel.fit(data(), "y", ["x"])).linearised({})
    weights = draws(2)
    inverse = weighted_estimates(at, [0], weights)[1]
    for row, own in zip(inverse, weights, strict=True):
        information = np.tensordot(own, at.information, axes=1)
        assert row[0, 0] == pytest.approx(np.linalg.inv(information)[0, 0], rel=1e-6)


def test_a_resample_that_does_not_identify_the_coefficient_has_no_estimate() -> None:
    frame = data()
    frame.loc[frame["iso3"] != "A00", "x"] = 0.0  # only one ally has anything to say
    model = model_of(panel.fit(frame, "y", ["x"]))
    weights = np.ones((2, 20))
    weights[1, 0] = 0
    found = weighted_estimates(model.linearised({}), [model.terms.index("x")], weights)[0]
    assert np.isfinite(found[0, 0])
    assert np.isnan(found[1, 0])
