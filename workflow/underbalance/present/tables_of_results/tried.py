"""The primary tests of a hypothesis, as columns of tables of robustness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.models.terms import tested_terms
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.present.model_notes import DAGGER
from underbalance.present.model_wording import labelled, term_label
from underbalance.present.scorecard_wording import unit_of
from underbalance.present.wording import p_text
from underbalance.specifications import Specification

SILENT = "not estimated"
NO_P = "withheld"
# what differs from row to row of a table, and is in the tidy results
PERFECT = re.compile(r"is predicted perfectly by .* and the constant")
ALL_ROWS = re.compile(r"in all \d+ rows")
Specifications = Mapping[str, Specification]


@dataclass(frozen=True)
class Tried:
    """A primary test: its model, the term and the sign that the hypothesis predicts."""

    hypothesis: str
    spec_id: str
    spec: Specification
    term: str
    sign: int

    @property
    def head(self) -> str:
        """What its column is called."""
        return self.spec.outcome.capitalize()


def tried_tests(hypothesis: str, specs: Specifications) -> list[Tried]:
    """Return the tests of a hypothesis by primary models, in their order."""
    return [
        Tried(hypothesis, name, spec, test.term, test.sign)
        for name, spec in specs.items()
        if spec.role == "primary"
        for test in tested_terms(spec)
        if test.hypothesis == hypothesis
    ]


def heads(tests: Sequence[Tried]) -> tuple[str, ...]:
    """Return numbered column heads."""
    return tuple(f"({number}) {test.head}" for number, test in enumerate(tests, start=1))


def mark(note: str | float) -> str:
    """Return a dagger where a note says that a model is described only."""
    return DAGGER if DESCRIPTIVE in str(note) else ""


def mark_of_events(n_events: float) -> str:
    """Return a dagger where there are too few events for more than a description."""
    return DAGGER if pd.notna(n_events) and n_events < LEAST_EVENTS else ""


def column_notes(tests: Sequence[Tried], codebook: pd.DataFrame) -> Iterator[str]:
    """Say what each column is: title, term and unit of the estimates."""
    for number, test in enumerate(tests, start=1):
        term = term_label(test.term, codebook, test.spec)
        per = "product of standard deviations" if test.spec.products else "standard deviation"
        yield f"({number}) {test.spec.title}: {term}, in {unit_of(test.spec, codebook)} per {per}."


def dagger_note(body: Iterable[Sequence[str]]) -> Iterator[str]:
    """Explain the dagger where there is one."""
    if any(DAGGER in cell for cells in body for cell in cells):
        yield f"{DAGGER} Fewer than {LEAST_EVENTS} events: described only, in no verdict."


def reason(note: str | float, spec: Specification, codebook: pd.DataFrame) -> str:
    """Return in words and short why there is no estimate, empty where there is one."""
    text = note if isinstance(note, str) else ""
    if not text.startswith(NOT_ESTIMATED):
        return ""
    text = PERFECT.sub("is predicted perfectly by regressors", text.removeprefix(NOT_ESTIMATED))
    return labelled(ALL_ROWS.sub("in all rows", text), spec, codebook)


def p_or_why(p: float, *, estimated: bool) -> str:
    """Return a p-value; where there is an estimate without one, that it is withheld."""
    if pd.isna(p):
        return NO_P if estimated else ""
    return p_text(p)


def p_methods(rows: pd.DataFrame, tests: Iterable[Tried]) -> str:
    """Return where the p-values of tests come from, in the words of the tidy results."""
    asked = {(test.spec_id, test.term) for test in tests}
    known = {
        str(row["p_method"])
        for row in rows.to_dict("records")
        if (row["spec_id"], row["term"]) in asked and pd.notna(row["p_value"])
    }
    return "; ".join(sorted(known)) or "none"
