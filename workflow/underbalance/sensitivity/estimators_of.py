"""Which estimators of the registry a model is compared by, and what makes them comparable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from typing import Final

import pandas as pd

from underbalance.models.aft_model import LOG_SCALE
from underbalance.models.design_listed import all_rows
from underbalance.models.tidy import Fit
from underbalance.specifications import Estimator, Specification

COEFFICIENT: Final = "coefficient"
LOG_HAZARD: Final = "log hazard ratio"
LOG_TIME: Final = "log time ratio"
LOG_MEAN: Final = "log ratio of means"
LOG_VARIANCE: Final = "log ratio of variances"
PROBABILITY: Final = "difference in probability"

Estimate = tuple[float, float]  # and its standard error


@dataclass(frozen=True)
class Alternative:
    """An estimator of a specification.

    Parameters
    ----------
    estimator : in config/models.yaml.
    name : in words.
    scale : of its coefficients.
    comparable : from a fit, a term and the mean of the outcome, the estimate on the scale of the
        first estimator of its family and its standard error; None where there is none.
    """

    estimator: Estimator
    name: str
    scale: str
    comparable: Callable[[Fit, str, float], Estimate] | None


@dataclass(frozen=True)
class Alternatives:
    """The primary estimator of a model, the others, and the scale they are compared on."""

    primary: Alternative
    others: list[Alternative]
    scale: str


def alternatives_of(spec: Specification) -> Alternatives:
    """Return the estimators of a specification; those of other families have no alternatives."""
    of_events = _DURATIONS if all_rows()[spec.outcome].duration else _CASES
    for family in (_PANELS, _VARIANCES, of_events):
        for one in family:
            if one.estimator == spec.estimator:
                others = [other for other in family if other is not one]
                return Alternatives(one, others, family[0].scale)
    name = spec.estimator.replace("_", " ")
    return Alternatives(Alternative(spec.estimator, name, COEFFICIENT, _same), [], COEFFICIENT)


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


_PANELS = [
    Alternative("panel", "two-way fixed effects", COEFFICIENT, _same),
    Alternative("within_between", "within-between", COEFFICIENT, _same),
    Alternative("first_difference", "first differences", COEFFICIENT, _same),
    Alternative("driscoll_kraay", "Driscoll-Kraay", COEFFICIENT, _same),
    Alternative("counts", "PPML, two-way", LOG_MEAN, _at_the_mean),
]
_VARIANCES = [
    Alternative("variance", "location-scale, restricted likelihood", LOG_VARIANCE, _same),
    Alternative("variance_pooled", "location-scale, no effects of allies", LOG_VARIANCE, _same),
]
_DURATIONS = [
    Alternative("grouped", "grouped cloglog", LOG_HAZARD, _same),
    Alternative("cox", "Cox, Efron", LOG_HAZARD, _same),
    Alternative("cox_breslow", "Cox, Breslow", LOG_HAZARD, _same),
    Alternative("aft_weibull", "AFT Weibull", LOG_TIME, _hazard_of_weibull),
    Alternative("aft_loglogistic", "AFT log-logistic", LOG_TIME, None),
]
_CASES = [
    Alternative("grouped", "cloglog", LOG_HAZARD, _same),
    Alternative("linear_probability", "linear probability", PROBABILITY, None),
]
