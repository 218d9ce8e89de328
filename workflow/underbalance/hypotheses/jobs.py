"""What the jobs on hypotheses are given: several specifications, and the plan of each region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.models import tidy
from underbalance.models.estimate import Plan
from underbalance.models.jobs import specification_of
from underbalance.specifications import Specification
from underbalance.stages import group_of


def specifications_of(params: Mapping[str, Any]) -> dict[str, Specification]:
    """Make specifications by id of the parameters of a rule."""
    return {name: specification_of(spec) for name, spec in params.items()}


def plan_of(params: Any) -> Plan:
    """Make the plan of jobs that estimate models without their own inference."""
    return Plan(
        sample=params.sample["name"],
        group=group_of(params.sample["group"]),
        members=frozenset(params.sample["members"]),
        min_clusters=params.min_clusters,
        confidence_level=params.confidence_level,
        low_quantile=params.low_quantile,
    )


def plans_of(plan: Plan, regions: Iterable[Mapping[str, Any]]) -> list[Plan]:
    """Return the plan with each region (name, group, members) as its sample."""
    return [
        replace(
            plan,
            sample=region["name"],
            group=group_of(region["group"]),
            members=frozenset(region["members"]),
        )
        for region in regions
    ]


def read_estimates(paths: Iterable[str]) -> pd.DataFrame:
    """Read the tidy results of several specifications as one frame."""
    return pd.concat([tidy.read(Path(path)) for path in paths], ignore_index=True)
