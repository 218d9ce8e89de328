"""Cases after a competing event, weighted by how likely they would still be watched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.models.model import Array
from underbalance.risk_sets import product_limit, risk_sets

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cases:
    """n cases of one stratum: watched in (entry, stop], how they ended, and their labels.

    Parameters
    ----------
    event, competing : shape (n,); neither is true of a censored case.
    """

    entry: Array
    stop: Array
    event: Flags
    competing: Flags
    index: pd.Index


def expanded(cases: Cases) -> pd.DataFrame:
    """Return the rows of a weighted Cox model of the subdistribution hazard.

    A case with a competing event stays at risk after it, at t with the weight
    G(t−) H(t−) / (G(T−) H(T−)): G is the probability not to be censored before t, H that to
    have entered by then, and T its time (Geskus 2011, as ``survival::finegray``). The
    weight changes where G or H does; stretches without an event are left out, as they add
    nothing.

    Returns
    -------
    Columns start, stop, event (0 or 1) and weight, indexed by the labels of the cases; the
    first row of a case is the one in which it was watched.
    """
    bounds, weight = _weights(cases)
    at_stop = np.searchsorted(bounds, cases.stop)
    # the last stretch of a watched case reaches to the next change of the weights
    end = np.where(cases.competing, bounds[at_stop], cases.stop)
    first = pd.DataFrame(
        {"start": cases.entry, "stop": end, "event": cases.event.astype("float64"), "weight": 1.0},
        index=cases.index,
    )
    stretches = np.unique(np.searchsorted(bounds, cases.stop[cases.event]))
    later = stretches[None, :] > at_stop[:, None]
    case, column = np.nonzero(later & cases.competing[:, None])
    stretch = stretches[column]
    after = pd.DataFrame(
        {
            "start": bounds[stretch - 1],
            "stop": bounds[stretch],
            "event": 0.0,
            "weight": weight[stretch] / weight[at_stop[case]],
        },
        index=cases.index[case],
    )
    return pd.concat([first, after[after["weight"] > 0]])


def _weights(cases: Cases) -> tuple[Array, Array]:
    """Return the ends of the stretches in which G·H is constant, and its values there."""
    times = np.unique(np.concatenate([cases.entry, cases.stop]))
    entry, stop = (np.searchsorted(times, at).astype("float64") for at in (cases.entry, cases.stop))
    ended = cases.event | cases.competing
    # at a tie the ended leave before others are censored or enter
    stop = np.where(ended, stop - 0.5, stop)
    left, uncensored = _limits(entry, stop, ~ended)
    # entries are ends in reversed time; H at an entry is the product over those after it
    entered, from_there = _limits(-stop, -entry, np.ones(len(entry), dtype=bool))
    entered, after = -entered[::-1], np.append(from_there[::-1][1:], 1.0)
    changes = np.unique(np.concatenate([left, entered]))
    values = _step(left, uncensored, changes, before=1.0) * _step(entered, after, changes, before=0)
    bounds = np.append(times[changes.astype("int")], cases.stop.max())
    return bounds, np.append(1.0, values)


def _limits(entry: Array, stop: Array, ended: Flags) -> tuple[Array, Array]:
    sets = risk_sets(entry, stop, ended)
    return sets.times, product_limit(sets.at_risk.sum(axis=0), sets.ends[:, 0].sum(axis=0))


def _step(times: Array, values: Array, at: Array, before: float) -> Array:
    """Return the value of a right-continuous step function at some times."""
    return np.append(before, values)[np.searchsorted(times, at, side="right")]
