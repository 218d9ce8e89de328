"""What jobs that estimate are given: specifications, plan and tables."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.coding.order import used_by
from underbalance.families import FAMILIES_FILE, read_families
from underbalance.models import tidy
from underbalance.models.design import ALLY_YEAR
from underbalance.models.estimate import Plan, Sample
from underbalance.models.tidy import is_estimated
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.inference import inference
from underbalance.schemas.processed import ally_year
from underbalance.specifications import Specification
from underbalance.stages import (
    coded_ally_years,
    codings_of,
    group_of,
    read_facts,
    read_outcomes,
    read_tables,
)
from underbalance.tables import read_table


def specification_of(params: Mapping[str, Any]) -> Specification:
    """Make a specification of the parameters of a rule."""
    return Specification.model_validate(params)


def specifications_of(params: Mapping[str, Any]) -> dict[str, Specification]:
    """Make specifications by id of the parameters of a rule."""
    return {name: specification_of(spec) for name, spec in params.items()}


def plan_of(params: Any) -> Plan:
    """Make the plan of several models with their inference, of the parameters of a rule."""
    drawn = {"seed": params.seed, "draws": params.draws, "permutations": params.permutations}
    return replace(plan_of_several(params), **drawn)


def plan_of_several(params: Any) -> Plan:
    """Make the plan of several models without inference of their own.

    Specifications keep the samples that they name for themselves.
    """
    own = {sample["name"]: _sample(sample) for sample in params.own_samples}
    return replace(_plan(params), own_samples=own)


def plans_of(plan: Plan, samples: Iterable[Mapping[str, Any]]) -> list[Plan]:
    """Return the plan with each of the samples (name, group, members) for all specifications."""
    return [
        replace(plan, sample=one["name"], **_sample(one)._asdict(), own_samples={})
        for one in samples
    ]


def model_data(job: Any) -> Callable[[Specification], dict[str, pd.DataFrame]]:
    """Return the function from a specification of a job to its tables.

    ``ally_year`` has the columns of the codings that the specification uses, and no others: so
    the SHA-256 of its data does not depend on which others it is estimated with.
    """
    whole, others = coded_ally_years(job)[0], read_model_tables(job.input.tables)
    codings = codings_of(job.params.coded["codings"])

    def data_for(spec: Specification) -> dict[str, pd.DataFrame]:
        used = ally_year(used_by(codings, spec.of_ally_year))
        return {ALLY_YEAR: whole[list(used.columns)], **others}

    return data_for


def read_estimates(paths: Iterable[str]) -> pd.DataFrame:
    """Read the tidy results of several specifications as one frame."""
    return pd.concat([tidy.read(Path(path)) for path in paths], ignore_index=True)


def read_inference(paths: Iterable[str]) -> pd.DataFrame:
    """Read the terms of interest of several specifications by method as one frame."""
    return pd.concat([read_table(Path(path), inference()) for path in paths], ignore_index=True)


def warn_of_none(rows: pd.DataFrame) -> None:
    """Warn, for the log of the job, of a specification that was not estimated."""
    for note in rows.loc[~is_estimated(rows), "note"]:
        warnings.warn(note, stacklevel=1)


def read_model_tables(paths: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Read what models rest on beside ally_year: outcomes, processed tables, facts, families.

    Keys are the names of the files (:func:`underbalance.models.design.files_of`).
    """
    several = list(paths)
    raw = [path for path in several if Path(path).is_relative_to(RAW_FOLDER)]
    tables = read_facts(raw)
    for path in (path for path in several if path not in raw):
        folder, name = Path(path).parent, Path(path).stem
        if Path(path) == FAMILIES_FILE:
            tables[name] = read_families(FAMILIES_FILE)
        else:
            tables |= read_outcomes([path]) if folder.name == "outcomes" else read_tables([path])
    return tables


def _plan(params: Any) -> Plan:
    return Plan(
        sample=params.sample["name"],
        **_sample(params.sample)._asdict(),
        min_clusters=params.min_clusters,
        confidence_level=params.confidence_level,
        low_quantile=params.low_quantile,
    )


def _sample(params: Mapping[str, Any]) -> Sample:
    return Sample(group_of(params["group"]), frozenset(params["members"]))
