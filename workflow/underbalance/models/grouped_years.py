"""Effects of a grouped duration model in years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.dummies import Codes
from underbalance.models.glm import Glm, durations_of
from underbalance.models.scoring import Array
from underbalance.models.tidy import Fit

MAX_FAILED = 0.05  # share of resamples without an estimate


@dataclass(frozen=True)
class YearsGained:
    """The difference in the restricted mean duration when a regressor is raised.

    Parameters
    ----------
    term, change : which regressor was raised, and by how much.
    horizon : the duration up to which the mean is taken.
    base, raised : the mean with the covariates as they are, and with the regressor raised.
    difference : raised − base.
    ci_low, ci_high : percentile interval over resampled clusters; None where withheld.
    n_spells : spells averaged over.
    draws, failed : resamples, and how many of them could not carry the model.
    note : why there is no interval.
    """

    term: str
    change: float
    horizon: int
    base: float
    raised: float
    difference: float
    ci_low: float | None
    ci_high: float | None
    n_spells: int
    draws: int
    failed: int
    note: str = ""


def expected_duration(
    fit: Fit,
    data: pd.DataFrame,
    term: str,
    *,
    spell: Sequence[str],
    seed: int | Sequence[int],
    change: float = 1.0,
    products: Mapping[str, str] | None = None,
    horizon: int | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> YearsGained:
    r"""Return by how much the mean duration differs when a regressor is raised.

    With S_i(t) = exp(−Σ_{s≤t} exp(g_s + b'x_i)), the share of spells like i that outlast
    duration t, the mean of min(T, horizon) is Σ_{t<horizon} S_i(t): T is the duration of the
    event as the data count it. It is averaged over the spells with x_i as observed and with
    the regressor raised by ``change`` (g-computation; Royston and Parmar 2013). The interval
    holds the middle ``level`` of the differences when whole clusters are drawn with replacement
    and the model is estimated again on each draw.

    Parameters
    ----------
    fit : of :func:`underbalance.models.grouped.fit` with a duration.
    data : the frame given to it.
    spell : columns that name a spell.
    seed : of the random draws.
    products : terms that are ``term`` times another term, with the name of the other: they are
        raised with it, e.g. ``{"political_x_social_lag1": "social_lag1"}``.
    horizon : by default the longest duration in the data and one.

    Raises
    ------
    EstimationError
        If the fit has no durations or no such regressor; index labels repeat; the horizon is
        beyond the data; or more than one in twenty draws cannot carry the model.
    """
    # ASSUME: covariates stay as they are in the first row of the spell. What they become later
    # can depend on how long the spell lasts. Late entrants count from the first duration too.
    model, durations = durations_of(fit)
    products = products or {}
    for name in [term, *products, *products.values()]:
        if name not in model.terms[model.n_nuisance :]:
            raise EstimationError(f"'{name}' is not a regressor of the model")
    if horizon is None:
        horizon = int(durations.max()) + 1
    if not durations.min() < horizon <= durations.max() + 1:
        raise EstimationError(
            f"the horizon must be {durations.min() + 1:g} to {durations.max() + 1:g}, "
            f"the durations with data, found {horizon}"
        )
    spells = _Spells(model, durations, _first_rows(model, data, spell), horizon)
    spells.raise_by(change, term, products)
    base, raised = spells.means(model.estimates, np.ones(len(model.clusters)))
    low, high, failed = None, None, 0
    if not fit.withheld:
        drawn = _resampled(spells, draws, seed)
        failed = draws - len(drawn)
        low, high = (float(q) for q in np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]))
    return YearsGained(
        term=term,
        change=change,
        horizon=horizon,
        base=base,
        raised=raised,
        difference=raised - base,
        ci_low=low,
        ci_high=high,
        n_spells=len(spells.rows),
        draws=0 if fit.withheld else draws,
        failed=failed,
        note=fit.withheld,
    )


class _Spells:
    """The first row of each spell, and the durations over which it is followed."""

    def __init__(self, model: Glm, durations: Array, rows: Codes, horizon: int) -> None:
        self.model, self.rows = model, rows
        n_groups = len(model.baseline.firsts)
        self.covariates = model.design[rows, n_groups:]
        self.raised = self.covariates
        self.clusters = model.cluster_codes[rows]
        starts = durations[model.baseline.firsts]
        # A duration without rows shares the hazard of the one before it.
        passed = np.arange(durations.min(), horizon)
        # Nothing can end before the first duration, where the clock may begin at one.
        self.before = float(durations.min())
        self.groups = np.searchsorted(starts, passed, side="right") - 1

    def raise_by(self, change: float, term: str, products: Mapping[str, str]) -> None:
        """Raise a regressor, and its products with others, in all spells."""
        place = {name: k for k, name in enumerate(self.model.terms[-self.covariates.shape[1] :])}
        self.raised = self.covariates.copy()
        self.raised[:, place[term]] += change
        for product, other in products.items():
            self.raised[:, place[product]] += change * self.covariates[:, place[other]]

    def means(self, estimates: Array, weights: Array) -> tuple[float, float]:
        """Return the mean duration, as it is and raised; nan if a hazard is not identified.

        Spells in levels that the weights leave without an estimate are left out of the mean,
        as their rows are of the estimation.
        """
        n_groups = len(self.model.baseline.firsts)
        cumulative = np.cumsum(np.exp(estimates[:n_groups][self.groups]))
        unknown = np.isnan(estimates[n_groups:])
        effects = np.where(unknown, 0.0, estimates[n_groups:])
        in_known = ~(self.covariates[:, unknown] != 0).any(axis=1)
        counted = weights[self.clusters] * in_known
        if not counted.any():
            return np.nan, np.nan
        as_is, raised = (
            float(np.average(self._outlasted(x @ effects, cumulative), weights=counted))
            for x in (self.covariates, self.raised)
        )
        return as_is, raised

    def _outlasted(self, predictor: Array, cumulative: Array) -> Array:
        """Return the mean number of durations that each spell outlasts."""
        outlasted: Array = np.exp(-np.outer(np.exp(predictor), cumulative)).sum(axis=1)
        return self.before + outlasted


def _first_rows(model: Glm, data: pd.DataFrame, spell: Sequence[str]) -> Codes:
    """Return the position of the first row of each spell among the rows of the model."""
    if not data.index.is_unique:
        raise EstimationError("labels of the rows repeat: spells cannot be matched")
    named = data.loc[model.index, list(spell)].reset_index(drop=True)
    ordered = named.assign(period=model.baseline.periods).sort_values("period", kind="stable")
    firsts = ordered.drop_duplicates(list(spell)).index
    return np.sort(firsts.to_numpy())


def _resampled(spells: _Spells, draws: int, seed: int | Sequence[int]) -> Array:
    random, g = np.random.default_rng(seed), len(spells.model.clusters)
    found = []
    for weights in random.multinomial(g, np.full(g, 1 / g), size=draws).astype("float64"):
        try:
            estimates = spells.model.refit(weights)
        except EstimationError:
            continue
        base, raised = spells.means(estimates, weights)
        if np.isfinite(raised - base):
            found.append(raised - base)
    if draws - len(found) > MAX_FAILED * draws:
        raise EstimationError(
            f"{draws - len(found)} of {draws} resamples of the clusters cannot carry the model"
        )
    return np.array(found)
