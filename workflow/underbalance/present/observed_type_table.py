"""The table of predicted against observed types."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from underbalance.outcomes.type_agreement import cross_table
from underbalance.present.table import Table
from underbalance.present.wording import decimal, percent, quantile_words, whole
from underbalance.schemas.observed_types import (
    FIRST_DECADE,
    LAST_DECADE,
    MEASURES,
    OBSERVED_TYPES,
)
from underbalance.schemas.typology import TYPES

PLACES = 2
LABELS = {
    "effective": "Effective",
    "inconsistent": "Inconsistent",
    "slow": "Slow",
    "slow_inconsistent": "Slow and inconsistent",
    "failing": "Failing",
}
MEASURE_WORDS = {
    "type": "the types, weighted",
    "inconsistent": "political obstacle high with inconsistent",
    "slow": "social obstacle high with slow",
}


def observed_type_table(
    predicted: pd.DataFrame,
    observed: pd.DataFrame,
    agreement: pd.DataFrame,
    primary: float,
    level: float,
    sample_label: str,
) -> Table:
    """Return the cross table at the primary quantile, with every kappa in its notes.

    Parameters
    ----------
    predicted, observed : the two processed tables of types.
    agreement : :func:`underbalance.outcomes.type_agreement.type_agreement`.
    primary : the quantile of the cross table.
    level : confidence level of the intervals.
    sample_label : the sample in words.
    """
    counts = cross_table(predicted, observed, primary)
    cells = counts.assign(all=counts.sum(axis=1)).to_numpy().tolist()
    body = [(LABELS[name], *map(whole, row)) for name, row in zip(TYPES, cells, strict=True)]
    return Table(
        name="observed_type",
        title="Predicted and observed types of allies, by decade",
        header=("Predicted / observed", *(LABELS[name] for name in OBSERVED_TYPES), "All"),
        body=tuple(body),
        summary=(("All", *(whole(sum(column)) for column in zip(*cells, strict=True))),),
        notes=tuple(_notes(observed, agreement, primary, level, sample_label)),
        label_width=0.16,
    )


def _notes(
    observed: pd.DataFrame,
    agreement: pd.DataFrame,
    primary: float,
    level: float,
    sample_label: str,
) -> Iterator[str]:
    of_types = agreement[agreement["measure"] == "type"]
    first = of_types[of_types["quantile"] == primary].to_dict("records")[0]
    yield (
        f"{whole(first['ally_decades'])} ally-decades of {whole(first['allies'])} allies with both "
        f"types, {FIRST_DECADE}s to {LAST_DECADE}s."
    )
    yield (
        "Predicted: from the means of the political and the social obstacle in the years "
        f"before, high above the {quantile_words(primary)} of the reference sample."
    )
    yield (
        "Observed: slow when more than half of the cases are later than the median of their "
        "kind, inconsistent when reversals and variance of the growth of military expenditure "
        "both exceed their medians, failing when both and an order was lost or a notice lapsed."
    )
    yield "A prediction of slow and inconsistent is failing, so that column agrees with no row."
    yield _known(observed)
    for row in agreement.to_dict("records"):
        if row["measure"] == MEASURES[0]:
            share = percent(round(row["exact_agreement"], 3))
            yield f"Cut at the {quantile_words(row['quantile'])}: same type in {share}."
        yield f"{_kappa(row)}."
    yield (
        "Weighted kappa counts the marks (inconsistent, slow, failing) in which two types differ "
        f"(Cohen 1968); in brackets the {percent(level)} interval from resampling allies."
    )
    yield f"Sample: {sample_label}."


def _known(observed: pd.DataFrame) -> str:
    parts = [
        f"{(own['observed_type'] != '').sum()} of {len(own)} ({start}s)"
        for start, own in observed.groupby("decade_start")
    ]
    return f"The observed type is known of {', '.join(parts)} ally-decades."


def _kappa(row: Mapping[Hashable, Any]) -> str:
    words = f"Kappa of {MEASURE_WORDS[row['measure']]} (n = {whole(row['ally_decades'])}): "
    if pd.isna(row["kappa"]):
        return f"{words}not defined"
    kappa, low, high = (decimal(row[name], PLACES) for name in ("kappa", "ci_low", "ci_high"))
    return f"{words}{kappa} [{low}, {high}]"
