"""Rows that a direction of the coefficients predicts perfectly: no finite maximum."""

from __future__ import annotations

import numpy as np

from underbalance.models.scoring import Array, Family, Rows

HALF_OF_BOUND = 0.5
NO_CHANGE = 1e-6  # of a predictor, in a design whose columns are at most 1


def separated(family: Family, design: Array, outcome: Array) -> Rows:
    """Return which rows some direction predicts perfectly while it worsens no other row.

    Rows at the edge may move towards it, others not at all (Albert and Anderson 1984 for
    events, Correia, Guimarães and Zylkin 2021 for counts; linear programmes as in Konis 2007).
    """
    gone = np.zeros(len(design), dtype=bool)
    while not gone.all():
        moved = _moved(family, design[~gone], outcome[~gone])
        if not moved.any():
            break
        gone[~gone] = moved
    return gone


def separating_columns(family: Family, design: Array, outcome: Array, kept: int) -> list[int]:
    """Return a smallest set of columns that separates, besides the first ``kept`` ones."""
    columns = list(range(design.shape[1]))
    for column in range(kept, design.shape[1]):
        without = [other for other in columns if other != column]
        if _moved(family, design[:, without], outcome).any():
            columns = without
    return columns[kept:]


def _moved(family: Family, design: Array, outcome: Array) -> Rows:
    """Return rows moved by a best direction; the programme's optimum is 0 or at a bound."""
    from scipy.optimize import linprog

    none = np.zeros(len(design), dtype=bool)
    size = np.abs(design).max(axis=0)
    scaled = design / np.where(size > 0, size, 1.0)
    edge = (outcome == 0) | (outcome == family.top)
    towards = scaled[edge] * np.where(outcome[edge] == 0, -1.0, 1.0)[:, None]
    fixed = scaled[~edge]
    if not len(towards):
        return none
    optimum = linprog(
        -towards.sum(axis=0),
        A_ub=-towards,
        b_ub=np.zeros(len(towards)),
        A_eq=fixed if len(fixed) else None,
        b_eq=np.zeros(len(fixed)) if len(fixed) else None,
        bounds=(-1, 1),
    )
    if not optimum.success or np.abs(optimum.x).max() <= HALF_OF_BOUND:
        return none
    none[edge] = towards @ optimum.x > NO_CHANGE
    return none
