"""Which function estimates a specification, and which rows it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd

from underbalance.models.design import measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.specifications import Estimator, Specification

PERIOD = "period"

Estimate = Callable[[Specification, pd.DataFrame, int], Fit]


@dataclass(frozen=True)
class Registered:
    """An estimator of config/models.yaml.

    Parameters
    ----------
    fit : estimates a specification on its rows; the number is the fewest clusters.
    needs : rows by ally and year; with an event; with a clock besides; or with a clock and
        more than one way to end.
    categories : whether it takes categories.
    clustered : whether its standard errors are by ally, so that inference by allies fits it.
    """

    fit: Estimate
    needs: Literal["ally_years", "event", "clock", "endings"]
    categories: bool = True
    clustered: bool = True


def fit_rows(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    """Estimate a specification on its rows (:func:`underbalance.models.design.design`).

    Raises
    ------
    EstimationError : when the rows cannot carry the model, with the reason.
    """
    return ESTIMATORS[spec.estimator].fit(spec, rows, min_clusters)


def estimators_of(outcome: str) -> list[Estimator]:
    """Return the estimators that the rows of an outcome can carry."""
    rows = all_rows()[outcome]
    has = {
        "ally_years": not rows.interval,
        "event": bool(rows.interval),
        "clock": bool(rows.duration),
        "endings": bool(rows.ending),
    }
    return [name for name, registered in ESTIMATORS.items() if has[registered.needs]]


# modules are imported where they are used: each estimator needs another large library


def _panel(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import panel

    return panel.fit(rows, measure_of(spec), regressors(spec), min_clusters=min_clusters)


def _within_between(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import within_between

    return within_between.fit(rows, measure_of(spec), regressors(spec), min_clusters=min_clusters)


def _first_difference(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import first_difference

    # the row before is that of one period before, which may be some years
    periods = rows.assign(**{PERIOD: (rows["year"] - spec.years[0]) // spec.every})
    outcome, terms = measure_of(spec), regressors(spec)
    return first_difference.fit(periods, outcome, terms, time=PERIOD, min_clusters=min_clusters)


def _driscoll_kraay(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import driscoll_kraay

    # it rests on the periods, for which it has a least number of its own
    return driscoll_kraay.fit(rows, measure_of(spec), regressors(spec))


def _counts(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import counts

    return counts.fit(
        rows,
        measure_of(spec),
        regressors(spec),
        categories=spec.categories,
        effects=["iso3", "year"],
        min_clusters=min_clusters,
    )


def _variance(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import variance

    return variance.fit(rows, measure_of(spec), regressors(spec), min_clusters=min_clusters)


def _variance_pooled(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import variance

    outcome, terms = measure_of(spec), regressors(spec)
    return variance.fit(
        rows, outcome, terms, scale_effects=variance.POOLED, min_clusters=min_clusters
    )


def _grouped(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import grouped

    return grouped.fit(
        rows,
        measure_of(spec),
        regressors(spec),
        duration=all_rows()[spec.outcome].duration or None,
        categories=spec.categories,
        min_clusters=min_clusters,
    )


def _linear_probability(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import linear_probability

    return linear_probability.fit(
        rows,
        measure_of(spec),
        regressors(spec),
        categories=spec.categories,
        min_clusters=min_clusters,
    )


def _cox(spec: Specification, rows: pd.DataFrame, min_clusters: int, ties: str) -> Fit:
    from underbalance.models import at_risk

    return at_risk.cox_fit(spec, rows, min_clusters, ties)


def _cause_specific(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import at_risk

    return at_risk.cause_specific_fit(spec, rows, min_clusters)


def _fine_gray(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    from underbalance.models import at_risk

    return at_risk.fine_gray_fit(spec, rows, min_clusters)


def _aft(spec: Specification, rows: pd.DataFrame, min_clusters: int, distribution: str) -> Fit:
    from underbalance.models import at_risk

    return at_risk.aft_fit(spec, rows, min_clusters, distribution)


ESTIMATORS: dict[Estimator, Registered] = {
    "panel": Registered(_panel, "ally_years", categories=False),
    "within_between": Registered(_within_between, "ally_years", categories=False),
    "first_difference": Registered(_first_difference, "ally_years", categories=False),
    "driscoll_kraay": Registered(_driscoll_kraay, "ally_years", categories=False, clustered=False),
    "counts": Registered(_counts, "ally_years"),
    "variance": Registered(_variance, "ally_years", categories=False),
    "variance_pooled": Registered(_variance_pooled, "ally_years", categories=False),
    "grouped": Registered(_grouped, "event"),
    "linear_probability": Registered(_linear_probability, "event"),
    "cox": Registered(partial(_cox, ties="efron"), "clock"),
    "cox_breslow": Registered(partial(_cox, ties="breslow"), "clock"),
    "aft_weibull": Registered(partial(_aft, distribution="weibull"), "clock"),
    "aft_loglogistic": Registered(partial(_aft, distribution="loglogistic"), "clock"),
    "aft_exponential": Registered(partial(_aft, distribution="exponential"), "clock"),
    "cause_specific": Registered(_cause_specific, "endings"),
    "fine_gray": Registered(_fine_gray, "endings"),
}
