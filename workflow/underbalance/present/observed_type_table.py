"""The table of predicted against observed types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from underbalance.coding.reliability import Bootstrap
from underbalance.outcomes.type_agreement import cross_table, type_agreement
from underbalance.present.model_table import Table
from underbalance.present.wording import decimal, percent, whole
from underbalance.present.writers import write_csv, write_html, write_tex
from underbalance.schemas import observed_types as schemas
from underbalance.schemas.typology import TYPES
from underbalance.tables import write_table

PLACES = 2
LABELS = {
    "effective": "Effective",
    "inconsistent": "Inconsistent",
    "slow": "Slow",
    "slow_inconsistent": "Slow and inconsistent",
    "failing": "Failing",
}
MEASURE_WORDS = {
    "type": "type, weighted",
    "inconsistent": "political obstacle high against inconsistent",
    "slow": "social obstacle high against slow",
}


def write_observed_type(
    predicted: pd.DataFrame,
    observed: pd.DataFrame,
    bootstrap: Bootstrap,
    paths: Mapping[str, str],
    primary: float,
    sample_label: str,
) -> None:
    """Write the cross table as csv, html and tex, and the agreement as a table of numbers.

    Parameters
    ----------
    paths : of csv, html, tex and agreement.
    predicted, observed, primary, sample_label : as in :func:`observed_type_table`.
    """
    agreement = type_agreement(predicted, observed, bootstrap)
    write_table(agreement, Path(paths["agreement"]), schemas.type_agreement())
    level = bootstrap.level
    table = observed_type_table(predicted, observed, agreement, primary, level, sample_label)
    for name, write in (("csv", write_csv), ("html", write_html), ("tex", write_tex)):
        write(table, Path(paths[name]))


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
    shown = counts.assign(all=counts.sum(axis=1))
    return Table(
        name="observed_type",
        title="Predicted and observed types of allies, by decade",
        header=("Predicted / observed", *(LABELS[c] for c in counts), "All"),
        body=tuple((LABELS[name], *map(whole, shown.loc[name])) for name in TYPES),
        summary=(("All", *map(whole, shown.sum())),),
        notes=tuple(_notes(observed, agreement, primary, level, sample_label)),
    )


def _notes(
    observed: pd.DataFrame,
    agreement: pd.DataFrame,
    primary: float,
    level: float,
    sample_label: str,
) -> Iterator[str]:
    whole_types = agreement[agreement["measure"] == "type"].set_index("quantile")
    first = whole_types.loc[primary]
    yield (
        f"Ally-decades, 1990s to 2020s: {whole(first['ally_decades'])} of "
        f"{whole(first['allies'])} allies with both types."
    )
    yield (
        f"Predicted: means of the political and the social obstacle in the years before, cut at "
        f"quantile {primary:g} of the reference sample."
    )
    yield (
        "Observed: slow when more than half of the cases are later than the median of their "
        "kind, inconsistent when reversals and variance of the growth of military expenditure "
        "both exceed their medians, failing when both and an order was lost or a notice lapsed."
    )
    yield "A prediction of slow and inconsistent is failing, so that column agrees with no row."
    yield _known(observed)
    for quantile, own in agreement.groupby("quantile"):
        told = "; ".join(_kappa(row) for row in own.to_dict("records"))
        share = percent(round(float(whole_types.loc[quantile, "exact_agreement"]), 3))
        yield f"Quantile {quantile:g}: same type in {share}; kappa of {told}."
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


def _kappa(row: dict[str, object]) -> str:
    kappa, low, high = (decimal(float(str(row[n])), PLACES) for n in ("kappa", "ci_low", "ci_high"))
    n = f"n = {row['ally_decades']}"
    words = MEASURE_WORDS[str(row["measure"])]
    return f"{words} {kappa or 'not defined'} [{low}, {high}], {n}"
