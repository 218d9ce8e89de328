"""All tables of data, for one job."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.coding.describe import with_codings
from underbalance.description.variables import panels
from underbalance.models.jobs import specifications_of
from underbalance.present.table import AnyTable
from underbalance.present.tables_of_data.cases import cases_table, stages_table, types_table
from underbalance.present.tables_of_data.composition import composition_table
from underbalance.present.tables_of_data.correlation import correlation_tables
from underbalance.present.tables_of_data.coverage_table import coverage_table
from underbalance.present.tables_of_data.descriptives import obstacles_table, outcomes_table
from underbalance.present.tables_of_data.measurement import measurement_table
from underbalance.present.tables_of_data.reliability import reliability_table
from underbalance.present.tables_of_data.sources_table import sources_table
from underbalance.registry import read_allies, read_codebook, read_sources
from underbalance.schemas import cases, measurement, reliability
from underbalance.stages import codings_of, read_processed
from underbalance.tables import read_table

Frames = Mapping[str, pd.DataFrame]


def tables_of_data(job: Any, found: Frames) -> list[AnyTable]:
    """Return the tables of data, each under the name of its files.

    Parameters
    ----------
    job : with the inputs codebook, allies, sources, alpha, consistency, alternatives, stages,
        reversals, predicted and observed, and the parameters specs, coded, codings (all),
        sample_label, reference_label, confidence_level, low_quantile, cases and seed.
    found : :func:`underbalance.description.described.described`.
    """
    p, given = job.params, job.input
    codings = codings_of(p.codings)
    codebook = with_codings(read_codebook(Path(given.codebook)), codings)
    listed = read_allies(Path(given.allies))
    allies = dict(zip(listed["iso3"], listed["name"], strict=True))
    sources = read_sources(Path(given.sources))
    return [
        *_of_variables(job, found, codebook, allies),
        coverage_table(found["coverage"], sources),
        sources_table(sources),
        reliability_table(
            read_table(Path(given.alpha), reliability.alpha()), codebook, p.confidence_level
        ),
        measurement_table(
            read_table(Path(given.consistency), measurement.consistency()),
            read_table(Path(given.alternatives), measurement.correlations()),
            codings,
            p.confidence_level,
            p.reference_label,
        ),
        *_of_cases(job, allies),
    ]


def _of_variables(
    job: Any, found: Frames, codebook: pd.DataFrame, allies: Mapping[str, str]
) -> list[AnyTable]:
    p = job.params
    specs, codings = specifications_of(p.specs), codings_of(p.coded["codings"])
    own = panels(specs, codings)
    return [
        obstacles_table(found["variables"], codings, codebook, p.sample_label),
        outcomes_table(found["variables"], specs, codebook, p.sample_label),
        composition_table(
            found["membership"], found["rows_by_ally"], specs, allies, p.sample_label
        ),
        *correlation_tables(found["correlations"], own, codings, codebook, p.reference_label),
    ]


def _of_cases(job: Any, allies: Mapping[str, str]) -> list[AnyTable]:
    p, given = job.params, job.input
    stages = read_table(Path(given.stages), cases.stage_durations())
    reversals = read_table(Path(given.reversals), cases.reversals())
    predicted, observed = read_processed(given.predicted), read_processed(given.observed)
    return [
        cases_table(stages, reversals, p.cases, allies),
        stages_table(stages, [iso3 for iso3 in p.cases if iso3 in p.seed], allies),
        types_table(predicted, observed, p.cases, allies, p.low_quantile),
    ]
