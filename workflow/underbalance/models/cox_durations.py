"""What a coefficient means in time: restricted mean and median duration, standardised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.cox_baseline import hazards
from underbalance.models.model import Array
from underbalance.models.tidy import USUAL_LEVEL, too_few_clusters

if TYPE_CHECKING:
    from underbalance.models.cox_likelihood import Point
    from underbalance.models.cox_model import CoxModel

MEASURES = ("restricted mean", "median")
COLUMNS = [
    "term", "change", "measure", "horizon", "as_observed", "changed", "effect", "ci_low",
    "ci_high", "draws", "note",
]  # fmt: skip
CELLS = 4_000_000  # of a block of rows by times, to bound memory
ENOUGH = 0.9  # share of the draws that must be estimable


@dataclass(frozen=True, eq=False)
class Change:
    """What is compared: rows (mask, shape (n,)) as they are, and with a term changed."""

    place: int
    amount: float
    over: Array
    horizon: float


def duration_effect(
    model: CoxModel,
    term: str,
    *,
    change: float | None = None,
    horizon: float | None = None,
    over: pd.Index | None = None,
    draws: int = 999,
    seed: int | list[int] = 0,
    level: float = USUAL_LEVEL,
    min_clusters: int = 10,
) -> pd.DataFrame:
    r"""Return how much longer durations are when a term is higher by ``change``.

    Survival curves exp(−Λ_s(t)·exp(xb)) of the rows are averaged (standardisation, or
    g-computation), as the rows are and with the term changed in every row. The restricted mean
    is the area under the curve up to the horizon (Royston and Parmar 2013). It is the effect on
    a spell whose covariates stay as they are in the row, begun at time 0.

    The interval is the percentile interval of a bootstrap of whole clusters: each draw weights
    clusters by how often they are drawn, estimates coefficients and baseline again, and
    averages over the rows drawn.

    Parameters
    ----------
    change : in units of the term; None for its standard deviation over the rows used.
    horizon : in units of time; None for the last event time of the stratum whose last event
        is the earliest.
    over : labels of the rows to average over, for instance the first row of every spell, so that
        spells split into more rows do not count more; None for all rows.
    draws, seed : of the bootstrap. level : of the interval.
    min_clusters : with fewer clusters than this, there is no interval.

    Returns
    -------
    pd.DataFrame
        A row for measure ``restricted mean`` and, when both curves fall to one half by the
        horizon, one for ``median``: term, change, measure, horizon, as_observed, changed, effect
        (their difference, in units of time), ci_low, ci_high, draws (those used), note.

    Raises
    ------
    EstimationError : if there are no clusters, no such term or no rows; the horizon is beyond the
        last row at risk; or over a tenth of the draws cannot be estimated.
    """
    comparison = _change(model, term, change, horizon, over)
    found = _measured(model.point, comparison)
    few = too_few_clusters(len(model.clusters), min_clusters)
    drawn = np.empty((0, *found.shape)) if few else _drawn(model, comparison, draws, seed)
    reached = ~np.isnan(found).any(axis=1)
    rows = [
        _row(found[m], drawn[:, m], level) | {"measure": MEASURES[m]}
        for m in np.flatnonzero(reached)
    ]
    return pd.DataFrame(rows).assign(
        term=term, change=comparison.amount, horizon=comparison.horizon, note=few
    )[COLUMNS]


def _change(
    model: CoxModel,
    term: str,
    change: float | None,
    horizon: float | None,
    over: pd.Index | None,
) -> Change:
    rows, risk = model.problem.rows, model.problem.risk
    if not model.clusters:
        raise EstimationError("the interval of a duration effect needs clusters")
    if term not in rows.terms:
        raise EstimationError(f"no term '{term}' in the model")
    used = np.ones(len(rows.index), dtype=bool) if over is None else rows.index.isin(over)
    if not used.any():
        raise EstimationError("no row of the model is among those to average over")
    place = rows.terms.index(term)
    if change is None:
        change = float(rows.x[used, place].std())
    strata = range(len(rows.strata))
    ends = [risk.times[risk.strata == s].max(initial=0) for s in strata]
    until = [rows.stop[rows.stratum == s].max() for s in strata]
    if horizon is None:
        horizon = float(min(ends))
    if not 0 < horizon <= min(until):
        raise EstimationError(
            f"the horizon must be above 0 and at most {min(until):g}, the last time at risk "
            f"in every stratum, not {horizon:g}"
        )
    return Change(place, change, used.astype("float64"), horizon)


def _row(values: Array, drawn: Array, level: float) -> dict[str, float]:
    effects = drawn[:, 1] - drawn[:, 0]
    effects = effects[np.isfinite(effects)]
    ends = [0.5 - level / 2, 0.5 + level / 2]
    low, high = np.quantile(effects, ends) if len(effects) else (np.nan, np.nan)
    return {
        "as_observed": values[0],
        "changed": values[1],
        "effect": values[1] - values[0],
        "ci_low": low,
        "ci_high": high,
        "draws": len(effects),
    }


def _drawn(model: CoxModel, comparison: Change, draws: int, seed: int | list[int]) -> Array:
    """Return measures of each draw that can be estimated, shape (draws, 2, 2)."""
    generator = np.random.default_rng(seed)
    g = len(model.clusters)
    found = []
    for counts in generator.multinomial(g, np.full(g, 1 / g), size=draws):
        try:
            again = model.reestimated(counts)
        except EstimationError:
            continue
        if not (again.held | again.infinite).any():
            found.append(_measured(again.point, comparison))
    if len(found) < ENOUGH * draws:
        raise EstimationError(f"only {len(found)} of {draws} bootstrap draws can be estimated")
    return np.array(found).reshape(-1, 2, 2)


def _measured(point: Point, comparison: Change) -> Array:
    """Return (restricted mean, median) by (as observed, changed), shape (2, 2)."""
    factors = [1.0, np.exp(point.estimates[comparison.place] * comparison.amount)]
    times = np.unique(point.problem.risk.times)
    times = times[times < comparison.horizon]
    lengths = np.diff(np.concatenate([[0.0], times, [comparison.horizon]]))
    curves = [_mean_survival(point, comparison.over, factor, times) for factor in factors]
    return np.array(
        [
            [lengths @ curve for curve in curves],
            [_median(curve, times) for curve in curves],
        ]
    )


def _mean_survival(point: Point, over: Array, factor: float, times: Array) -> Array:
    """Return the mean survival curve at 0 and the times, shape (1 + times,)."""
    rows, risk = point.problem.rows, point.problem.risk
    weight = over * rows.weight
    relative = factor * np.exp(rows.x @ point.estimates + rows.offset)
    increments, total = hazards(point), np.zeros(1 + len(times))
    for s in range(len(rows.strata)):
        used = np.flatnonzero((rows.stratum == s) & (weight > 0))
        own = risk.strata == s
        cumulative = np.append(0.0, np.cumsum(increments[own]))
        hazard = cumulative[np.searchsorted(risk.times[own], times, side="right")]
        hazard = np.append(0.0, hazard)
        block = max(1, CELLS // len(hazard))
        for at in range(0, len(used), block):
            some = used[at : at + block]
            total += weight[some] @ np.exp(-np.outer(relative[some], hazard))
    mean: Array = total / weight.sum()
    return mean


def _median(curve: Array, times: Array) -> float:
    half = np.flatnonzero(curve[1:] <= 0.5)
    return float(times[half[0]]) if len(half) else np.nan
