"""The table of how far the parts of an index hang together, and codings with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.config import Coding, is_primary
from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.wording import (
    decimal,
    interval_words,
    percent,
    rounded_percent,
    whole,
)
from underbalance.schemas.measurement import LEVELS

PLACES = 2
NONE = "–"
HEADER: Final = (
    "", "Parts", "Ally-years", "Alpha", "Alpha within", "First comp.", "With primary",
    "Within allies",
)  # fmt: skip
Row = Mapping[Any, Any]
Rows = Mapping[tuple[str, str], Row]


def measurement_table(
    consistency: pd.DataFrame,
    correlations: pd.DataFrame,
    codings: Mapping[str, Coding],
    level: float,
    sample_label: str,
) -> Table:
    """Return a row for each coding, by concept, the primary coding first.

    Parameters
    ----------
    consistency, correlations : of results/measurement.
    codings : give labels and concepts; those without a row in either are left out.
    level : confidence level of the intervals.
    sample_label : the reference sample in words.
    """
    parts, beside = _by_level(consistency), _by_level(correlations)
    body: list[tuple[str, ...]] = []
    shown = [name for name in codings if (name, LEVELS[0]) in {**parts, **beside}]
    for concept in dict.fromkeys(codings[name].concept for name in shown):
        body.append((codings[concept].label if concept in codings else concept,))
        own = [name for name in shown if codings[name].concept == concept]
        body += [_coding(name, codings[name], parts, beside) for name in own]
    return Table(
        name="measurement",
        title="How far the parts of each index, and its alternatives, go together",
        header=HEADER,
        body=tuple(body),
        summary=(),
        notes=tuple(_notes(level, sample_label)),
        label_width=0.25,
    )


def _by_level(rows: pd.DataFrame) -> Rows:
    return {(row["coding"], row["level"]): row for row in rows.to_dict("records")}


def _coding(name: str, coding: Coding, parts: Rows, beside: Rows) -> tuple[str, ...]:
    own, others = ([rows.get((name, level), {}) for level in LEVELS] for rows in (parts, beside))
    primary = is_primary(name, coding)
    with_primary = ["primary", ""] if primary else [_number(row, "pearson") for row in others]
    years = own[0].get("ally_years", others[0].get("ally_years"))
    return (
        coding.label,
        str(len(coding.components)),
        whole(years),
        *(_alpha(row) for row in own),
        rounded_percent(own[0]["first_share"]) if own[0] else NONE,
        *with_primary,
    )


def _alpha(row: Row) -> str:
    if not row or pd.isna(row["alpha"]):
        return NONE
    interval = interval_words(row["alpha_low"], row["alpha_high"], PLACES)
    return f"{_number(row, 'alpha')} {interval}"


def _number(row: Row, name: str) -> str:
    if not row or pd.isna(row[name]):
        return NONE
    return decimal(row[name], PLACES)


def _notes(level: float, sample_label: str) -> Iterator[str]:
    yield (
        f"Alpha: Cronbach’s, standardised; in brackets the {percent(level)} interval from "
        "resampling allies. Within: of the deviations from each ally’s mean, as models with ally "
        "effects use them."
    )
    yield "First comp.: share of the variance in the first principal component of the parts."
    yield "With primary, within allies: Pearson’s correlation with the primary coding."
    yield f"{NONE}: not defined, as fewer than two parts vary."
    yield (
        "Ally-years: with all parts, or with both codings where there is one part. An index that "
        "adds up different obstacles need not have a high alpha."
    )
    yield f"Reference sample: {sample_label}. Source: {in_run('results/measurement')}."
