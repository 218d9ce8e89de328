"""The nested comparisons of all primary models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.hypotheses.held_out import left_out_scores
from underbalance.hypotheses.nested import OBSTACLES, RIVALS, comparison, prediction
from underbalance.hypotheses.smaller import likelihood, smaller
from underbalance.hypotheses.specs import primary, weighed, without_rivals
from underbalance.models.design import measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, rows_of
from underbalance.models.estimators import fit_rows
from underbalance.models.frames import frame_of
from underbalance.models.terms import obstacle_terms, rival_terms
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.specifications import Specification

COLUMNS: Final = [
    "spec_id", "comparison", "terms", "loglik_without", "loglik_with", "lr", "lr_df", "lr_p",
    "aic_without", "aic_with", "wald_f", "wald_df", "wald_p", "score", "score_without",
    "score_with", "predicts_better", "n_predicted", "n", "n_events", "n_clusters", "note",
]  # fmt: skip
TEXTS: Final = ("spec_id", "comparison", "terms", "score", "predicts_better", "note")


def nested_comparisons(
    specs: Mapping[str, Specification], tables: Tables, plan: Plan
) -> pd.DataFrame:
    """Return what obstacles add to rivals, and rivals to obstacles, in each primary model.

    Returns
    -------
    Columns :data:`COLUMNS`, two rows per model, on the rows of the whole model. Scores are
    those of allies that were left out (:mod:`underbalance.hypotheses.held_out`). A comparison
    that cannot be made has its reason as note.
    """
    rows = [
        row for name, spec in primary(specs).items() for row in _of_model(name, spec, tables, plan)
    ]
    return frame_of(rows, COLUMNS, TEXTS)


def _of_model(
    spec_id: str, spec: Specification, tables: Tables, plan: Plan
) -> Iterator[dict[str, Any]]:
    parts = {
        OBSTACLES: (weighed(spec, ()), obstacle_terms(spec)),
        RIVALS: (without_rivals(spec), rival_terms(spec)),
    }
    try:
        rows = rows_of(spec_id, spec, tables, plan)
        whole = fit_rows(spec, rows, plan.min_clusters)
        model = likelihood(whole).model
        scores = left_out_scores(model, rows, measure_of(spec))
    except EstimationError as error:
        for name in parts:
            yield {"spec_id": spec_id, "comparison": name, "note": f"{NOT_ESTIMATED}{error}"}
        return
    for name, (other, terms) in parts.items():
        row: dict[str, Any] = {"spec_id": spec_id, "comparison": name, "note": whole.withheld}
        try:
            part = smaller(other, spec, rows.loc[model.index], plan.min_clusters)
            row |= comparison(whole, part, terms)
            row |= prediction(scores, left_out_scores(part.model, rows, measure_of(spec)))
        except EstimationError as error:
            row["note"] = f"{NOT_ESTIMATED}{error}"
        yield row
