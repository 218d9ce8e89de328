"""Which other estimators there are for a model, each with what makes its estimate comparable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.design import measure_of
from underbalance.models.design_rows import ROWS
from underbalance.models.estimators import fit_rows
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.specifications import Specification

if TYPE_CHECKING:
    from underbalance.models.linear import LinearModel

COEFFICIENT: Final = "coefficient"
LOG_HAZARD: Final = "log hazard ratio"
LOG_TIME: Final = "log time ratio"
LOG_MEAN: Final = "log ratio of means"
LOG_VARIANCE: Final = "log ratio of variances"
START, STOP, NEVER = "start_of_interval", "end_of_interval", float("inf")
LOG_SCALE: Final = "log_scale"

Estimate = tuple[float, float]  # and its standard error


@dataclass(frozen=True)
class Alternative:
    """An estimator of a specification.

    Parameters
    ----------
    name : in words.
    scale : of its coefficients.
    fit : estimates a specification on the rows of the primary model.
    comparable : from a fit, a term and the mean of the outcome, the estimate on the scale of the
        primary estimator and its standard error; None where there is no such number.
    """

    name: str
    scale: str
    fit: Callable[[Specification, pd.DataFrame, int], Fit]
    comparable: Callable[[Fit, str, float], Estimate] | None


def alternatives_of(spec: Specification) -> list[Alternative]:
    """Return the primary estimator of a specification, then the others."""
    match spec.estimator:
        case "panel":
            return _PANELS
        case "variance":
            return _VARIANCES
        case "grouped":
            return _DURATIONS if ROWS[spec.outcome].duration else _CASES
    return []


def _same(fit: Fit, term: str, _: float) -> Estimate:
    return float(fit.estimates[term]), float(fit.std_errors[term])


def _at_the_mean(fit: Fit, term: str, mean: float) -> Estimate:
    """Return the change of the mean outcome that a small change of the term brings."""
    estimate, error = _same(fit, term, mean)
    return mean * estimate, mean * error


def _hazard_of_weibull(fit: Fit, term: str, _: float) -> Estimate:
    """Return −b/scale and its standard error by the delta method."""
    estimate, scale = float(fit.estimates[term]), exp(float(fit.estimates[LOG_SCALE]))
    pair = [term, LOG_SCALE]
    slopes = pd.Series([-1 / scale, estimate / scale], index=pair)
    covariance, gradient = fit.covariance.loc[pair, pair].to_numpy(), slopes.to_numpy()
    return -estimate / scale, float((gradient @ covariance @ gradient) ** 0.5)


def _first_difference(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
    from underbalance.models import first_difference

    return first_difference.fit(rows, measure_of(spec), regressors(spec), min_clusters=least)


def _within_between(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
    from underbalance.models import within_between

    return within_between.fit(rows, measure_of(spec), regressors(spec), min_clusters=least)


def _driscoll_kraay(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
    from underbalance.models import driscoll_kraay

    # it rests on the periods, for which it has a least number of its own
    return driscoll_kraay.fit(rows, measure_of(spec), regressors(spec))


def _poisson(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
    from underbalance.models import counts

    effects = ["iso3", "year"]
    outcome, terms = measure_of(spec), regressors(spec)
    return counts.fit(rows, outcome, terms, effects=effects, min_clusters=least)


def _one_variance(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
    """Location and scale without effects of allies in the scale: allies are compared, too."""
    from underbalance.models import variance

    outcome, terms = measure_of(spec), regressors(spec)
    return variance.fit(rows, outcome, terms, scale_effects=["time"], min_clusters=least)


def _cox(ties: str) -> Callable[[Specification, pd.DataFrame, int], Fit]:
    def fit(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
        from underbalance.models import cox

        timed, dummies = _intervals(spec, rows), _dummies(spec, rows)
        return cox.fit(
            timed.join(dummies),
            [*regressors(spec), *dummies.columns],
            start=START,
            stop=STOP,
            event=measure_of(spec),
            cluster="iso3",
            ties=ties,
            min_clusters=least,
            small_sample=True,
        )

    return fit


def _aft(distribution: str) -> Callable[[Specification, pd.DataFrame, int], Fit]:
    def fit(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
        from underbalance.models import aft

        timed, event = _intervals(spec, rows), rows[measure_of(spec)] == 1
        # the event came within its interval; before its end nothing is known of the others
        known = timed.assign(
            lower=timed[START].where(event, timed[STOP]), upper=timed[STOP].where(event, NEVER)
        )
        return aft.fit(
            known,
            regressors(spec),
            lower="lower",
            upper="upper",
            entry=START,
            distribution=distribution,
            categories=spec.categories,
            min_clusters=least,
        )

    return fit


def _linear_probability(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
    """Least squares of the event on the terms and categories, errors clustered by ally."""
    from underbalance.models.clustered import clustered_fit

    model = _pooled(spec, rows)
    return clustered_fit(
        model,
        regressors(spec),
        n=model.n,
        n_parameters=model.rank,
        loglik=model.loglik,
        cluster="iso3",
        min_clusters=least,
        extra={},
        notes=(),
    )


def _pooled(spec: Specification, rows: pd.DataFrame) -> LinearModel:
    from underbalance.models.linear import LinearModel

    constant = pd.DataFrame({"constant": 1.0}, index=rows.index)
    return LinearModel(
        rows,
        lambda others: _pooled(spec, others),
        outcome=rows[measure_of(spec)],
        design=pd.concat([constant, rows[regressors(spec)], _dummies(spec, rows)], axis=1),
        clusters=rows["iso3"],
    )


def _intervals(spec: Specification, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the ends of their year or month at risk on the clock."""
    clock = rows[ROWS[spec.outcome].duration].astype("float64")
    return rows.assign(**{START: clock, STOP: clock + 1})


