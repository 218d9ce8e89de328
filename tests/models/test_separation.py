"""Perfect prediction of events and of zeros."""

from __future__ import annotations

import numpy as np
import pytest
from underbalance.models.scoring import CLOGLOG, POISSON
from underbalance.models.separation import separated, separating_columns

X = np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0])
DESIGN = np.column_stack([np.ones(6), X])


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1]),  # a gap: all rows
        ([0, 1, 0, 1, 0, 1], [0, 0, 0, 0, 0, 0]),  # overlap: none
        ([1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]),  # by the constant
    ],
)
def test_rows_that_a_direction_predicts(events: list[int], expected: list[int]) -> None:
    found = separated(CLOGLOG, DESIGN, np.array(events, dtype=float))
    assert found.astype(int).tolist() == expected


def test_quasi_separation_leaves_the_rows_at_the_boundary() -> None:
    design = np.column_stack([np.ones(6), [0, 0, 0, 0, 1, 1]])
    found = separated(CLOGLOG, design, np.array([0.0, 1, 0, 1, 1, 1]))
    assert found.tolist() == [False, False, False, False, True, True]


def test_counts_are_separated_at_zero_only() -> None:
    design = np.column_stack([np.ones(6), [0, 0, 0, 0, 1, 1]])
    zeros = separated(POISSON, design, np.array([0.0, 1, 2, 3, 0, 0]))
    assert zeros.tolist() == [False, False, False, False, True, True]
    assert not separated(POISSON, design, np.array([0.0, 1, 2, 3, 7, 7])).any()
    assert not separated(POISSON, DESIGN, np.array([0.0, 0, 0, 5, 6, 7])).any()


def test_rows_separated_once_others_are_gone_are_found_in_the_end() -> None:
    # The second column is free to move only when rows 0 and 1 no longer hold it.
    design = np.array([[1.0, 1, 0], [1, 1, 0], [1, 0, 1e-9], [1, 0, 0], [1, 0, 0]])
    found = separated(CLOGLOG, design, np.array([1.0, 1, 1, 1, 0]))
    assert found.tolist() == [True, True, True, False, False]


def test_columns_that_are_not_needed_are_not_named() -> None:
    noise = np.array([1.0, -1, 1, 1, -1, -1])
    design = np.column_stack([np.ones(6), noise, X, noise**2 * X**2])
    assert separating_columns(CLOGLOG, design, (X > 0).astype(float), kept=1) == [2]
