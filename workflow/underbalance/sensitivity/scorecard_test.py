"""The test and interval of the scorecard, for models that are tried for sensitivity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.inference.bootstrap import wild_bootstrap
from underbalance.models.inference.draws import generator
from underbalance.models.reported import BOOTSTRAP
from underbalance.models.tidy import Fit

WILD = "wild"


class Bootstrap(NamedTuple):
    """How the wild cluster bootstrap is drawn.

    Parameters
    ----------
    seed, draws : of config/config.yaml, as the estimates have them.
    level : of the intervals.
    """

    seed: int
    draws: int
    level: float


class Reported(NamedTuple):
    """P-value and interval of one term; without them the note says why."""

    p_value: float
    ci_low: float
    ci_high: float
    p_method: str
    note: str


def scorecard_test(fit: Fit, term: str, spec_id: str, by: Bootstrap) -> Reported:
    """Return what results/estimates report of a term, by the same draws.

    An end that the interval does not have is infinite.
    """
    if fit.withheld:
        return _none(fit.withheld)
    random = generator(by.seed, spec_id, term, WILD)
    try:
        found = wild_bootstrap(fit, term, random=random, draws=by.draws, level=by.level)
    except EstimationError as error:
        return _none(f"no p-value: {error}")
    weights, _, missing = found.note.partition("; ")
    low, high = found.ci_low, found.ci_high
    return Reported(
        found.p_value,
        -np.inf if np.isnan(low) else low,
        np.inf if np.isnan(high) else high,
        f"{BOOTSTRAP} ({weights})",
        missing,
    )


def _none(reason: str) -> Reported:
    return Reported(np.nan, np.nan, np.nan, "", reason)