def _dummies(spec: Specification, rows: pd.DataFrame) -> pd.DataFrame:
    from underbalance.models.dummies import category_dummies

    if not spec.categories:
        return pd.DataFrame(index=rows.index)
    return pd.concat([category_dummies(rows[name]) for name in spec.categories], axis=1)


def _nonnegative(
    fit: Callable[[Specification, pd.DataFrame, int], Fit],
) -> Callable[[Specification, pd.DataFrame, int], Fit]:
    def checked(spec: Specification, rows: pd.DataFrame, least: int) -> Fit:
        if (rows[measure_of(spec)] < 0).any():
            raise EstimationError("the outcome is negative in some rows")
        return fit(spec, rows, least)

    return checked


_PANELS = [
    Alternative("two-way fixed effects", COEFFICIENT, fit_rows, _same),
    Alternative("within-between", COEFFICIENT, _within_between, _same),
    Alternative("first differences", COEFFICIENT, _first_difference, _same),
    Alternative("Driscoll-Kraay", COEFFICIENT, _driscoll_kraay, _same),
    Alternative("PPML, two-way", LOG_MEAN, _nonnegative(_poisson), _at_the_mean),
]
_VARIANCES = [
    Alternative("location-scale, restricted likelihood", LOG_VARIANCE, fit_rows, _same),
    Alternative("location-scale, no effects of allies", LOG_VARIANCE, _one_variance, _same),
]
_DURATIONS = [
    Alternative("grouped cloglog", LOG_HAZARD, fit_rows, _same),
    Alternative("Cox, Efron", LOG_HAZARD, _cox("efron"), _same),
    Alternative("Cox, Breslow", LOG_HAZARD, _cox("breslow"), _same),
    Alternative("AFT Weibull", LOG_TIME, _aft("weibull"), _hazard_of_weibull),
    Alternative("AFT log-logistic", LOG_TIME, _aft("loglogistic"), None),
]
_CASES = [
    Alternative("cloglog", LOG_HAZARD, fit_rows, _same),
    Alternative("linear probability", COEFFICIENT, _linear_probability, None),
]
