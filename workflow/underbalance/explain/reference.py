"""Where a value lies among those of the reference ally-years."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Reference:
    """The reference sample, whose values are sorted once for each variable.

    Parameters
    ----------
    ally_year : the coded table; its column ``in_reference`` marks the sample.
    """

    ally_year: pd.DataFrame
    _sorted: dict[str, list[float]] = field(default_factory=dict, repr=False)
    _quantiles: dict[tuple[str, float], float] = field(default_factory=dict, repr=False)

    def count(self, variable: str) -> int:
        """Return the number of reference ally-years in which a variable is known."""
        return len(self._values(variable))

    def percent_below(self, variable: str, value: float) -> float:
        """Return the percent of them with a lower value."""
        values = self._values(variable)
        return 100 * (bisect_left(values, value) / len(values))

    def quantile(self, variable: str, quantile: float) -> float:
        """Return a quantile of the known values, interpolated linearly."""
        if (variable, quantile) not in self._quantiles:
            found = pd.Series(self._values(variable), dtype="float64").quantile(quantile)
            self._quantiles[variable, quantile] = float(found)
        return self._quantiles[variable, quantile]

    def _values(self, variable: str) -> list[float]:
        if variable not in self._sorted:
            rows = self.ally_year["in_reference"].astype(bool)
            known = self.ally_year.loc[rows, variable].astype("float64").dropna()
            self._sorted[variable] = sorted(known.tolist())
        return self._sorted[variable]
