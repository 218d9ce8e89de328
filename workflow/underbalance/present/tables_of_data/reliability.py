"""The table of agreement between the two coders of the legal constraints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.wording import decimal, interval_words, label_of, percent, whole
from underbalance.schemas.legal import ITEM_COLUMNS

STAGES: Final = ("before", "after")
PLACES = 2


def reliability_table(alpha: pd.DataFrame, codebook: pd.DataFrame, level: float) -> Table:
    """Return a row for each item: agreement and alpha before and after the clarifications.

    Parameters
    ----------
    alpha : results/reliability/alpha.csv.
    codebook : gives the labels of the items in ally_year.
    level : confidence level of the intervals.
    """
    by_stage = {(row["item"], row["stage"]): row for row in alpha.to_dict("records")}
    return Table(
        name="reliability",
        title="Agreement of the two coders of legal constraints",
        header=(
            "",
            "Allies",
            "Ally-years",
            *(f"{name} {stage}" for stage in STAGES for name in ("Agree %", "Alpha")),
        ),
        body=tuple(_item(item, by_stage, codebook) for item in alpha["item"].unique()),
        summary=(),
        notes=(
            "Before and after the clarifications of the codebook.",
            "Alpha: Krippendorff’s, for ordinal codes; in brackets the "
            f"{percent(level)} interval from resampling allies.",
            "An item that hardly varies can have a low alpha where the coders agree in nearly all "
            "ally-years.",
            f"Source: {in_run('results/reliability/alpha.csv')}.",
        ),
        label_width=0.28,
    )


def _item(
    item: str, by_stage: Mapping[tuple[str, str], Mapping[Any, Any]], codebook: pd.DataFrame
) -> tuple[str, ...]:
    rows = [by_stage[item, stage] for stage in STAGES]
    cells = (cell for row in rows for cell in (decimal(row["percent_agreement"], 1), _alpha(row)))
    label = label_of(ITEM_COLUMNS[item], codebook, "ally_year")
    return (label, whole(rows[0]["allies"]), whole(rows[0]["ally_years"]), *cells)


def _alpha(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["alpha"]):
        return "not defined"
    interval = interval_words(row["ci_low"], row["ci_high"], PLACES)
    return f"{decimal(row['alpha'], PLACES)} {interval}".rstrip()
