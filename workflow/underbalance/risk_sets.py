"""Risk sets of cases that may be watched late, and the product over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Who was at risk, and who ended how, at each of the T times at which some case ended.

    Parameters
    ----------
    times : shape (T,), ascending.
    at_risk : shape (U, T), cases at risk in each unit (a case, or a cluster of cases).
    ends : shape (U, K, T), cases that ended by each of the K causes.
    """

    times: Array
    at_risk: Array
    ends: Array

    def weighted(self, weights: Array) -> tuple[Array, Array]:
        """Return cases at risk, shape (B, T), and ends, shape (B, K, T), of units counted so often.

        Parameters
        ----------
        weights : shape (B, U).
        """
        return weights @ self.at_risk, np.einsum("bu,ukt->bkt", weights, self.ends, optimize=True)

    def by(self, unit: Codes) -> RiskSets:
        """Return the risk sets with units put together, shape (U,), codes from 0 on."""
        member = (np.arange(unit.max() + 1)[:, None] == unit).astype("float64")
        at_risk, ends = self.weighted(member)
        return RiskSets(self.times, at_risk, ends)


def risk_sets(
    entry: Array, stop: Array, cause: Codes | NDArray[np.bool_], n_causes: int = 1
) -> RiskSets:
    """Return the risk sets with each case a unit.

    Parameters
    ----------
    entry, stop : shape (n,); a case is at risk in (entry, stop].
    cause : shape (n,), 0 where censored, else 1 to ``n_causes``.
    """
    times = np.unique(stop[cause > 0])
    at_risk = (entry[:, None] < times) & (stop[:, None] >= times)
    ended_now = stop[:, None] == times
    causes = np.arange(1, n_causes + 1)
    ends = ended_now[:, None, :] & (cause[:, None] == causes)[:, :, None]
    return RiskSets(times, at_risk.astype("float64"), ends.astype("float64"))


def product_limit(at_risk: Array, ends: Array) -> Array:
    """Return the share left after each time: the product of 1 − ends / at_risk so far.

    Without anyone at risk nothing changes. A share of zero stays zero, whoever enters later.
    """
    return np.asarray(np.cumprod(1 - shares(ends, at_risk), axis=-1), dtype="float64")


def shares(ends: Array, at_risk: Array) -> Array:
    """Return ends / at_risk, zero where nobody is at risk."""
    return np.asarray(
        np.divide(ends, at_risk, out=np.zeros_like(ends + at_risk), where=at_risk > 0),
        dtype="float64",
    )
