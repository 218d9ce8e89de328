"""H5: the weights of the obstacles by outcome and region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.hypotheses.contrasts import INCONSISTENCY, MEAN, SLOWNESS
from underbalance.hypotheses.dominance import (
    general_dominance,
    resampled_fits,
    shares,
    subsets,
)
from underbalance.hypotheses.effects import standardiser
from underbalance.hypotheses.nested import joint_wald
from underbalance.hypotheses.smaller import Likelihood, likelihood, smaller
from underbalance.hypotheses.specs import (
    WEIGHED,
    contrasted,
    outcome_group,
    weighed,
)
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, few_events, rows_of
from underbalance.models.estimators import fit_rows
from underbalance.models.frames import frame_of
from underbalance.models.inference.wald import crv1
from underbalance.models.linear import LinearModel
from underbalance.models.model import Array
from underbalance.models.terms import lag_name
from underbalance.models.tidy import NOT_ESTIMATED, Fit
from underbalance.specifications import Specification

COLUMNS: Final = [
    "region", "group", "spec_id", "obstacle", "dominance", "share", "share_low", "share_high",
    "estimate", "std_error", "ci_low", "ci_high", "p_value", "effect", "fit_gain", "joint_p",
    "draws", "failed", "n", "n_events", "n_clusters", "note",
]  # fmt: skip
TEXTS: Final = ("region", "group", "spec_id", "obstacle", "note")


@dataclass(frozen=True, eq=False)
class Weighed:
    """The weights of the obstacles in one model.

    Parameters
    ----------
    group, spec_id : the outcome.
    rows : shape (p) of :data:`COLUMNS`; one row with a note where there is no estimate.
    shares : shape (p,).
    draws : shape (r, p), the shares in resamples of allies.
    enters_mean : whether it has events enough for the mean of its group.
    """

    group: str
    spec_id: str
    rows: list[dict[str, Any]]
    shares: Array
    draws: Array
    enters_mean: bool


def weights_by_region(
    specs: Mapping[str, Specification],
    tables: Tables,
    plans: Iterable[Plan],
    seed: Sequence[int],
    replications: int,
) -> pd.DataFrame:
    """Return :func:`weights` of several regions, one after the other."""
    found = [weights(contrasted(specs), tables, plan, seed, replications) for plan in plans]
    return pd.concat(found, ignore_index=True)


def weights(
    specs: Mapping[str, Specification],
    tables: Tables,
    plan: Plan,
    seed: Sequence[int],
    replications: int,
) -> pd.DataFrame:
    """Return general dominance and estimates of the obstacles in one region.

    The fit of a subset of obstacles is the fall of the deviance against the model without any,
    with rivals, controls and effects always in it and the same rows for all subsets: in
    least squares that of the residual sum of squares, so that shares are those of the
    incremental R² within; else twice that of the log-likelihood, so that they are those of
    McFadden's R² (Cameron and Windmeijer 1997 for both; Azen and Traxel 2009).

    Parameters
    ----------
    specs : the models by id; each is estimated with :data:`.specs.WEIGHED` as obstacles.
    plan : with the region as its sample.
    seed, replications : of the resamples of allies, which are the same for all models.

    Returns
    -------
    Columns :data:`COLUMNS`; by outcome and obstacle, then the mean of the shares by group
    (``spec_id`` mean), without models of too few events. Intervals of shares are percentiles
    of the resamples. A model that the data cannot carry, or with too few clusters, has one row
    that says so and no number.
    """
    allies = sorted(plan.members.union(*(plan.of(spec).members for spec in specs.values())))
    rng = np.random.default_rng(list(seed))
    chance = np.full(len(allies), 1 / len(allies))
    drawn = pd.DataFrame(rng.multinomial(len(allies), chance, replications), columns=allies)
    found = [_one(name, spec, tables, plan, drawn) for name, spec in specs.items()]
    rows = [row for one in found for row in one.rows]
    for group in (INCONSISTENCY, SLOWNESS):
        rows += _means(
            [one for one in found if one.group == group and one.enters_mean], group, plan
        )
    return frame_of(rows, COLUMNS, TEXTS).assign(region=plan.sample)


def _one(
    spec_id: str, spec: Specification, tables: Tables, plan: Plan, drawn: pd.DataFrame
) -> Weighed:
    whole, group = weighed(spec), outcome_group(spec)
    try:
        rows = rows_of(spec_id, whole, tables, plan)
        fit = fit_rows(whole, rows, plan.min_clusters)
        if fit.withheld:
            raise EstimationError(fit.withheld)
        used = rows.loc[likelihood(fit).model.index]
        parts = [
            smaller(weighed(spec, chosen), whole, used, plan.min_clusters)
            for chosen in subsets(WEIGHED)[:-1]
        ]
    except EstimationError as error:
        note = f"{NOT_ESTIMATED}{error}"
        empty: dict[str, Any] = {"group": group, "spec_id": spec_id, "note": note}
        return Weighed(group, spec_id, [empty], np.array([]), np.array([]), enters_mean=False)
    gains = fit_gains(parts, fit)
    dominance = general_dominance(gains)
    own, draws = shares(dominance), _resampled(fit, drawn)
    row = {"group": group, "spec_id": spec_id, "fit_gain": float(gains[-1])} | _counts(fit)
    intervals = _intervals(draws, plan.confidence_level)
    return Weighed(
        group,
        spec_id,
        [
            row
            | {"obstacle": name, "dominance": dominance[i], "share": own[i], **intervals[i]}
            | _estimates(fit, lag_name(name), whole.estimator, plan.confidence_level)
            for i, name in enumerate(WEIGHED)
        ],
        own,
        draws,
        enters_mean=not few_events(fit),
    )


def fit_gains(parts: Sequence[Likelihood], whole: Fit) -> Array:
    """Return the fall of the deviance against the first of nested models, and of the whole last.

    In least squares it is that of the residual sum of squares over the residual variance of the
    whole model.
    """
    models = [*parts, likelihood(whole)]
    linear = [one.model for one in models if isinstance(one.model, LinearModel)]
    if len(linear) == len(models):
        squares = np.array([model.rss for model in linear])
        return np.asarray((squares[0] - squares) / linear[-1].variance)
    logliks = np.array([one.loglik for one in models])
    return np.asarray(2 * (logliks - logliks[0]))


def _resampled(fit: Fit, drawn: pd.DataFrame) -> Array:
    """Return the shares in resamples, shape (r, p); nan where nothing is left to share."""
    model = likelihood(fit).model
    places = [model.terms.index(lag_name(name)) for name in WEIGHED]
    counts = drawn.reindex(columns=model.clusters).to_numpy(dtype="float64")
    return shares(general_dominance(resampled_fits(model.linearised({}), places, counts)))


def _intervals(draws: Array, level: float) -> list[dict[str, Any]]:
    known = draws[np.isfinite(draws).all(axis=1)]
    told = {"draws": len(known), "failed": len(draws) - len(known)}
    if not len(known):
        return [told for _ in WEIGHED]
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return [told | {"share_low": low[i], "share_high": high[i]} for i in range(len(WEIGHED))]


def _counts(fit: Fit) -> dict[str, Any]:
    return {
        "joint_p": joint_wald(fit, [lag_name(name) for name in WEIGHED])["wald_p"],
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": few_events(fit),
    }


def _estimates(fit: Fit, term: str, estimator: str, level: float) -> dict[str, Any]:
    test = crv1(fit, term, level=level)
    return {
        "estimate": test.estimate,
        "std_error": test.std_error,
        "ci_low": test.ci_low,
        "ci_high": test.ci_high,
        "p_value": test.p_value,
        "effect": test.estimate * standardiser(estimator, fit),
    }


def _means(models: Sequence[Weighed], group: str, plan: Plan) -> list[dict[str, Any]]:
    """Return the mean share of each obstacle over the outcomes of a group."""
    if not models:
        return [{"group": group, "spec_id": MEAN, "note": f"{NOT_ESTIMATED}no outcome"}]
    mean = np.mean([one.shares for one in models], axis=0)
    intervals = _intervals(np.mean([one.draws for one in models], axis=0), plan.confidence_level)
    note = f"mean of {len(models)} outcomes"
    return [
        {"group": group, "spec_id": MEAN, "obstacle": name, "share": mean[i], "note": note}
        | intervals[i]
        for i, name in enumerate(WEIGHED)
    ]
