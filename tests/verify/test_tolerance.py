"""How far numbers may be from those that are kept."""

from __future__ import annotations

import math

import pytest
from underbalance.verify.headline import KEPT
from underbalance.verify.tolerance import TOLERANCES, is_near


@pytest.mark.parametrize(
    ("how", "kept", "near", "far"),
    [
        ("exact", 784.0, 784.0, 785.0),
        ("computed", -0.1411, -0.1411 * (1 + 5e-7), -0.1411 * (1 + 2e-6)),
        ("computed", 0.0, 5e-9, 2e-8),
        ("wild p", 0.0284, 0.0293, 0.0295),
        ("permutation p", 0.057, 0.06, 0.064),
        ("simulated", 0.818, 0.826, 0.83),
    ],
)
def test_each_kind_has_its_width(how: str, kept: float, near: float, far: float) -> None:
    assert is_near(kept, near, TOLERANCES[how])
    assert not is_near(kept, far, TOLERANCES[how])


def test_ends_by_the_bootstrap_are_judged_in_standard_errors() -> None:
    wild = TOLERANCES["wild end"]
    assert is_near(0.001, 0.0018, wild, std_error=0.05)
    assert not is_near(0.001, 0.0022, wild, std_error=0.05)


def test_open_ends_empty_cells_and_words_must_be_the_same() -> None:
    computed = TOLERANCES["simulated"]
    assert is_near(-math.inf, -math.inf, computed)
    assert not is_near(-math.inf, -9.0, computed)
    assert is_near(None, None, computed)
    assert not is_near(None, 0.0, computed)
    assert not is_near("supported", "not supported", computed)


def test_every_kept_column_has_a_tolerance_with_its_reason() -> None:
    used = {how for kept in KEPT for how in kept.columns.values()}
    assert used == set(TOLERANCES)
    assert all(tolerance.why for tolerance in TOLERANCES.values())
