"""Estimate one specification and return its tidy result."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from underbalance.config import Group
from underbalance.errors import EstimationError
from underbalance.models.design import design, measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimators import fit_rows
from underbalance.models.terms import regressors, tested_terms
from underbalance.models.tidy import Fit, not_estimated, tidy
from underbalance.specifications import Specification

# docs/pre_analysis_plan.md: with fewer events a model is described and enters no verdict
LEAST_EVENTS = 30
DESCRIPTIVE = f"descriptive: n events < {LEAST_EVENTS}"


@dataclass(frozen=True)
class Plan:
    """What an estimation needs beside its specification and data.

    Parameters
    ----------
    sample : name of the sample.
    group, members : its definition and its allies.
    min_clusters : with fewer, p-values and intervals are withheld.
    confidence_level : of the intervals.
    low_quantile : of the reference sample; at or below it an obstacle is low.
    """

    sample: str
    group: Group
    members: frozenset[str]
    min_clusters: int
    confidence_level: float
    low_quantile: float = 0.5


def estimate(
    spec_id: str, spec: Specification, tables: Tables, plan: Plan, data_sha: str
) -> pd.DataFrame:
    """Return the tidy rows of a specification.

    Parameters
    ----------
    tables : ``ally_year`` and those of :func:`underbalance.models.design.files_of`, by name.
    data_sha : SHA-256 of the data files, written beside every number.

    Returns
    -------
    One row per term; one row with the reason, and no number, where the data cannot carry
    the model.

    Raises
    ------
    FaultsError : for unknown variables.
    """
    named = {"spec_id": spec_id, "sample": plan.sample, "data_sha": data_sha}
    outcome = measure_of(spec)
    try:
        data = design(spec_id, spec, tables, plan.group, plan.members, plan.low_quantile)
        fit = fit_rows(spec, data, plan.min_clusters)
    except EstimationError as error:
        return not_estimated(str(error), outcome=outcome, **named)
    rows = tidy(
        fit,
        outcome=outcome,
        hypothesis="",
        note="; ".join(filter(None, [few_events(fit), _years(spec, data)])),
        level=plan.confidence_level,
        **named,
    )
    return rows.assign(hypothesis=rows["term"].map(_hypotheses(spec)).fillna(""))


def fitted(spec_id: str, spec: Specification, tables: Tables, plan: Plan) -> Fit:
    """Return the estimated model of a specification.

    Raises
    ------
    FaultsError : for unknown variables.
    EstimationError : when the data cannot carry the model, with the reason.
    """
    rows = design(spec_id, spec, tables, plan.group, plan.members, plan.low_quantile)
    return fit_rows(spec, rows, plan.min_clusters)


def few_events(fit: Fit) -> str:
    """Return a note when a model rests on too few events for a verdict, else nothing."""
    if fit.n_events is None or fit.n_events >= LEAST_EVENTS:
        return ""
    return DESCRIPTIVE


def _years(spec: Specification, data: pd.DataFrame) -> str:
    complete = data.dropna(subset=[measure_of(spec), *regressors(spec), *spec.categories])
    return f"years {complete['year'].min()} to {complete['year'].max()}"


def _hypotheses(spec: Specification) -> dict[str, str]:
    found = defaultdict(list)
    for tested in tested_terms(spec):
        found[tested.term].append(tested.hypothesis)
    return {term: ", ".join(hypotheses) for term, hypotheses in found.items()}
