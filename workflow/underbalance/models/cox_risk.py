"""Who is at risk when an event happens: sums over risk sets by sorting, without loops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.cox_rows import Codes, Rows
from underbalance.models.model import Array


@dataclass(frozen=True, eq=False)
class Ordered:
    """Rows in the order of a number from 1 to D; where in them the numbers present begin."""

    rows: Codes
    starts: Codes
    present: Codes
    n_times: int

    def later(self, values: Array) -> Array:
        """Return for j = 0, …, D − 1 the sums over rows whose number is above j, shape (D, m)."""
        sums = np.zeros((self.n_times + 1, values.shape[1]))
        sums[self.present] = np.add.reduceat(values.take(self.rows, axis=0), self.starts, axis=0)
        return np.asarray(sums[::-1].cumsum(axis=0)[-2::-1])


@dataclass(frozen=True, eq=False)
class RiskSets:
    """The D distinct event times (by stratum, then time) and the rows at risk at each.

    A row is at risk at t if start < t ≤ stop: who enters at t is not, who leaves at t is.

    Parameters
    ----------
    times, strata : shape (D,), event times and the codes of their strata.
    first, last : shape (n,), the row is at risk at event times first, …, last − 1.
    leaving, entering : rows by ``last`` and, of those who enter late, by ``first``.
    event_rows : rows with an event, by event time. event_starts : shape (D,), where in them
        each event time begins.
    """

    times: Array
    strata: Codes
    first: Codes
    last: Codes
    leaving: Ordered
    entering: Ordered
    event_rows: Codes
    event_starts: Codes

    @property
    def event_times(self) -> Codes:
        """Number of the event time of each row in ``event_rows``."""
        return self.last[self.event_rows] - 1

    def sums(self, values: Array) -> Array:
        """Return sums over the risk sets, shape (D, m), of values of shape (n, m)."""
        # From the end, as those who are left: only late entry is subtracted.
        total = self.leaving.later(values)
        if len(self.entering.rows):
            total -= self.entering.later(values)
        return total

    def event_sums(self, values: Array) -> Array:
        """Return sums over the rows with an event, shape (D, m), of values of shape (n, m)."""
        chosen = values.take(self.event_rows, axis=0)
        return np.asarray(np.add.reduceat(chosen, self.event_starts, axis=0))

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
    event_rows = np.flatnonzero(rows.event)
    event_rows = event_rows[np.argsort(last[event_rows], kind="stable")]
    numbers = np.arange(len(event_keys))
    sets = RiskSets(
        times=rows.stop[rows.event][example],
        strata=event_keys // width,
        first=first,
        last=last,
        leaving=_ordered(last, len(numbers)),
        entering=_ordered(first, len(numbers)),
        event_rows=event_rows,
        event_starts=np.searchsorted(last[event_rows] - 1, numbers),
    )
    if sets.sums(np.ones((len(last), 1))).max() < 2:
        raise EstimationError("one row alone is at risk at every event time: nothing to compare")
    return sets


def _ordered(number: Codes, n_times: int) -> Ordered:
    some = np.flatnonzero(number > 0)
    rows = some[np.argsort(number[some], kind="stable")]
    present, starts = np.unique(number[rows], return_index=True)
    return Ordered(rows, starts, present, n_times)


def _cumulated(values: Array) -> Array:
    """Return the sums of the first 0, 1, …, n values along the first axis."""
    total = np.empty((len(values) + 1, *values.shape[1:]))
    total[0] = 0
    np.cumsum(values, axis=0, out=total[1:])
    return total
