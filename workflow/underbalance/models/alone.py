"""One specification estimated by itself, from the tables of the last run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from underbalance.check_models import model_faults
from underbalance.config import (
    MODELS_FILE,
    Config,
    read_codings,
    read_config,
    read_groups,
)
from underbalance.errors import Fault, raise_if_any
from underbalance.extensions import named_by, with_in_force
from underbalance.models.design import ALLY_YEAR, files_of, measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, estimate, rows_of
from underbalance.models.jobs import read_model_tables
from underbalance.models.terms import regressors
from underbalance.models.tidy import is_estimated
from underbalance.nearest import did_you_mean, nearest
from underbalance.places import in_run, run_in
from underbalance.registry import read_codebook
from underbalance.runs import default_sample, run_folder, sample_asked
from underbalance.samples import Sample
from underbalance.schemas.processed import ally_year
from underbalance.specifications import Specification, read_models
from underbalance.tables import read_table, sha256_of_tables

ALLY_YEAR_FILE = "data/processed/ally_year.csv"
FIRST_YEAR, LAST_YEAR = 1945, 2100


class Loaded(NamedTuple):
    """A specification with the plan and the tables to estimate it."""

    spec: Specification
    tables: Tables
    plan: Plan


class Alone(NamedTuple):
    """A specification and its tidy rows; ``estimated`` is no where these say why they are none."""

    spec: Specification
    rows: pd.DataFrame
    estimated: bool


def fit_alone(
    spec_id: str,
    sample: str | None = None,
    *,
    draws: int | None = None,
    quick: bool = False,
    tell: Callable[[str], None] = lambda line: None,
) -> Alone:
    """Estimate a specification of config/models.yaml.

    Parameters
    ----------
    sample : a group, or groups and codes of allies joined by +; default: that of the
        specification. The tables are those of its run, if there is one, else of the default run.
    draws : of the wild cluster bootstrap; default: those of config/config.yaml.
    quick : t(G−1) instead of the bootstrap.
    tell : is told what is being done before it is done.

    Raises
    ------
    FaultsError : for an unknown specification or sample, for faults of config/models.yaml, and
        for tables that are not made.
    """
    spec, tables, plan = load(spec_id, sample)
    plan = replace(plan, draws=draws or plan.draws, methods=() if quick else ("wild",))
    cases = rows_of(spec_id, spec, tables, plan)
    by = "t(G−1)" if quick else f"{plan.draws:,} bootstrap draws (--quick does without)"
    tell(f"estimating {spec_id}: {len(cases):,} rows, {spec.estimator}, {by} …")
    rows = estimate(spec_id, spec, tables, plan, sha256_of_tables(tables)).estimates
    if not is_estimated(rows).all():
        why = f"{rows['note'].iloc[0]}\n{_rows_there(spec_id, spec, tables, plan)}"
        return Alone(spec, rows.assign(note=why), estimated=False)
    return Alone(spec, rows, estimated=True)


def load(spec_id: str, sample: str | None = None) -> Loaded:
    """Return a specification with its plan and the tables of the last run.

    The plan has no permutations, which take longest and are no part of the table.
    """
    models, groups, config = read_models(), read_groups(), read_config()
    raise_if_any(model_faults(models, read_codings(), groups, read_codebook()))
    raise_if_any(_unknown("specification", MODELS_FILE.as_posix(), spec_id, models))
    spec = models[spec_id]
    folder = _run_with_tables(sample)
    # the allies of the tables must be known, also those that only an extension lists
    named = named_by(sample or config.sample, groups)
    if named and sample and not folder:
        raise_if_any(_not_run(sample, named))
    with run_in(folder), with_in_force(named):
        raise_if_any(_not_made())
        yearly = read_table(Path(in_run(ALLY_YEAR_FILE)), ally_year(read_codings()))
        tables = {ALLY_YEAR: yearly, **read_model_tables(files_of(spec))}
    return Loaded(spec, tables, _plan(sample_asked(sample or spec.sample), config))


def _run_with_tables(sample: str | None) -> str:
    """Return the folder of the run of a sample, that of the default run where it has none."""
    folder = run_folder(sample) if sample else ""
    with run_in(folder):
        return folder if Path(in_run(ALLY_YEAR_FILE)).is_file() else ""


def _not_run(sample: str, codes: Collection[str]) -> list[Fault]:
    """Refuse the tables of the default run for allies that are in none of them."""
    if default_sample().name == sample_asked(sample).name:
        return []
    return [
        Fault(
            "command line",
            "option --sample",
            "the tables of a sample with added allies are those of its own run",
            f"no run of {sample}",
            f"a run with {', '.join(codes)}",
            f"make SAMPLE={sample}",
        )
    ]


def _plan(sample: Sample, config: Config) -> Plan:
    return Plan(
        sample=sample.name,
        group=sample.group,
        members=sample.members,
        min_clusters=config.min_clusters,
        confidence_level=config.confidence_level,
        low_quantile=config.typology.quantiles[0],
        seed=config.seed,
        draws=config.bootstrap_draws,
    )


def _unknown(what: str, file: str, name: str, known: Mapping[str, object]) -> list[Fault]:
    if name in known:
        return []
    mend = did_you_mean(name, known, "take one of these names")
    return [Fault(file, f"{what} {name}", f"unknown {what}", name, nearest(name, known), mend)]


def _not_made() -> list[Fault]:
    if Path(in_run(ALLY_YEAR_FILE)).is_file():
        return []
    return [
        Fault(
            ALLY_YEAR_FILE,
            "file",
            "the tables of a run must be there",
            "no such file",
            "the tables in data/processed",
            "make them: snakemake --cores 2 data",
        )
    ]


def _rows_there(spec_id: str, spec: Specification, tables: Tables, plan: Plan) -> str:
    """Say in which years the outcome has rows in the sample, and what they lack."""
    cases = rows_of(spec_id, spec, tables, plan)
    asked = f"The specification asks for {spec.years[0]} to {spec.years[1]}"
    if cases.empty:
        always = spec.model_copy(update={"years": (FIRST_YEAR, LAST_YEAR)})
        found = rows_of(spec_id, always, tables, plan)["year"]
        if found.empty:
            return f"{asked}; the sample {plan.sample} has no rows of this outcome in any year."
        return f"{asked}; the sample {plan.sample} has rows for {found.min()} to {found.max()}."
    known = cases[[measure_of(spec), *regressors(spec), *spec.categories]].notna().sum()
    least = ", ".join(f"{name} {count}" for name, count in known.nsmallest(3).items())
    return f"{asked}: {len(cases)} rows of {cases['iso3'].nunique()} allies; least known: {least}."
