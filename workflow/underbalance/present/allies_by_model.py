"""The table of the allies that each primary model rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from underbalance.present.table import WideTable
from underbalance.present.wording import whole
from underbalance.specifications import Specification

LABEL_WIDTH = 0.095
LEAST_LETTERS = 7  # of a column: room for its numbers
INCOMPLETE, LEFT_OUT = "unknown", "left out"
NOTES = (
    "Rows that the model uses (events among them).",
    "Empty: no case of the ally in the sample and years of the model.",
    f"{INCOMPLETE}: cases, but in each a regressor or the outcome is unknown.",
    f"{LEFT_OUT}: complete rows, but too few or without variation, so that the estimator drops "
    "them out.",
    "Of a model that could not be estimated: the complete rows.",
)


def allies_by_model(
    counts: pd.DataFrame, specs: Mapping[str, Specification], allies: Mapping[str, str]
) -> WideTable:
    """Return a table with a row for each ally and a column for each model.

    Parameters
    ----------
    counts : :func:`underbalance.models.rows_by_ally.rows_by_ally`.
    specs : its specifications by id, in the order of the columns.
    allies : their names, by iso3.
    """
    cells = {(row["spec_id"], row["iso3"]): _cell(row) for row in counts.to_dict("records")}
    own = sorted(set(counts["iso3"]), key=lambda iso3: allies.get(iso3, iso3))
    return WideTable(
        name="allies_by_model",
        title="Allies in the primary models",
        lead=(),
        header=("Ally", *(spec.outcome.capitalize() for spec in specs.values())),
        widths=_widths([spec.outcome for spec in specs.values()]),
        rows=tuple(
            (allies.get(iso3, iso3), *(cells.get((name, iso3), "") for name in specs))
            for iso3 in own
        ),
        notes=NOTES,
    )


def _widths(outcomes: Sequence[str]) -> tuple[float, ...]:
    """Return widths by the length of the heads, as these do not wrap."""
    letters = [max(len(name) + 1, LEAST_LETTERS) for name in outcomes]
    return (LABEL_WIDTH, *((1 - LABEL_WIDTH) * count / sum(letters) for count in letters))


def _cell(row: Mapping[Any, Any]) -> str:
    if row["used"]:
        events = "" if pd.isna(row["events"]) else f" ({whole(row['events'])})"
        return f"{whole(row['used'])}{events}"
    return LEFT_OUT if row["complete"] else INCOMPLETE
