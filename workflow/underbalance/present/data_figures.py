"""The figures of data: all but those of estimates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.config import Coding
from underbalance.models.jobs import read_model_tables, specifications_of
from underbalance.outcomes.listed import all_outcomes
from underbalance.present.captions import Caption, sources_text
from underbalance.present.coding_correlations import draw_coding_correlations
from underbalance.present.coverage_map import draw_coverage
from underbalance.present.defence_effort import draw_defence_effort
from underbalance.present.obstacle_profiles import draw_obstacle_profiles
from underbalance.present.survival import draw_incidence, draw_survival, survival_cases
from underbalance.present.typology_map import draw_typology
from underbalance.present.waiting import no_cases
from underbalance.registry import read_allies, read_codebook, read_sources
from underbalance.schemas.measurement import correlations
from underbalance.stages import coded_ally_years, codings_of, group_of, read_processed, typology_of
from underbalance.tables import read_table

COMMITMENT = "commitment"
EFFORT_FACTS = ("milex", "nato_editions")


def draw_data_figures(job: Any, folder: Path) -> dict[str, Caption]:
    """Draw the figures that need no estimate; return their captions by name.

    Parameters
    ----------
    job : with the inputs and parameters of the rule draw_data.
    folder : where ``<name>.pdf`` and ``<name>.png`` go.
    """
    allies = read_allies(Path(job.input.allies))
    sources = read_sources(Path(job.input.sources))
    return {
        **_of_waiting(job, sources, folder),
        **_of_allies(job, allies, sources, folder),
        "coding_correlations": draw_coding_correlations(
            read_table(Path(job.input.correlations), correlations()),
            job.params.labels,
            paths_of(folder, "coding_correlations"),
        ),
        "coverage": draw_coverage(
            read_processed(job.input.coverage),
            allies,
            job.params.years,
            paths_of(folder, "coverage"),
        ),
    }


def paths_of(folder: Path, name: str) -> list[Path]:
    """Return where a figure goes."""
    return [folder / f"{name}.{ending}" for ending in ("pdf", "png")]


def obstacle_facts(codings: Mapping[str, Coding], codebook: pd.DataFrame) -> list[str]:
    """Return the facts tables that codings rest on."""
    used = {part.variable for coding in codings.values() for part in coding.components}
    rows = codebook[(codebook["table"] == "ally_year") & codebook["name"].isin(used)]
    return sorted({name for cell in rows["source"] for name in str(cell).split(";") if name})


def _of_waiting(job: Any, sources: pd.DataFrame, folder: Path) -> dict[str, Caption]:
    p = job.params
    specs = specifications_of(p.waiting)
    quantile = typology_of(p.typology).quantiles[0]
    types = read_processed(job.input.typology)
    cases = survival_cases(
        specs,
        read_model_tables(job.input.tables),
        types[types["quantile"] == quantile],
        (group_of(p.sample["group"]), frozenset(p.sample["members"])),
    )
    words = quantile, p.sample_label, p.confidence_level
    requests = cases.get(COMMITMENT, no_cases())
    return {
        "survival": draw_survival(
            cases, *words, _cited(cases, sources), paths_of(folder, "survival")
        ),
        "cumulative_incidence": draw_incidence(
            requests,
            *words,
            _cited([COMMITMENT], sources),
            paths_of(folder, "cumulative_incidence"),
        ),
    }


def _cited(outcomes: Iterable[str], sources: pd.DataFrame) -> str:
    tables = {table for name in outcomes for table in all_outcomes()[name].facts}
    return sources_text(tables - {"alliance"}, sources)


def _of_allies(
    job: Any, allies: pd.DataFrame, sources: pd.DataFrame, folder: Path
) -> dict[str, Caption]:
    p, codings = job.params, codings_of(job.params.coded["codings"])
    years, _ = coded_ally_years(job)
    facts = obstacle_facts(codings, read_codebook(Path(job.input.codebook)))
    group, members = group_of(p.sample["group"]), frozenset(p.sample["members"])
    return {
        "typology": draw_typology(
            read_processed(job.input.typology),
            allies,
            (group, members),
            typology_of(p.typology).quantiles[0],
            p.years,
            paths_of(folder, "typology"),
        ),
        "obstacle_profiles": draw_obstacle_profiles(
            years,
            {name: codings[name].label for name in p.obstacles},
            p.reference_members,
            p.years,
            sources_text(facts, sources),
            paths_of(folder, "obstacle_profiles"),
        ),
        "defence_effort": draw_defence_effort(
            years,
            read_processed(job.input.effort, "outcome.effort"),
            read_processed(job.input.pledge, "outcome.pledge"),
            members,
            p.years,
            sources_text(EFFORT_FACTS, sources),
            paths_of(folder, "defence_effort"),
        ),
    }
