"""Which allies a model rests on: their rows, those that are complete, and those used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from underbalance.models.design import measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, complete_rows, rows_of
from underbalance.models.used_rows import used_rows
from underbalance.specifications import Specification

COUNTED: Final = ["rows", "complete", "used", "cases", "events"]


def rows_by_ally(specs: Mapping[str, Specification], tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return one row per specification and ally of its sample that has rows.

    Returns
    -------
    spec_id, iso3, rows (in the sample and years), complete (nothing that the model uses is
    missing), used (by the estimator; of a model that the data cannot carry the complete ones),
    and the cases and events among those used, missing where rows are of no case.
    """
    found = [
        _counts(name, spec, rows_of(name, spec, tables, plan), plan) for name, spec in specs.items()
    ]
    return pd.concat(found, ignore_index=True)


def _counts(spec_id: str, spec: Specification, data: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    complete, used = complete_rows(spec, data), used_rows(spec, data, plan.min_clusters).rows
    by_ally, of_cases = used.groupby("iso3"), bool(all_rows()[spec.outcome].interval)
    counts = pd.DataFrame(
        {
            "rows": data.groupby("iso3").size(),
            "complete": complete.groupby("iso3").size(),
            "used": by_ally.size(),
            "cases": by_ally["spell"].nunique() if of_cases else None,
            "events": by_ally[measure_of(spec)].sum() if of_cases else None,
        }
    )
    filled = counts.fillna({"complete": 0, "used": 0})
    if of_cases:
        filled = filled.fillna({"cases": 0, "events": 0})
    named = filled.rename_axis("iso3").reset_index().assign(spec_id=spec_id)
    return named.astype(dict.fromkeys(COUNTED, "Int64"))[["spec_id", "iso3", *COUNTED]]
