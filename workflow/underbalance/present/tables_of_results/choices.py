"""The primary tests with other codings, samples, rows and rivals: a row for each choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from underbalance.models.terms import LAG
from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.tables_of_results.tried import (
    SILENT,
    Specifications,
    Tried,
    dagger_note,
    heads,
    mark,
    reason,
    tried_tests,
)
from underbalance.present.wording import as_heading, decimal, p_text, within_line
from underbalance.sensitivity.choices import WITHOUT

KINDS: Final = {
    "primary": "",
    "coding": "Other codings of the obstacle",
    "part": "Parts of the obstacle",
    "sample": "Other samples",
    "rows": "Other rows",
    "rivals": "Other rival explanations",
}
PLACES = 2
NONE = "–"
MOST_LISTED = 3  # choices that a note names
LAGGED = re.compile(rf"'(\w+){LAG}'")
Record = Mapping[Any, Any]


def choices_table(
    hypothesis: str,
    specs: Specifications,
    curve: pd.DataFrame,
    labels: Mapping[str, str],
    codebook: pd.DataFrame,
) -> Table:
    """Return the effect and p of each choice, one column for each primary model.

    Parameters
    ----------
    hypothesis : H2, H3 or H4.
    specs : all specifications.
    curve : results/sensitivity/specification_curve.csv.
    labels : of codings, samples and variables, by name.
    """
    tests = tried_tests(hypothesis, specs)
    own = curve[curve["hypothesis"] == hypothesis]
    cells = {(row["spec_id"], row["kind"], row["choice"]): row for row in own.to_dict("records")}
    body = tuple(_body(tests, own, cells, labels))
    return Table(
        name=f"robustness_{hypothesis}_choices",
        title=f"{hypothesis}: effects with other codings, samples and rivals",
        header=("", *heads(tests)),
        body=body,
        summary=(),
        notes=(
            "Effect in standard deviations of the model’s disturbance per standard deviation of "
            "the obstacle, positive as the hypothesis predicts; in parentheses p of the wild "
            "cluster bootstrap.",
            *dagger_note(body),
            *_reasons(tests, own, labels, codebook),
            f"Source: {in_run('results/sensitivity/specification_curve.csv')}.",
        ),
        label_width=0.23,
    )


def _body(
    tests: Sequence[Tried],
    rows: pd.DataFrame,
    cells: Mapping[tuple[str, str, str], Record],
    labels: Mapping[str, str],
) -> Iterator[tuple[str, ...]]:
    for kind, heading in KINDS.items():
        own = rows[rows["kind"] == kind]
        if heading and len(own):
            yield (heading,)
        for choice in own["choice"].unique():
            found = (cells.get((test.spec_id, kind, choice)) for test in tests)
            yield (choice_label(choice, labels), *map(_cell, found))


def choice_label(choice: str, labels: Mapping[str, str]) -> str:
    """Return what a choice is called; none is the primary specification."""
    if not choice:
        return "As in the primary model"
    if choice.startswith(WITHOUT):
        variable = choice.removeprefix(WITHOUT)
        return f"Without: {within_line(labels.get(variable, variable))}"
    return as_heading(labels.get(choice, choice))


def _cell(row: Record | None) -> str:
    if row is None:
        return ""
    if pd.isna(row["effect"]):
        return SILENT
    effect = f"{decimal(row['effect'], PLACES)}{mark(row['note'])}"
    return f"{effect} ({p_text(row['p_value']) or NONE})"


def _reasons(
    tests: Sequence[Tried],
    rows: pd.DataFrame,
    labels: Mapping[str, str],
    codebook: pd.DataFrame,
) -> Iterator[str]:
    """Say why there is no estimate: each reason once, with the columns and choices it is of."""
    why: dict[tuple[str, str], list[int]] = {}
    for number, test in enumerate(tests, start=1):
        own = rows[rows["spec_id"] == test.spec_id]
        where: dict[str, list[str]] = {}
        for row in own.to_dict("records"):
            if words := reason(row["note"], test.spec, codebook):
                where.setdefault(_named(words, labels), []).append(
                    choice_label(row["choice"], labels)
                )
        for words, choices in where.items():
            listed = "; ".join(choices) if len(choices) <= MOST_LISTED else "as shown"
            why.setdefault((words, listed), []).append(number)
    for (words, listed), numbers in why.items():
        columns = ", ".join(f"({number})" for number in numbers)
        yield f"{columns} not estimated ({listed}): {words}."
    if (rows["p_value"].isna() & rows["estimate"].notna()).any():
        yield f"{NONE}: no p, as there are too few allies."


def _named(words: str, labels: Mapping[str, str]) -> str:
    """Return a reason with labels for the codings of a choice, which the primary has not."""
    return LAGGED.sub(lambda found: f"“{labels.get(found[1], found[1])}”", words)
