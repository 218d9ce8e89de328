"""One specification estimated by itself, from the tables of the last run, as a text to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from underbalance.config import (
    GROUPS_FILE,
    MODELS_FILE,
    Config,
    Group,
    read_codings,
    read_config,
    read_groups,
)
from underbalance.errors import Fault, raise_if_any
from underbalance.models.design import ALLY_YEAR, files_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, estimate
from underbalance.models.jobs import read_model_tables
from underbalance.models.tidy import is_estimated
from underbalance.registry import read_allies
from underbalance.samples import members_of
from underbalance.schemas.processed import ally_year
from underbalance.specifications import Specification, read_models
from underbalance.tables import read_table, sha256_of_tables

ALLY_YEAR_FILE = Path("data/processed/ally_year.csv")
PLACES = 4


class Loaded(NamedTuple):
    """A specification with the plan and the tables to estimate it."""

    spec: Specification
    tables: Tables
    plan: Plan


def fit_alone(spec_id: str, sample: str | None = None) -> str:
    """Estimate a specification of config/models.yaml and return its table as text.

    Parameters
    ----------
    sample : a group of config/groups.yaml; default: that of the specification.

    Raises
    ------
    FaultsError : for an unknown specification or sample, and for tables that are not made.
    """
    spec, tables, plan = load(spec_id, sample)
    rows = estimate(spec_id, spec, tables, plan, sha256_of_tables(tables)).estimates
    return "\n".join(_lines(spec_id, spec, rows)) + "\n"


def load(spec_id: str, sample: str | None = None) -> Loaded:
    """Return a specification with its plan and the tables of the last run.

    The plan has no permutations, which take longest and are no part of the table.
    """
    models, groups, config = read_models(), read_groups(), read_config()
    raise_if_any(_unknown("specification", MODELS_FILE.as_posix(), spec_id, models))
    spec = models[spec_id]
    name = sample or spec.sample or config.sample
    raise_if_any(_unknown("sample", GROUPS_FILE.as_posix(), name, groups))
    raise_if_any(_not_made())
    yearly = read_table(ALLY_YEAR_FILE, ally_year(read_codings()))
    tables = {ALLY_YEAR: yearly, **read_model_tables(files_of(spec))}
    return Loaded(spec, tables, _plan(name, groups, config))


def _plan(sample: str, groups: Mapping[str, Group], config: Config) -> Plan:
    return Plan(
        sample=sample,
        group=groups[sample],
        members=members_of(sample, groups, read_allies()),
        min_clusters=config.min_clusters,
        confidence_level=config.confidence_level,
        low_quantile=config.typology.quantiles[0],
        seed=config.seed,
        draws=config.bootstrap_draws,
    )


def _unknown(what: str, file: str, name: str, known: Mapping[str, object]) -> list[Fault]:
    if name in known:
        return []
    close = get_close_matches(name, known, n=1)
    mend = f"did you mean `{close[0]}`?" if close else "take one of these names"
    return [Fault(file, f"{what} {name}", f"unknown {what}", name, ", ".join(known), mend)]


def _not_made() -> list[Fault]:
    if ALLY_YEAR_FILE.is_file():
        return []
    return [
        Fault(
            ALLY_YEAR_FILE.as_posix(),
            "file",
            "the tables of a run must be there",
            "no such file",
            "the tables in data/processed",
            "make them: snakemake --cores 2 data",
        )
    ]


def _lines(spec_id: str, spec: Specification, rows: pd.DataFrame) -> Iterator[str]:
    first = rows.iloc[0]
    yield f"{spec_id}: {spec.title} ({spec.role})"
    yield f"outcome {first['outcome']}, {spec.estimator}, sample {first['sample']}"
    for test in spec.tests:
        yield f"{test.hypothesis} predicts {test.term} {test.sign}"
    if not is_estimated(rows).all():
        yield str(first["note"])
        return
    counts = [f"n {first['n']}"]
    if pd.notna(first["n_events"]):
        counts.append(f"events {first['n_events']}")
    yield ", ".join([*counts, f"clusters {first['n_clusters']}"])
    yield ""
    yield _as_text(rows)
    yield ""
    yield f"standard errors {first['se_type']}"
    for method, terms in rows.groupby("p_method", sort=False)["term"]:
        yield f"p and interval from {method}: {len(terms)} terms"
    for note in filter(None, str(first["note"]).split("; ")):
        yield f"note: {note}"


def _as_text(rows: pd.DataFrame) -> str:
    shown = rows[["term", "estimate", "std_error", "p_value", "ci_low", "ci_high"]]
    table = shown.round(PLACES).rename(columns={"std_error": "std. error", "p_value": "p"})
    # an index stands to the left, as terms do in a paper
    return table.set_index("term").rename_axis(None).to_string(na_rep="")
