"""Who is at risk when an event happens: sums over risk sets by sorting, without loops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.cox_rows import Codes, Rows
from underbalance.models.model import Array


@dataclass(frozen=True, eq=False)
class RiskSets:
    """The D distinct event times (by stratum, then time) and the rows at risk at each.

    A row is at risk at t if start < t ≤ stop: who enters at t is not, who leaves at t is.

    Parameters
    ----------
    times, strata : shape (D,), event times and the codes of their strata.
    first, last : shape (n,), the row is at risk at event times first, …, last − 1.
    by_last, n_last : rows in descending order of ``last``, and for each event time how many of
        them leave at it or later; by_first, n_first : rows that enter later, likewise.
    event_rows : rows with an event, by event time. event_starts : shape (D,), where in them
        each event time begins.
    """

    times: Array
    strata: Codes
    first: Codes
    last: Codes
    by_last: Codes
    n_last: Codes
    by_first: Codes
    n_first: Codes
    event_rows: Codes
    event_starts: Codes

    @property
    def event_times(self) -> Codes:
        """Number of the event time of each row in ``event_rows``."""
        return self.last[self.event_rows] - 1

    def sums(self, values: Array) -> Array:
        """Return sums over the risk sets, shape (D, m), of values of shape (n, m)."""
        # From the end, as those who are left: only late entry is subtracted.
        total = _cumulated(values[self.by_last])[self.n_last]
        if len(self.by_first):
            total -= _cumulated(values[self.by_first])[self.n_first]
        return total

    def event_sums(self, values: Array) -> Array:
        """Return sums over the rows with an event, shape (D, m), of values of shape (n, m)."""
        total: Array = np.add.reduceat(values[self.event_rows], self.event_starts, axis=0)
        return total

    def accrued(self, increments: Array) -> Array:
        """Return for each row the sum of increments, shape (D, …), while it was at risk."""
        until = _cumulated(increments)
        accrued: Array = until[self.last] - until[self.first]
        return accrued


def risk_sets(rows: Rows) -> RiskSets:
    """Return the risk sets.

    Raises
    ------
    EstimationError : if one row alone is at risk at every event time.
    """
    values, where = np.unique(np.concatenate([rows.start, rows.stop]), return_inverse=True)
    begin, end = where[: len(rows.start)], where[len(rows.start) :]
    width = len(values)
    key = rows.stratum * width + end
    event_keys, example = np.unique(key[rows.event], return_index=True)
    first = np.searchsorted(event_keys, rows.stratum * width + begin, side="right")
    last = np.searchsorted(event_keys, key, side="right")
    by_last = np.argsort(-last, kind="stable")
    late = np.flatnonzero(first > 0)
    by_first = late[np.argsort(-first[late], kind="stable")]
    event_rows = np.flatnonzero(rows.event)
    event_rows = event_rows[np.argsort(last[event_rows], kind="stable")]
    numbers = np.arange(len(event_keys))
    n_last = len(last) - np.searchsorted(np.sort(last), numbers, side="right")
    n_first = len(first) - np.searchsorted(np.sort(first), numbers, side="right")
    if (n_last - n_first).max() < 2:
        raise EstimationError("one row alone is at risk at every event time: nothing to compare")
    return RiskSets(
        times=rows.stop[rows.event][example],
        strata=event_keys // width,
        first=first,
        last=last,
        by_last=by_last,
        n_last=n_last,
        by_first=by_first,
        n_first=n_first,
        event_rows=event_rows,
        event_starts=np.searchsorted(last[event_rows] - 1, numbers),
    )


def _cumulated(values: Array) -> Array:
    """Return the sums of the first 0, 1, …, n values along the first axis."""
    total = np.empty((len(values) + 1, *values.shape[1:]))
    total[0] = 0
    np.cumsum(values, axis=0, out=total[1:])
    return total
