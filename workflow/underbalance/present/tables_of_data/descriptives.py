"""Tables of descriptive statistics: obstacles and rivals, outcomes and controls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.config import Coding
from underbalance.description.variables import CASES, CONTROLS, OUTCOMES, RIVALS
from underbalance.present.model_wording import ADDED
from underbalance.present.table import Table
from underbalance.present.wording import (
    decimal,
    grouped_decimal,
    label_of,
    places_for,
    whole,
    within_line,
)
from underbalance.specifications import Specification

HEADER = (
    "", "n", "Allies", "Years", "Mean", "SD", "SD within", "Min.", "Median", "Max.", "Miss. %",
)  # fmt: skip
NUMBERS = ("mean", "sd", "sd_within", "minimum", "median", "maximum")
WITHIN: Final = "SD within: of the deviations from each ally’s mean."
LABEL_WIDTH = 0.26
# units that say no more than the label does
SILENT = ("0/1", "mean z-score", "0 to 1", "standard deviations", "parties", "per 1,000")


def obstacles_table(
    rows: pd.DataFrame, codings: Mapping[str, Coding], codebook: pd.DataFrame, sample_label: str
) -> Table:
    """Return the statistics of obstacles and rivals with what they are made of.

    Parameters
    ----------
    rows : :func:`underbalance.description.variables.describe_variables`.
    codebook : with the codings, gives labels and units.
    sample_label : the sample in words.
    """
    own = rows[~rows["panel"].isin([OUTCOMES, CONTROLS])]
    body: list[tuple[str, ...]] = []
    for panel, part in own.groupby("panel", sort=False):
        heading = "Rival explanations" if panel == RIVALS else codings[str(panel)].label
        body.append((heading,))
        body += [(_label(row, codebook), *_cells(row)) for row in part.to_dict("records")]
    years = own[["first_year", "last_year"]]
    return Table(
        name="descriptives",
        title="Obstacles and rival explanations: descriptive statistics",
        header=HEADER,
        body=tuple(body),
        summary=(),
        notes=(
            f"Ally-years of the sample from {whole_year(years['first_year'].min())} to "
            f"{whole_year(years['last_year'].max())}, the years of which the primary models take "
            "these values, which enter a year later and standardised.",
            WITHIN,
            "Miss. %: missing, in per cent of these ally-years.",
            f"Sample: {sample_label}.",
        ),
        label_width=LABEL_WIDTH,
    )


def outcomes_table(
    rows: pd.DataFrame,
    specs: Mapping[str, Specification],
    codebook: pd.DataFrame,
    sample_label: str,
) -> Table:
    """Return the statistics of outcomes and of the controls of cases.

    Parameters
    ----------
    rows, codebook, sample_label : as in :func:`obstacles_table`.
    specs : the specifications that the rows name.
    """
    own = rows[rows["panel"].isin([OUTCOMES, CONTROLS])]
    parts = {
        "Outcomes by ally-year": own[(own["panel"] == OUTCOMES) & (own["unit_of_rows"] != CASES)],
        "Outcomes by case": own[(own["panel"] == OUTCOMES) & (own["unit_of_rows"] == CASES)],
        "Controls": own[own["panel"] == CONTROLS],
    }
    body = [
        cells
        for heading, part in parts.items()
        if len(part)
        for cells in [(heading,), *_outcome_rows(part, specs, codebook)]
    ]
    return Table(
        name="descriptives_outcomes",
        title="Outcomes and controls of the primary models: descriptive statistics",
        header=HEADER,
        body=tuple(body),
        summary=(),
        notes=(
            "Rows of each model in its years, before rows with missing regressors are left out.",
            "A case counts once, in its last year: the time until the event or until it was last "
            "seen without one, and whether the event came (mean: share of cases).",
            WITHIN,
            "Miss. %: missing, in per cent of the ally-years of the sample in the years of the "
            "model, or of the cases.",
            f"Categories, which have no mean, are left out: {_categories(specs, codebook)}.",
            f"Sample: {sample_label}.",
        ),
        label_width=LABEL_WIDTH,
    )


def whole_year(year: float) -> str:
    """Return a year as it is written, empty when missing."""
    return "" if pd.isna(year) else str(int(year))


def years_words(row: Mapping[Any, Any]) -> str:
    """Return first and last year as a span."""
    first, last = whole_year(row["first_year"]), whole_year(row["last_year"])
    return first if first == last else f"{first}–{last}"


def _outcome_rows(
    rows: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> Iterator[tuple[str, ...]]:
    for row in rows.to_dict("records"):
        outcome = specs[row["spec_id"]].outcome.capitalize()
        if row["role"] == "duration":
            label = f"{outcome}: {row['variable'].replace('_', ' ')}"
        else:
            label = f"{outcome}: {within_line(_label(row, codebook))}"
        yield (label, *_cells(row))


def _categories(specs: Mapping[str, Specification], codebook: pd.DataFrame) -> str:
    names = dict.fromkeys(name for spec in specs.values() for name in spec.categories)
    labels = dict.fromkeys(ADDED.get(n) or _anywhere(n, codebook) for n in names)
    return ", ".join(within_line(label) for label in labels)


def _anywhere(name: str, codebook: pd.DataFrame) -> str:
    found = codebook.loc[codebook["name"] == name, "label"]
    return str(found.iloc[0]) if len(found) else name.replace("_", " ")


def _label(row: Mapping[Any, Any], codebook: pd.DataFrame) -> str:
    """Return label and unit; 0/1 and standard scores need none."""
    name, table = row["variable"], row["table"]
    label = ADDED.get(name) or label_of(name, codebook, table)
    own = codebook[(codebook["name"] == name) & (codebook["table"] == table)]
    unit = str(own["unit"].iloc[0]) if len(own) else ""
    return label if not unit or unit in SILENT else f"{label} ({unit})"


def _cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    places = places_for(row["sd"])
    numbers = ("" if pd.isna(row[n]) else grouped_decimal(row[n], places) for n in NUMBERS)
    missing = decimal(100 * row["share_missing"], 1)
    return (whole(row["n"]), whole(row["allies"]), years_words(row), *numbers, missing)
