"""Products of designs with dummies against those of the numbers as they stand."""

from __future__ import annotations

import numpy as np
import pytest
from underbalance.models.columns import LARGE, Combined, Dense, Mixed, columns_of


@pytest.fixture
def values() -> np.ndarray:
    """Two sets of dummies among two dense columns, the dummies not all ones."""
    rng = np.random.default_rng(1)
    first = np.eye(6)[rng.integers(6, size=200)]
    second = 3 * np.eye(5)[rng.integers(5, size=200)]
    return np.column_stack([rng.normal(size=200), first, second, rng.normal(size=200)])


def test_products_are_those_of_the_dense_design(values):
    rng = np.random.default_rng(2)
    mixed, dense, n, k = Mixed(values), Dense(values), *values.shape
    at, weights, block = rng.normal(size=k), rng.random(n), rng.normal(size=(n, 3))
    np.testing.assert_allclose(mixed.predictor(at), dense.predictor(at), atol=1e-12)
    np.testing.assert_allclose(mixed.cross(weights), dense.cross(weights), atol=1e-12)
    np.testing.assert_allclose(mixed.cross(block), dense.cross(block), atol=1e-12)
    np.testing.assert_allclose(mixed.gram(weights), dense.gram(weights), atol=1e-12)


def test_grams_of_runs_add_up_and_are_each_of_its_rows(values):
    weights, bounds = np.random.default_rng(3).random(200), np.array([0, 40, 41, 130])
    for design in (Mixed(values), Dense(values)):
        for _ in range(2):  # the second time from what was remembered
            grams = design.grams(weights, bounds)
            np.testing.assert_allclose(grams.sum(axis=0), design.gram(weights), atol=1e-10)
        own = Dense(values[41:130]).gram(weights[41:130])
        np.testing.assert_allclose(grams[2], own, atol=1e-12)


def test_combined_columns_are_sums_in_the_rows_that_are_used(values):
    turn = np.zeros((13, 3))
    turn[1, 0] = turn[2, 0] = turn[0, 1] = turn[8, 2] = 1
    used = (np.arange(200) % 3 > 0).astype("float64")
    combined, direct = Combined(Mixed(values), turn, used), Dense(values @ turn)
    at, weights = np.array([1.0, -2.0, 0.5]), used * np.random.default_rng(4).random(200)
    np.testing.assert_allclose(combined.predictor(at), used * direct.predictor(at), atol=1e-12)
    np.testing.assert_allclose(combined.cross(weights), direct.cross(weights), atol=1e-12)
    np.testing.assert_allclose(combined.gram(weights), direct.gram(weights), atol=1e-12)


def test_large_designs_leave_out_their_zeros():
    assert isinstance(columns_of(np.ones((LARGE // 2, 2))), Mixed)
    assert isinstance(columns_of(np.ones((LARGE // 2 - 1, 2))), Dense)
