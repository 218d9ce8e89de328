"""Labels moved apart."""

import pytest
from underbalance.present.direct_labels import moved_apart


def test_labels_far_apart_stay_where_they_are() -> None:
    assert moved_apart([0.1, 0.9, 0.5], 0.1, 0, 1) == pytest.approx([0.1, 0.9, 0.5])


def test_two_at_one_height_move_as_far_up_as_down() -> None:
    assert moved_apart([0.5, 0.5], 0.2, 0, 1) == pytest.approx([0.4, 0.6])


def test_none_leaves_the_panel() -> None:
    assert moved_apart([1.0, 1.0, 1.0], 0.1, 0, 1) == pytest.approx([0.8, 0.9, 1.0])


def test_without_room_they_stand_evenly() -> None:
    assert moved_apart([0.5, 0.5, 0.5], 9.0, 0, 1) == pytest.approx([0, 0.5, 1])
