"""General dominance by hand, and its resamples against refitted regressions."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from underbalance.hypotheses.dominance import (
    general_dominance,
    resampled_fits,
    shares,
    subsets,
)
from underbalance.models import panel
from underbalance.models.linear import LinearModel
from underbalance.models.model import Array


def test_subsets_come_smaller_before_larger() -> None:
    assert subsets("ab") == [(), ("a",), ("b",), ("a", "b")]
    assert len(subsets("abc")) == 8


def test_two_predictors_by_hand() -> None:
    # alone .3 and .2, together .4: a adds .3 and .2, b adds .2 and .1
    found = general_dominance(np.array([0.0, 0.3, 0.2, 0.4]))
    np.testing.assert_allclose(found, [0.25, 0.15])


def test_three_predictors_by_hand() -> None:
    fits = {"": 0, "a": 0.30, "b": 0.20, "c": 0.05, "ab": 0.40, "ac": 0.33, "bc": 0.24, "abc": 0.42}
    # sizes 0, 1, 2 of a: .30; mean of .20 and .28; .18 -- and so for b and c
    by_hand = [
        (0.30 + (0.20 + 0.28) / 2 + 0.18) / 3,
        (0.20 + (0.10 + 0.19) / 2 + 0.09) / 3,
        (0.05 + (0.03 + 0.04) / 2 + 0.02) / 3,
    ]
    found = general_dominance(np.array(list(fits.values())))
    np.testing.assert_allclose(found, by_hand)
    assert found.sum() == pytest.approx(0.42)


def test_dominances_add_up_to_the_fit_of_all_less_that_of_none() -> None:
    fits = np.random.default_rng(2).uniform(size=(5, 16))
    np.testing.assert_allclose(general_dominance(fits).sum(axis=-1), fits[:, -1] - fits[:, 0])


def test_shares_add_up_to_one_and_nothing_has_no_shares() -> None:
    np.testing.assert_allclose(shares(np.array([0.25, 0.15])), [0.625, 0.375])
    assert np.isnan(shares(np.array([0.0, 0.0]))).all()


def model() -> tuple[LinearModel, pd.DataFrame]:
    rng = np.random.default_rng(3)
    keys = pd.MultiIndex.from_product([[f"A{i:02d}" for i in range(15)], range(2000, 2008)])
    data = keys.to_frame(index=False, name=["iso3", "year"])
    for name in "abc":
        data[name] = rng.normal(size=len(data)) + rng.normal(size=15).repeat(8)
    data["y"] = 0.5 * data["a"] + 0.2 * data["b"] + rng.normal(size=len(data))
    found = panel.fit(data, "y", ["a", "b", "c"]).model
    assert isinstance(found, LinearModel)
    return found, data


def falls_of_the_rss(linear: LinearModel, weights: Array, data: pd.DataFrame) -> Array:
    """Refit every subset by least squares with dummies; twice the fall over the variance."""
    rows = data.assign(w=data["iso3"].map(dict(zip(linear.clusters, weights, strict=True))))
    rows = rows[rows["w"] > 0]
    dummies = [pd.get_dummies(rows["iso3"]), pd.get_dummies(rows["year"]).iloc[:, 1:]]
    found = []
    for size in range(4):
        for chosen in combinations("abc", size):
            design = pd.concat([rows[list(chosen)], *dummies], axis=1).to_numpy(dtype="float64")
            root = np.sqrt(rows["w"].to_numpy())
            y = rows["y"].to_numpy() * root
            b = np.linalg.lstsq(design * root[:, None], y, rcond=None)[0]
            found.append(((y - design * root[:, None] @ b) ** 2).sum())
    return (found[0] - np.array(found)) / linear.variance


def test_fits_of_subsets_are_exact_in_least_squares() -> None:
    linear, data = model()
    places = [linear.terms.index(name) for name in "abc"]
    rng = np.random.default_rng(4)
    weights = np.vstack([np.ones(15), rng.multinomial(15, np.full(15, 1 / 15), size=3)])
    found = resampled_fits(linear.linearised({}), places, weights.astype("float64"))
    for row, own in zip(found, weights, strict=True):
        np.testing.assert_allclose(row, falls_of_the_rss(linear, own, data), rtol=1e-7, atol=1e-7)


def test_a_dummy_that_a_resample_lacks_changes_nothing() -> None:
    data = model()[1]
    late = data[~((data["iso3"] != "A00") & (data["year"] == 2007))]
    found = panel.fit(late, "y", ["a", "b", "c"])
    assert found.model is not None
    weights = np.ones((1, 15))
    weights[0, 0] = 0  # the only ally with rows in 2007
    places = [found.model.terms.index(name) for name in "abc"]
    fits = resampled_fits(found.model.linearised({}), places, weights)
    assert np.isfinite(fits).all()
    assert isinstance(found.model, LinearModel)
    expected = falls_of_the_rss(found.model, weights[0], late)
    np.testing.assert_allclose(fits[0], expected, rtol=1e-6)
