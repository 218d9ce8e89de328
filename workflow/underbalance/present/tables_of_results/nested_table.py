"""What the obstacles add to the rivals in each primary model, and the rivals to the obstacles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.nested import OBSTACLES, RIVALS
from underbalance.places import in_run
from underbalance.present.model_groups import hypothesis_of
from underbalance.present.table import Table
from underbalance.present.tables_of_results.tried import SILENT, Specifications, reason
from underbalance.present.wording import decimal, p_text, whole

PARTS: Final = ("F", "p", "AIC gain", "better")
Record = Mapping[Any, Any]
Cells = tuple[str, ...]


def nested_table(
    nested: pd.DataFrame, specs: Specifications, codebook: pd.DataFrame, sample_label: str
) -> Table:
    """Return a row for each primary model: obstacles given rivals, then rivals given obstacles.

    Parameters
    ----------
    nested : results/hypotheses/nested.csv.
    specs : the primary specifications.
    """
    rows = {(row["spec_id"], row["comparison"]): row for row in nested.to_dict("records")}
    listed = [name for name in specs if (name, OBSTACLES) in rows]
    body: list[Cells] = []
    for hypothesis in sorted({hypothesis_of(specs[name]) for name in listed}):
        body.append((f"Models of {hypothesis}",))
        for name in listed:
            if hypothesis_of(specs[name]) == hypothesis:
                body.append(_model(name, rows, specs))
    return Table(
        name="nested",
        title="What obstacles add to the rival explanations, and these to the obstacles",
        header=(
            "",
            *(f"{group} {part}" for group in ("Obst.:", "Rivals:") for part in PARTS),
            "Allies",
        ),
        body=tuple(body),
        summary=(),
        notes=(
            "Obst.: what obstacles add to rivals; rivals: what these add to obstacles.",
            "F: joint Wald test by clusters of all obstacles, or all rivals, in the full model; p "
            "from F(q, G − 1).",
            "AIC gain: that of the smaller model minus that of the full one; positive favours what "
            "is added. It takes all rows for independent.",
            "Obstacles of models of H1: whether all of them are low.",
            "Better: whether the full model predicts allies that were held out better "
            "than the smaller one.",
            *_reasons(nested, specs, codebook),
            f"Sample: {sample_label}. Source: {in_run('results/hypotheses/nested.csv')}.",
        ),
        label_width=0.12,
    )


def _model(name: str, rows: Mapping[tuple[str, str], Record], specs: Specifications) -> Cells:
    both = [rows[name, comparison] for comparison in (OBSTACLES, RIVALS)]
    cells = [cell for row in both for cell in _cells(row)]
    clusters = both[0]["n_clusters"]
    label = specs[name].outcome.capitalize()
    if specs[name].products:
        label += ", with product" if specs[name].outcome == "delivery" else ""
    return (label, *cells, "" if pd.isna(clusters) else whole(clusters))


def _cells(row: Record) -> Cells:
    if pd.isna(row["lr"]):
        return (SILENT, "", "", "")
    gain = row["aic_without"] - row["aic_with"]
    return (
        decimal(row["wald_f"], 1),
        p_text(row["wald_p"]),
        decimal(gain, 1),
        str(row["predicts_better"]),
    )


def _reasons(nested: pd.DataFrame, specs: Specifications, codebook: pd.DataFrame) -> Iterator[str]:
    for row in nested.drop_duplicates("spec_id").to_dict("records"):
        spec = specs[row["spec_id"]]
        if words := reason(row["note"], spec, codebook):
            yield f"{spec.outcome.capitalize()} not estimated: {words}."
