"""Estimate one specification: its tidy result, and how sure each method of inference is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.config import Group
from underbalance.errors import EstimationError
from underbalance.models.design import ALLY_YEAR, design, measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.models.estimators import ESTIMATORS, fit_rows
from underbalance.models.inference import INFERENCE_COLUMNS, infer
from underbalance.models.lagged import lagged_terms
from underbalance.models.reported import with_bootstrap
from underbalance.models.terms import obstacle_terms, regressors, rival_terms, tested_terms
from underbalance.models.tidy import Fit, not_estimated, tidy
from underbalance.specifications import Specification

# docs/pre_analysis_plan.md: with fewer events a model is described and enters no verdict
LEAST_EVENTS = 30
DESCRIPTIVE = f"descriptive: n events < {LEAST_EVENTS}"


class Sample(NamedTuple):
    """The definition of a sample and its allies."""

    group: Group
    members: frozenset[str]


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
    seed, draws : of the wild cluster bootstrap.
    permutations : of obstacle histories; 0 for none.
    methods : of inference on obstacles and rivals, beside the permutation.
    own_samples : by name, the samples that specifications name for themselves: these are
        estimated on them, unless the plan is for a sample in its own right.
    """

    sample: str
    group: Group
    members: frozenset[str]
    min_clusters: int
    confidence_level: float
    low_quantile: float = 0.5
    seed: int = 0
    draws: int = 9999
    permutations: int = 0
    methods: tuple[str, ...] = ("crv1", "crv3", "wild")
    own_samples: Mapping[str, Sample] = field(default_factory=dict)

    def of(self, spec: Specification) -> Plan:
        """Return the plan with the sample that the specification names for itself, if any."""
        if spec.sample is None or spec.sample not in self.own_samples:
            return self
        own = self.own_samples[spec.sample]
        return replace(self, sample=spec.sample, group=own.group, members=own.members)


class Estimated(NamedTuple):
    """The tidy rows of a specification, and its terms of interest by method of inference."""

    estimates: pd.DataFrame
    inference: pd.DataFrame


def estimate(
    spec_id: str, spec: Specification, tables: Tables, plan: Plan, data_sha: str
) -> Estimated:
    """Return the results of a specification.

    Parameters
    ----------
    tables : ``ally_year`` and those of :func:`underbalance.models.design.files_of`, by name.
    data_sha : SHA-256 of the data files, written beside every number.

    Returns
    -------
    Estimated
        ``estimates``: one row per term; one row with the reason, and no number, where the
        data cannot carry the model. Obstacles and rivals have p-value and interval of the
        wild cluster bootstrap, other terms those of t(G−1). ``inference``: obstacles and
        rivals by method; the permutation is of the tested obstacles of primary models only.

    Raises
    ------
    FaultsError : for unknown variables.
    """
    named = {"spec_id": spec_id, "sample": plan.sample, "data_sha": data_sha}
    data = None
    try:
        data = rows_of(spec_id, spec, tables, plan)
        fit = fit_rows(spec, data, plan.min_clusters)
    except EstimationError as error:
        n, n_events = _given(spec, data)
        row = not_estimated(str(error), outcome=measure_of(spec), n=n, n_events=n_events, **named)
        return Estimated(row, pd.DataFrame(columns=INFERENCE_COLUMNS))
    rows = tidy(
        fit,
        outcome=measure_of(spec),
        hypothesis="",
        note="; ".join(filter(None, [few_events(fit), _years(spec, data)])),
        level=plan.confidence_level,
        **named,
    )
    rows = rows.assign(hypothesis=rows["term"].map(_hypotheses(spec)).fillna(""))
    inference = _inference(spec_id, spec, tables, plan, data, fit)
    return Estimated(with_bootstrap(rows, inference), inference)


def fitted(spec_id: str, spec: Specification, tables: Tables, plan: Plan) -> Fit:
    """Return the estimated model of a specification.

    Raises
    ------
    FaultsError : for unknown variables.
    EstimationError : when the data cannot carry the model, with the reason.
    """
    return fit_rows(spec, rows_of(spec_id, spec, tables, plan), plan.min_clusters)


def rows_of(spec_id: str, spec: Specification, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return the rows of a specification in its sample.

    See :func:`underbalance.models.design.design`.
    """
    own = plan.of(spec)
    return design(spec_id, spec, tables, own.group, own.members, own.low_quantile)


def few_events(fit: Fit) -> str:
    """Return a note when a model rests on too few events for a verdict, else nothing."""
    if fit.n_events is None or fit.n_events >= LEAST_EVENTS:
        return ""
    return DESCRIPTIVE


def _inference(
    spec_id: str, spec: Specification, tables: Tables, plan: Plan, data: pd.DataFrame, fit: Fit
) -> pd.DataFrame:
    """Return obstacles and rivals by method of inference, none where it is not by allies."""
    if not ESTIMATORS[spec.estimator].clustered or not plan.methods:
        return pd.DataFrame(columns=INFERENCE_COLUMNS)
    obstacles = obstacle_terms(spec)
    inferred = partial(
        infer,
        fit,
        seed=plan.seed,
        spec_id=spec_id,
        draws=plan.draws,
        permutations=plan.permutations,
        min_clusters=plan.min_clusters,
        level=plan.confidence_level,
    )
    found = inferred([*obstacles, *rival_terms(spec)], methods=plan.methods)
    if not plan.permutations or spec.role != "primary":
        return found
    tested = {test.term for test in tested_terms(spec)}
    # a product has no history of its own: its parts would have to move with it
    single = [t for t in obstacles[: len(obstacles) - len(spec.products)] if t in tested]
    histories = lagged_terms(tables[ALLY_YEAR], spec, plan.low_quantile)
    permuted = inferred(single, methods=["permutation"], rows=data[KEY], histories=histories)
    return pd.concat([found, permuted], ignore_index=True)


def complete_rows(spec: Specification, data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a design in which nothing that the model uses is missing."""
    return data.dropna(subset=[measure_of(spec), *regressors(spec), *spec.categories])


def _given(spec: Specification, data: pd.DataFrame | None) -> tuple[int | None, int | None]:
    """Return rows and events that an estimator had, None where it had no row."""
    complete = None if data is None else complete_rows(spec, data)
    if complete is None or complete.empty:
        return None, None
    events = int(complete[measure_of(spec)].sum()) if all_rows()[spec.outcome].interval else None
    return len(complete), events


def _years(spec: Specification, data: pd.DataFrame) -> str:
    complete = complete_rows(spec, data)
    return f"years {complete['year'].min()} to {complete['year'].max()}"


def _hypotheses(spec: Specification) -> dict[str, str]:
    found = defaultdict(list)
    for tested in tested_terms(spec):
        found[tested.term].append(tested.hypothesis)
    return {term: ", ".join(hypotheses) for term, hypotheses in found.items()}
