"""What a job that estimates is given: its specification, plan and tables."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.families import FAMILIES_FILE, read_families
from underbalance.models.estimate import Plan
from underbalance.models.tidy import is_estimated
from underbalance.registry import RAW_FOLDER
from underbalance.specifications import Specification
from underbalance.stages import group_of, read_facts, read_outcomes, read_tables


def specification_of(params: Mapping[str, Any]) -> Specification:
    """Make a specification of the parameters of a rule."""
    return Specification.model_validate(params)


def plan_of(params: Any) -> Plan:
    """Make the plan of an estimation of the parameters of a rule."""
    return Plan(
        sample=params.sample["name"],
        group=group_of(params.sample["group"]),
        members=frozenset(params.sample["members"]),
        min_clusters=params.min_clusters,
        confidence_level=params.confidence_level,
        low_quantile=params.low_quantile,
        seed=params.seed,
        draws=params.draws,
        permutations=params.permutations,
    )


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
