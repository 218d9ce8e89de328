"""The table of the allies that the sample and each primary model rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from underbalance.present.table import WideTable
from underbalance.present.tie_words import counting_of_run
from underbalance.present.wording import whole
from underbalance.specifications import Specification

NAME_WIDTH, YEARS_WIDTH, COUNT_WIDTH = 0.09, 0.075, 0.05
LEAST_LETTERS = 7  # of a column: room for its numbers
INCOMPLETE, LEFT_OUT = "unknown", "left out"
NOTES = (
    "In sample: years of a {counting}.",
    "Ally-years that the model uses; of models of cases, cases (events among them).",
    "Empty: no case of the ally in the sample and years of the model.",
    "Of a model that could not be estimated: the complete rows.",
)


def composition_table(
    members: pd.DataFrame,
    counts: pd.DataFrame,
    specs: Mapping[str, Specification],
    allies: Mapping[str, str],
    sample_label: str,
) -> WideTable:
    """Return a table with a row for each ally and a column for each model.

    Parameters
    ----------
    members : :func:`underbalance.description.membership.membership`.
    counts : :func:`underbalance.models.rows_by_ally.rows_by_ally`.
    specs : its specifications by id, in the order of the columns.
    allies : their names, by iso3.
    sample_label : the sample in words.
    """
    cells = {(row["spec_id"], row["iso3"]): _cell(row) for row in counts.to_dict("records")}
    rows = {row["iso3"]: (row["years"], whole(row["ally_years"])) for row in _records(members)}
    listed = sorted({*rows, *counts["iso3"]}, key=lambda iso3: allies.get(iso3, iso3))
    return WideTable(
        name="sample_composition",
        title="Allies in the sample and in the primary models",
        lead=(),
        header=(
            "Ally",
            "In sample",
            "Ally-years",
            *(spec.outcome.capitalize() for spec in specs.values()),
        ),
        widths=_widths([spec.outcome for spec in specs.values()]),
        rows=(
            *(
                (
                    allies.get(iso3, iso3),
                    *rows.get(iso3, ("", "")),
                    *(cells.get((name, iso3), "") for name in specs),
                )
                for iso3 in listed
            ),
            _all(members, counts, specs),
        ),
        notes=(*_notes(), *_marks(set(cells.values())), f"Sample: {sample_label}."),
    )


def _notes() -> Iterator[str]:
    first, *others = NOTES
    yield first.format(counting=counting_of_run().full_of_usa)
    yield from others


def _marks(cells: set[str]) -> Iterator[str]:
    if INCOMPLETE in cells:
        yield f"{INCOMPLETE}: cases, but in each a regressor or the outcome is unknown."
    if LEFT_OUT in cells:
        yield (
            f"{LEFT_OUT}: complete rows, but too few or without variation, so that the estimator "
            "drops them out."
        )


def _records(members: pd.DataFrame) -> list[dict[Any, Any]]:
    return members.to_dict("records")


def _all(
    members: pd.DataFrame, counts: pd.DataFrame, specs: Mapping[str, Specification]
) -> tuple[str, ...]:
    sums = counts.groupby("spec_id")[["used", "cases", "events"]].sum(min_count=1)
    of_models = (_numbers(sums.loc[name].to_dict()) if name in sums.index else "" for name in specs)
    words = f"{whole(len(members))} allies"
    return ("All", words, whole(int(members["ally_years"].sum())), *of_models)


def _widths(outcomes: Sequence[str]) -> tuple[float, ...]:
    """Return widths by the length of the heads, as these do not wrap."""
    first = (NAME_WIDTH, YEARS_WIDTH, COUNT_WIDTH)
    letters = [max(len(name) + 1, LEAST_LETTERS) for name in outcomes]
    return (*first, *((1 - sum(first)) * count / sum(letters) for count in letters))


def _cell(row: Mapping[Any, Any]) -> str:
    if row["used"]:
        return _numbers(row)
    return LEFT_OUT if row["complete"] else INCOMPLETE


def _numbers(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["cases"]):
        return whole(row["used"])
    return f"{whole(row['cases'])} ({whole(row['events'])})"
