"""Labels beside what they name, moved apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from underbalance.models.model import Array


def moved_apart(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return heights of labels in the same order, at least ``gap`` apart, between low and high.

    Each stays as near to its own height as the order of the heights allows; where the room is
    too small for the gap they stand evenly.
    """
    order = np.argsort(heights, kind="stable")
    count = len(order)
    if count == 0:
        return []
    gap = min(gap, (high - low) / max(count - 1, 1))
    # least squares under the order: without the gaps it is an isotonic regression
    bare = np.asarray(heights, dtype="float64")[order] - gap * np.arange(count)
    placed = np.clip(_isotonic(bare), low, high - gap * (count - 1)) + gap * np.arange(count)
    found = np.empty(count)
    found[order] = placed
    return [float(height) for height in found]


def _isotonic(values: Array) -> Array:
    """Return the nearest values that do not fall (pool adjacent violators)."""
    blocks: list[list[float]] = []
    for value in values:
        blocks.append([float(value), 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, size = blocks.pop()
            last = blocks[-1]
            total = last[1] + size
            blocks[-1] = [(last[0] * last[1] + mean * size) / total, total]
    return np.concatenate([np.full(int(size), mean) for mean, size in blocks])
