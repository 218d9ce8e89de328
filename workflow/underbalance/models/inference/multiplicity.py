"""Several tests of one hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def holm(p_values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p-values adjusted by Holm's step-down method (Holm 1979), in the order given.

    A missing p-value stays missing and does not count in the family.

    Raises
    ------
    ValueError : if a p-value is outside [0, 1].
    """
    p = np.asarray(p_values, dtype="float64")
    known = np.flatnonzero(~np.isnan(p))
    if ((p[known] < 0) | (p[known] > 1)).any():
        raise ValueError(f"p-values must be 0 to 1, found {sorted(p[known])}")
    order = known[np.argsort(p[known], kind="stable")]
    adjusted = np.full(p.shape, np.nan)
    steps = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted
