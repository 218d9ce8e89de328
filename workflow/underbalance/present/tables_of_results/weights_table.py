"""Which obstacle weighs most in which outcome, by region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.contrasts import INCONSISTENCY, MEAN, SLOWNESS
from underbalance.hypotheses.specs import WEIGHED, weighed
from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.tables_of_results.tried import (
    SILENT,
    Specifications,
    dagger_note,
    mark,
    reason,
)
from underbalance.present.wording import label_of, p_text, percent, rounded_percent, whole
from underbalance.specifications import Specification

GROUPS: Final = {INCONSISTENCY: "outcomes of steadiness", SLOWNESS: "outcomes of pace"}
Record = Mapping[Any, Any]
Cells = tuple[str, ...]


def weights_table(
    weights: pd.DataFrame,
    specs: Specifications,
    regions: Mapping[str, str],
    codebook: pd.DataFrame,
    level: float,
) -> Table:
    """Return the share of each obstacle in the fit, by region, group and outcome.

    Parameters
    ----------
    weights : results/hypotheses/weights.csv.
    specs : the primary specifications.
    regions : labels of the samples, by name, in order; those that no model can be estimated of
        are told in the notes.
    codebook : gives labels.
    level : confidence level of the intervals.
    """
    known = weights[weights["share"].notna()]
    shown = [name for name in regions if (known["region"] == name).any()] or list(regions)[:1]
    body = [
        cells
        for region in shown
        for group in GROUPS
        for cells in _panel(weights, region, group, specs, regions)
    ]
    return Table(
        name="weights",
        title="Weight of each obstacle: shares of what the obstacles add to the fit",
        header=(
            "",
            *(label_of(name, codebook, "ally_year").removesuffix(" obstacle") for name in WEIGHED),
            "Joint p",
            "Allies",
        ),
        body=tuple(body),
        summary=(),
        notes=(
            "General dominance (Budescu 1993) in the primary models with the three obstacles each "
            "by itself; shares have no sign.",
            f"Means: of outcomes with enough events, with the {percent(level)} interval from "
            "resampling allies.",
            "Joint p: that all three coefficients are zero.",
            *dagger_note(body),
            *_silent(weights, regions, shown, specs, codebook),
            f"Source: {in_run('results/hypotheses/weights.csv')}.",
        ),
        label_width=0.3,
    )


def _panel(
    weights: pd.DataFrame,
    region: str,
    group: str,
    specs: Specifications,
    regions: Mapping[str, str],
) -> Iterator[Cells]:
    own = weights[(weights["region"] == region) & (weights["group"] == group)]
    yield (f"{regions[region]}: {GROUPS[group]}",)
    for spec_id, rows in own.groupby("spec_id", sort=False):
        by_obstacle = {row["obstacle"]: row for row in rows.to_dict("records")}
        yield from (
            _mean(by_obstacle) if spec_id == MEAN else [_outcome(specs[str(spec_id)], by_obstacle)]
        )


def _outcome(spec: Specification, rows: Mapping[str, Record]) -> Cells:
    name = f"{spec.outcome.capitalize()}{mark(next(iter(rows.values()))['note'])}"
    if not _known(rows):
        return (name, SILENT, *[""] * (len(WEIGHED) + 1))
    first = rows[WEIGHED[0]]
    shares = (rounded_percent(rows[obstacle]["share"]) for obstacle in WEIGHED)
    return (name, *shares, p_text(first["joint_p"]), whole(first["n_clusters"]))


def _mean(rows: Mapping[str, Record]) -> Iterator[Cells]:
    if not _known(rows):
        return
    shares = (rounded_percent(rows[obstacle]["share"]) for obstacle in WEIGHED)
    spans = (_span(rows[obstacle]) for obstacle in WEIGHED)
    yield ("Mean", *shares, "", "")
    yield ("", *spans, "", "")


def _known(rows: Mapping[str, Record]) -> bool:
    """Say whether every obstacle has a share."""
    return all(name in rows and pd.notna(rows[name]["share"]) for name in WEIGHED)


def _span(row: Record) -> str:
    low, high = (
        rounded_percent(row[name]).removesuffix(" %") for name in ("share_low", "share_high")
    )
    return f"[{low}, {high}]"


def _silent(
    weights: pd.DataFrame,
    regions: Mapping[str, str],
    shown: Sequence[str],
    specs: Specifications,
    codebook: pd.DataFrame,
) -> Iterator[str]:
    for region, label in regions.items():
        own = weights[(weights["region"] == region) & (weights["spec_id"] != MEAN)]
        reasons: dict[str, list[str]] = {}
        silent = own[own["share"].isna()].drop_duplicates("spec_id")
        for row in silent.to_dict("records"):
            spec = weighed(specs[row["spec_id"]])
            words = reason(row["note"], spec, codebook)
            reasons.setdefault(words, []).append(spec.outcome)
        if reasons:
            found = "; ".join(f"{', '.join(names)}: {words}" for words, names in reasons.items())
            scope = "" if region in shown else ", without a panel"
            yield f"Not estimated ({label}{scope}): {found}."
