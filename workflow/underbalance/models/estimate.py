"""Estimate one specification and return its tidy result."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from underbalance.config import MODELS_FILE, Group, Specification
from underbalance.errors import EstimationError
from underbalance.models.design import design, regressors
from underbalance.models.tidy import Fit, tidy


@dataclass(frozen=True)
class Plan:
    """What an estimation needs beside its specification and data.

    Parameters
    ----------
    sample : name of the sample.
    group, members : its definition and its allies.
    min_clusters : with fewer, p-values and intervals are withheld.
    confidence_level : of the intervals.
    """

    sample: str
    group: Group
    members: frozenset[str]
    min_clusters: int
    confidence_level: float


def estimate(
    spec_id: str, spec: Specification, tables: dict[str, pd.DataFrame], plan: Plan, data_sha: str
) -> pd.DataFrame:
    """Return the tidy rows of a specification.

    Parameters
    ----------
    tables : ``ally_year`` and, when the specification needs it, ``deal_spells``.
    data_sha : SHA-256 of the data files, written beside every number.

    Raises
    ------
    FaultsError : for unknown variables.
    EstimationError : when the data cannot carry the model, with the reason.
    """
    rows = design(spec_id, spec, tables, plan.group, plan.members)
    try:
        fit = _fit(spec, rows, plan.min_clusters)
    except EstimationError as error:
        raise EstimationError(
            f"the model {spec_id} cannot be estimated on the sample {plan.sample}: {error}. "
            f"Change its specification in {MODELS_FILE.as_posix()}, or the sample."
        ) from error
    complete = rows.dropna(subset=[spec.outcome, *regressors(spec)])
    return tidy(
        fit,
        spec_id=spec_id,
        outcome=spec.outcome,
        hypothesis=spec.hypothesis,
        sample=plan.sample,
        data_sha=data_sha,
        note=f"years {complete['year'].min()} to {complete['year'].max()}",
        level=plan.confidence_level,
    )


def _fit(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> Fit:
    # imported here: each estimator needs another large library
    if spec.estimator == "panel":
        from underbalance.models import panel

        return panel.fit(rows, spec.outcome, regressors(spec), min_clusters=min_clusters)
    from underbalance.models import grouped

    return grouped.fit(
        rows,
        spec.outcome,
        regressors(spec),
        duration=str(spec.duration),
        categories=spec.categories,
        min_clusters=min_clusters,
    )
