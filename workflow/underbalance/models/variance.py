"""Location–scale regression: what moves the level of an outcome, and what its variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.clustered import clustered_fit
from underbalance.models.linear import CONSTANT
from underbalance.models.location_scale import ON_MEAN, LocationScaleModel, Part
from underbalance.models.panel import (
    check_identified,
    check_nested,
    check_one_row_each,
    drop_singletons,
    effect_columns,
)
from underbalance.models.rows import complete_cases, count_clusters, counted
from underbalance.models.tidy import Fit

BOTH = ("entity", "time")
POOLED = ("time",)
METHODS = ("reml", "ml")
FEWEST_ROWS = 15


def fit(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "iso3",
    time: str = "year",
    mean_effects: Sequence[str] = BOTH,
    scale_effects: Sequence[str] = BOTH,
    method: str = "reml",
    min_rows: int = FEWEST_ROWS,
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    r"""Estimate y_it = a_i + d_t + x_it'b + e_it with log Var(e_it) = g_i + h_t + x_it'c.

    Harvey (1976); Western and Bloome (2009). By restricted maximum likelihood as in Smyth
    (2002): with two-way effects the likelihood itself has no maximum, as the period effects can
    follow one entity until its variance is zero; and its residuals are too small where the
    mean has many coefficients. The covariance is the cluster sandwich of both parts with the
    expected information, times G/(G−1) · (n−1)/(n−k) with k all coefficients; p-values t(G−1).
    In panels of this kind that test rejects a true null too often (docs/methods.md): the
    restricted wild bootstrap of the scores is to be preferred.

    Parameters
    ----------
    data : one row per entity and time; missing values allowed in outcome and regressors only.
    outcome, regressors : columns of numbers; each regressor is in both parts.
    entity, time, cluster : key columns; clusters contain entities whole.
    mean_effects, scale_effects : which of ``entity`` and ``time`` have effects in the part.
    method : ``reml`` or ``ml``.
    min_rows : with effects of entities in the scale, entities with fewer rows are left out: a
        variance of their own cannot be told from zero.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms ``<regressor>`` (change of the log variance per unit) and ``mean[<regressor>]``.
        ``loglik`` is the normal log-likelihood at the estimates. ``extra`` has ``n_incomplete``,
        ``n_singletons`` and ``n_short`` (rows left out), ``n_entities``, ``n_periods`` and, with
        REML, ``restricted_loglik``.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; a regressor is constant or
        collinear; there is one cluster; clusters divide an entity; the mean fits the outcome
        without a residual; the variance of an entity goes to zero; no maximum is found; or a
        clustered standard error is zero.
    """
    form = _Form(
        outcome, tuple(regressors), tuple(regressors), entity, time, cluster, tuple(mean_effects),
        tuple(scale_effects), method,
    )  # fmt: skip
    _check_options(form)
    complete = complete_cases(
        data, keys=list(dict.fromkeys([entity, time, cluster])), numbers=[outcome, *regressors]
    )
    check_one_row_each(complete, entity, time)
    check_nested(complete, entity, cluster)
    several = drop_singletons(complete, entity, time)
    rows = _drop_short(several, form, min_rows)
    count_clusters(rows[cluster])
    check_identified(rows, regressors, form.keys(form.mean_effects), outcome)
    check_identified(rows, regressors, form.keys(form.scale_effects), None)
    model = _model(rows, form)
    n_incomplete, n_singletons = len(data) - len(complete), len(complete) - len(several)
    n_short = len(several) - len(rows)
    return clustered_fit(
        model,
        [*regressors, *(f"{ON_MEAN}{name}]" for name in regressors)],
        n=len(rows),
        n_parameters=model.n_parameters,
        loglik=model.loglik,
        cluster=cluster,
        min_clusters=min_clusters,
        extra={
            "n_incomplete": n_incomplete,
            "n_singletons": n_singletons,
            "n_short": n_short,
            "n_entities": rows[entity].nunique(),
            "n_periods": rows[time].nunique(),
        }
        | ({"restricted_loglik": model.restricted_loglik} if method == "reml" else {}),
        notes=counted("incomplete rows left out", n_incomplete)
        + counted(f"rows left out that are alone in their {entity} or {time}", n_singletons)
        + counted(
            f"rows left out of {entity} {_names(several, rows, entity)} with fewer than {min_rows}",
            n_short,
        ),
    )


def with_fewer_in_scale(
    rows: pd.DataFrame,
    outcome: str,
    of_mean: Sequence[str],
    of_scale: Sequence[str],
    scale_effects: Sequence[str] = BOTH,
) -> LocationScaleModel:
    """Return the model of :func:`fit` by restricted likelihood with fewer terms of the variance.

    Parameters
    ----------
    rows : those that :func:`fit` used, by iso3 and year.
    of_mean, of_scale : regressors of each part.

    Raises
    ------
    EstimationError : when no maximum is found.
    """
    form = _Form(
        outcome, tuple(of_mean), tuple(of_scale), "iso3", "year", "iso3", BOTH,
        tuple(scale_effects), "reml",
    )  # fmt: skip
    return _model(rows, form)


@dataclass(frozen=True)
class _Form:
    outcome: str
    of_mean: tuple[str, ...]
    of_scale: tuple[str, ...]
    entity: str
    time: str
    cluster: str
    mean_effects: tuple[str, ...]
    scale_effects: tuple[str, ...]
    method: str

    def keys(self, effects: Sequence[str]) -> list[str]:
        """Return the key columns of the effects."""
        return [{"entity": self.entity, "time": self.time}[effect] for effect in effects]


def _check_options(form: _Form) -> None:
    if form.method not in METHODS:
        raise EstimationError(f"method must be one of {', '.join(METHODS)}: {form.method}")
    for effect in (*form.mean_effects, *form.scale_effects):
        if effect not in BOTH:
            raise EstimationError(f"effects must be among {', '.join(BOTH)}: {effect}")


def _drop_short(rows: pd.DataFrame, form: _Form, min_rows: int) -> pd.DataFrame:
    """Leave out entities without rows enough, then what is alone in its period."""
    if "entity" not in form.scale_effects:
        return rows
    while True:
        enough = rows.groupby(form.entity)[form.outcome].transform("size") >= min_rows
        if not enough.any():
            raise EstimationError(f"no {form.entity} has {min_rows} rows, as its variance needs")
        if enough.all():
            return rows
        rows = drop_singletons(rows[enough], form.entity, form.time)


def _names(before: pd.DataFrame, after: pd.DataFrame, entity: str) -> str:
    return ", ".join(sorted({str(name) for name in set(before[entity]) - set(after[entity])}))


def _model(rows: pd.DataFrame, form: _Form) -> LocationScaleModel:
    return LocationScaleModel(
        rows,
        lambda others: _model(others, form),
        outcome=rows[form.outcome],
        mean=_part(rows, form, form.of_mean, form.mean_effects),
        scale=_part(rows, form, form.of_scale, form.scale_effects),
        clusters=rows[form.cluster],
        groups=rows[form.entity],
        restricted=form.method == "reml",
    )


def _part(
    rows: pd.DataFrame, form: _Form, regressors: Sequence[str], effects: Sequence[str]
) -> Part:
    """Return the columns of a part: effects of entities are swept out, those of periods not."""
    swept = "entity" in effects
    nuisance = pd.DataFrame(index=rows.index) if swept else _constant(rows)
    if "time" in effects:
        nuisance = pd.concat([nuisance, effect_columns(rows[form.time])], axis=1)
    design = pd.concat([rows[list(regressors)], nuisance], axis=1)
    return Part(design, [str(name) for name in nuisance], swept)


def _constant(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({CONSTANT: 1.0}, index=rows.index)
