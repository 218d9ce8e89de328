"""What jobs that estimate are given: specifications, plan and tables."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.families import FAMILIES_FILE, read_families
from underbalance.models import tidy
from underbalance.models.estimate import Plan, Sample
from underbalance.models.tidy import is_estimated
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.inference import inference
from underbalance.specifications import Specification
from underbalance.stages import group_of, read_facts, read_outcomes, read_tables
from underbalance.tables import read_table


def specification_of(params: Mapping[str, Any]) -> Specification:
    """Make a specification of the parameters of a rule."""
    return Specification.model_validate(params)


def specifications_of(params: Mapping[str, Any]) -> dict[str, Specification]:
    """Make specifications by id of the parameters of a rule."""
    return {name: specification_of(spec) for name, spec in params.items()}


def plan_of(params: Any) -> Plan:
    """Make the plan of an estimation, with its inference, of the parameters of a rule."""
    drawn = {"seed": params.seed, "draws": params.draws, "permutations": params.permutations}
    return replace(_plan(params), **drawn)


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
    tables: dict[str, pd.DataFrame] = {}
    for path in paths:
        folder, name = Path(path).parent, Path(path).stem
        if Path(path) == FAMILIES_FILE:
            tables[name] = read_families(FAMILIES_FILE)
        elif folder == RAW_FOLDER:
            tables |= read_facts([path])
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
