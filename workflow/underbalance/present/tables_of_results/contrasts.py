"""Effects on pace and on steadiness in one unit, their means and the difference of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.contrasts import INCONSISTENCY, MEAN, SLOWNESS
from underbalance.models.terms import LAG
from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.tables_of_results.tried import Specifications
from underbalance.present.wording import (
    decimal,
    interval_words,
    label_of,
    p_text,
    percent,
    whole,
)

GROUPS: Final = {INCONSISTENCY: "Inconsistency", SLOWNESS: "Slowness"}
Record = Mapping[Any, Any]
Cells = tuple[str, ...]


def contrasts_table(
    contrasts: pd.DataFrame,
    effects: pd.DataFrame,
    specs: Specifications,
    codebook: pd.DataFrame,
    level: float,
    sample_label: str,
) -> Table:
    """Return for each obstacle its effect by outcome, the means of groups and the contrast.

    Parameters
    ----------
    contrasts, effects : of results/hypotheses.
    specs : the primary specifications.
    level : confidence level of the intervals.
    """
    body = [
        cells
        for row in contrasts.to_dict("records")
        for cells in _panel(row, effects[effects["term"] == row["term"]], specs, codebook)
    ]
    return Table(
        name="contrasts",
        title="Effects of the obstacles on steadiness and on pace, in one unit",
        header=("", "Effect", f"{percent(level)} interval", "SE", "p"),
        body=tuple(body),
        summary=(),
        notes=(
            "Effect of one standard deviation of the obstacle in standard deviations of the "
            "model’s disturbance, positive: less steady or slower. Both obstacles are in each "
            "model.",
            "Means are of the outcomes listed; the contrast is the mean of the group that the "
            "hypothesis names first minus the other, positive as the hypothesis says.",
            f"Intervals and p from a bootstrap over allies{_draws(contrasts)}.",
            *_left_out(effects, specs),
            f"Sample: {sample_label}. Sources: "
            f"{in_run('results/hypotheses/contrasts.csv')}, effects.csv.",
        ),
        label_width=0.44,
    )


def _panel(
    contrast: Record, effects: pd.DataFrame, specs: Specifications, codebook: pd.DataFrame
) -> Iterator[Cells]:
    variable = contrast["term"].removesuffix(LAG)
    yield (f"{contrast['hypothesis']}: {label_of(variable, codebook, 'ally_year')}",)
    for group in (contrast["more"], contrast["less"]):
        own = effects[effects["group"] == group]
        for row in own[own["spec_id"] != MEAN].to_dict("records"):
            yield (f"{GROUPS[group]}: {specs[row['spec_id']].outcome}", *_cells(row))
        for row in own[own["spec_id"] == MEAN].to_dict("records"):
            yield (f"Mean of {group}", *_cells(row))
    words = f"Contrast: {contrast['more']} minus {contrast['less']}"
    yield (words, *_cells(contrast))


def _cells(row: Record) -> Cells:
    if pd.isna(row["effect"]):
        return (str(row["note"]), "", "", "")
    return (
        decimal(row["effect"]),
        interval_words(row["ci_low"], row["ci_high"]),
        decimal(row["std_error"]),
        p_text(row["p_value"]),
    )


def _draws(contrasts: pd.DataFrame) -> str:
    draws = contrasts["draws"].max()
    return "" if pd.isna(draws) else f" ({whole(draws)} draws)"


def _left_out(effects: pd.DataFrame, specs: Specifications) -> Iterator[str]:
    silent = effects[effects["effect"].isna() & (effects["spec_id"] != MEAN)]
    for row in silent.drop_duplicates("spec_id").to_dict("records"):
        yield f"Left out: {specs[row['spec_id']].outcome} ({row['note']})."
