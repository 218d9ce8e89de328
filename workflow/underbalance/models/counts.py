"""Counts and other amounts of zero or more: Poisson pseudo maximum likelihood (PPML)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import gammaln

from underbalance.errors import EstimationError
from underbalance.models.dummies import CONSTANT, Baseline, category_dummies, reference_level
from underbalance.models.glm import Glm, clustered_covariance
from underbalance.models.rows import complete_cases, count_clusters, counted, dependent_columns
from underbalance.models.scoring import POISSON, Array, NoMaximumError, maximise
from underbalance.models.separation import separated, separating_columns
from underbalance.models.tidy import Fit, too_few_clusters


def fit(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    categories: Sequence[str] = (),
    effects: Sequence[str] = (),
    exposure: str | None = None,
    offset: str | None = None,
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    r"""Estimate E(y | x) = exp(a + b'x) by the Poisson score, whatever the distribution of y.

    Only the mean must be right (Gourieroux, Monfort and Trognon 1984; Santos Silva and
    Tenreyro 2006): y need be neither whole nor Poisson. The covariance is the cluster
    sandwich times G/(G−1), R's ``sandwich::vcovCL(glm(..., poisson), cluster, type = "HC0",
    cadjust = TRUE)``. P-values are from t(G−1).

    Rows that their own effects or levels fit exactly carry no information and are left out,
    with a note: an entity, year or category whose outcomes are all zero has no finite effect,
    and a row alone in its entity or year is its own effect (Correia 2015).

    Parameters
    ----------
    data : one row per case; missing values allowed except in cluster and effects.
    outcome : numbers of zero or more.
    regressors : columns of numbers; one coefficient (log ratio of means) each, in their units.
    categories : nuisance covariates entered as dummies against their most frequent level.
    effects : key columns entered as dummies that are not reported, e.g. ``["iso3", "year"]``.
    exposure : a column above zero to which the mean is proportional.
    offset : a column added to the predictor.
    cluster : key column.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        Terms in the order constant (without effects only), categories, regressors. ``extra``
        has ``n_incomplete``, ``n_without_variation`` and ``n_singletons`` (rows left out) and
        ``n_parameters``. ``loglik`` is that of the Poisson distribution. ``model`` has all
        terms, effects too.

    Raises
    ------
    EstimationError
        If columns are absent, empty, infinite or not numbers; the outcome is negative, or zero
        throughout; one cluster is left; a regressor is collinear or absorbed by the effects,
        or predicts zeros perfectly (Correia, Guimarães and Zylkin 2021); or a clustered
        standard error is zero because the clusters' scores cancel.
    """
    keys = list(dict.fromkeys([cluster, *effects]))
    shifts = [name for name in (exposure, offset) if name]
    complete = complete_cases(
        data, keys=keys, numbers=[outcome, *shifts, *regressors], labels=categories
    )
    _check_amounts(complete, outcome, exposure)
    rows, n_zero, n_alone = _drop_exactly_fitted(complete, outcome, categories, effects)
    n_clusters = count_clusters(rows[cluster])
    design, n_reported = _design(rows, regressors, categories, effects)
    model = _estimated(
        rows,
        outcome,
        design,
        len(regressors),
        [*effects, *categories],
        _offset(rows, exposure, offset),
        cluster,
    )
    reported = [*(() if effects else CONSTANT), *model.terms[len(model.terms) - n_reported :]]
    n_incomplete = len(data) - len(complete)
    levels = ", ".join([*effects, *categories])
    return Fit(
        estimates=pd.Series(model.estimates, index=model.terms)[reported],
        covariance=clustered_covariance(model).loc[reported, reported],
        se_type=f"clustered by {cluster} (sandwich, G/(G−1))",
        df=n_clusters - 1,
        p_method=f"t({n_clusters - 1})",
        n=len(rows),
        n_clusters=n_clusters,
        loglik=_loglik(model),
        extra={
            "n_incomplete": n_incomplete,
            "n_without_variation": n_zero,
            "n_singletons": n_alone,
            "n_parameters": len(model.terms),
        },
        notes=counted("incomplete rows left out", n_incomplete)
        + counted(f"rows left out, as {outcome} is zero throughout their {levels}", n_zero)
        + counted(f"rows left out that are alone in their {' or '.join(effects)}", n_alone)
        + tuple(f"{name} against {reference_level(rows[name])}" for name in categories),
        withheld=too_few_clusters(n_clusters, min_clusters),
        model=model,
    )


def _check_amounts(rows: pd.DataFrame, outcome: str, exposure: str | None) -> None:
    if (rows[outcome] < 0).any():
        raise EstimationError(f"'{outcome}' must be 0 or more, found {rows[outcome].min():g}")
    if not rows[outcome].any():
        raise EstimationError(f"'{outcome}' is zero in every row")
    if exposure and not (rows[exposure] > 0).all():
        raise EstimationError(f"'{exposure}' must be above 0, found {rows[exposure].min():g}")


def _drop_exactly_fitted(
    rows: pd.DataFrame, outcome: str, categories: Sequence[str], effects: Sequence[str]
) -> tuple[pd.DataFrame, int, int]:
    """Leave out rows in levels that are zero throughout or, of effects, have one row only.

    Returns the rows and how many were left out for the one and for the other reason.
    """
    n_zero = n_alone = 0
    while True:
        zero, alone = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
        for name in [*effects, *categories]:
            zero |= (rows.groupby(name)[outcome].transform("max") == 0).to_numpy()
        for name in effects:
            alone |= ~rows.duplicated(name, keep=False).to_numpy()
        if not (zero | alone).any():
            return rows, n_zero, n_alone
        n_zero += int(zero.sum())
        n_alone += int((alone & ~zero).sum())
        rows = rows[~(zero | alone)]
        if rows.empty:
            levels = ", ".join([*effects, *categories])
            raise EstimationError(f"'{outcome}' varies within no level of {levels}")


def _design(
    rows: pd.DataFrame,
    regressors: Sequence[str],
    categories: Sequence[str],
    effects: Sequence[str],
) -> tuple[pd.DataFrame, int]:
    """Return the columns of full rank and the number of those that are not effects, the last."""
    constant = pd.DataFrame(1.0, index=rows.index, columns=[*CONSTANT])
    absorbed = [category_dummies(rows[name].astype(str)) for name in effects]
    levels = [category_dummies(rows[name]) for name in categories]
    dummies = pd.concat([constant, *absorbed], axis=1)
    reported = pd.concat([*levels, rows[list(regressors)]], axis=1)
    # Effects that do not link all rows are redundant by more than one.
    redundant = dependent_columns(dummies.iloc[:, 1:])
    design = pd.concat([dummies.drop(columns=redundant), reported], axis=1)
    collinear = dependent_columns(design.iloc[:, 1:])
    if collinear:
        rest = f", given {' and '.join(effects)}" if effects else ""
        raise EstimationError(
            f"'{collinear[0]}' is constant or collinear with the terms before it{rest}"
        )
    return design, reported.shape[1]


def _offset(rows: pd.DataFrame, exposure: str | None, offset: str | None) -> Array:
    total = np.zeros(len(rows))
    if exposure:
        total = total + np.log(rows[exposure].to_numpy())
    return total + rows[offset].to_numpy() if offset else total


def _estimated(
    rows: pd.DataFrame,
    outcome: str,
    design: pd.DataFrame,
    n_regressors: int,
    factors: Sequence[str],
    offset: Array,
    cluster: str,
) -> Glm:
    x, y, ones = design.to_numpy(), rows[outcome].to_numpy(), np.ones(len(rows))
    try:
        estimates = maximise(POISSON, x, y, ones, offset)
    except NoMaximumError as error:
        n_nuisance = x.shape[1] - n_regressors
        if separated(POISSON, x, y).any():
            columns = separating_columns(POISSON, x, y, kept=n_nuisance)
            names = ", ".join(f"'{design.columns[column]}'" for column in columns)
            raise EstimationError(
                f"zeros of '{outcome}' are predicted perfectly by {names or 'the categories'}"
            ) from error
        raise
    codes, clusters = pd.factorize(rows[cluster], sort=True)
    constant = np.zeros(len(rows), dtype=np.intp)
    return Glm(
        family=POISSON,
        design=x,
        terms=[str(term) for term in design.columns],
        outcome=y,
        offset=offset,
        baseline=Baseline(constant, constant[:1], CONSTANT),
        factors=tuple(pd.factorize(rows[name], sort=True)[0] for name in factors),
        n_nuisance=x.shape[1] - n_regressors,
        estimates=estimates,
        cluster_codes=codes,
        clusters=[str(name) for name in clusters],
        index=rows.index,
    )


def _loglik(model: Glm) -> float:
    predictor = model.offset + model.design @ model.estimates
    parts = POISSON.parts(model.outcome, predictor)
    return float((parts.loglik - gammaln(model.outcome + 1)).sum())
