"""The robustness of the primary estimates of a hypothesis, one column for each model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from underbalance.models.terms import tested_terms
from underbalance.places import in_run
from underbalance.present.model_wording import term_label
from underbalance.present.table import Table
from underbalance.present.tables_of_results.estimate_lines import estimate_lines
from underbalance.present.tables_of_results.tried import (
    Specifications,
    Tried,
    column_notes,
    dagger_note,
    heads,
    p_methods,
    reason,
    tried_tests,
)
from underbalance.present.tables_of_results.withstood import (
    NONE,
    curve_lines,
    leave_one_out_lines,
    omitted_lines,
    placebo_lines,
    power_lines,
)
from underbalance.present.wording import (
    as_heading,
    within_line,
)
from underbalance.sensitivity.power import SOUGHT

STATEMENTS: Final = {
    "H2": "H2: robustness of the effects of the political obstacle on steadiness",
    "H3": "H3: robustness of the effects of the social obstacle on pace",
    "H4": "H4: robustness of the effects of both obstacles together",
}
Record = Mapping[Any, Any]
Cells = tuple[str, ...]
Frames = Mapping[str, pd.DataFrame]


def robustness_table(
    hypothesis: str,
    specs: Specifications,
    estimates: pd.DataFrame,
    tables: Frames,
    codebook: pd.DataFrame,
    sample_label: str,
) -> Table:
    """Return primary estimates with those of other specifications, and what they withstand.

    Parameters
    ----------
    hypothesis : H2, H3 or H4.
    specs : all specifications, of every role.
    estimates : their tidy results.
    tables : of results/sensitivity, by name.
    codebook : gives labels and units.
    sample_label : the sample in words.
    """
    tests = tried_tests(hypothesis, specs)
    own = {name: _of(rows, hypothesis) for name, rows in tables.items()}
    body = [
        *_estimates(tests, specs, estimates, codebook),
        *leave_one_out_lines(tests, own["leave_one_out"]),
        *curve_lines(tests, own["specification_curve_summary"]),
        *placebo_lines(tests, own["placebo"]),
        *omitted_lines(tests, own["robustness_value"]),
        *power_lines(tests, own["power"]),
    ]
    return Table(
        name=f"robustness_{hypothesis}",
        title=STATEMENTS[hypothesis],
        header=("", *heads(tests)),
        body=tuple(body),
        summary=(),
        notes=(
            *column_notes(tests, codebook),
            *dagger_note(body),
            *_reasons(tests, specs, estimates, codebook),
            f"p-values of the estimates: {p_methods(estimates, tests)}.",
            *NOTES,
            f"Sample: {sample_label}.",
            f"Sources: {', '.join(map(in_run, SOURCES))}.",
        ),
        label_width=0.24,
    )


NOTES: Final = (
    "In parentheses standard errors clustered by ally. Other specifications change only what their "
    "name says.",
    "Without each ally: in parentheses the one left out. Its p is that of t with G − 2 degrees of "
    "freedom (G: allies of the model), to first order, not as above: the two are not to be "
    "compared.",
    "Specification curve: other codings, samples, rows and rivals; those count that have a p-value "
    "and enough events. Median effect: in standard deviations of the model’s disturbance, positive "
    "as predicted.",
    "Placebo: the obstacle of the year after in place of that of the year before.",
    "Robustness value: share of the residual variance of obstacle and outcome that an omitted "
    "variable would have to explain to bring the estimate to zero, or its p to 0.05 (Cinelli and "
    "Hazlett 2020). E-value: risk ratio that it would need with both (VanderWeele and Ding 2017). "
    f"{NONE}: not defined for this model.",
    f"Power: the smallest true effect, in the same standard deviations, that the test finds in "
    f"{100 * SOUGHT:g} % of simulated outcomes.",
)
SOURCES: Final = ("results/estimates", "results/sensitivity")


def _estimates(
    tests: Sequence[Tried], specs: Specifications, estimates: pd.DataFrame, codebook: pd.DataFrame
) -> Iterator[Cells]:
    yield ("Estimates of the models",)
    found = {(row["spec_id"], row["term"]): row for row in estimates.to_dict("records")}
    silent = {name for name, term in found if not term}
    yield from estimate_lines(
        "Primary", [_row(test.spec_id, test.term, found, silent) for test in tests]
    )
    variants = [other_specifications(test, specs, codebook) for test in tests]
    for label in dict.fromkeys(label for own in variants for label in own):
        yield from estimate_lines(
            label,
            [_row(*own[label], found, silent) if label in own else {} for own in variants],
        )


def other_specifications(
    test: Tried, specs: Specifications, codebook: pd.DataFrame
) -> dict[str, tuple[str, str]]:
    """Return by label the other specifications of a test, and the term that stands for its own.

    They are of the same outcome and hypothesis, and have the same products.
    """
    found: dict[str, tuple[str, str]] = {}
    for name, spec in specs.items():
        if spec.role == "primary" or spec.outcome != test.spec.outcome:
            continue
        if spec.low_low or spec.products != test.spec.products:
            continue
        terms = [t.term for t in tested_terms(spec) if t.hypothesis == test.hypothesis]
        words = spec.title.split(", ", 1)[-1]
        # the primary title may have parts after commas of its own, which the variant repeats
        words = words.removeprefix("product, ")
        for term in terms:
            label = as_heading(words)
            if term != test.term:
                part = term_label(term, codebook, spec).partition(" (t")[0]
                label = f"{label}: {within_line(part)}"
            found[label] = (name, term)
    return found


def _row(name: str, term: str, found: Mapping[tuple[str, str], Record], silent: set[str]) -> Record:
    return found[name, ""] if name in silent else found.get((name, term), {})


def _reasons(
    tests: Sequence[Tried], specs: Specifications, estimates: pd.DataFrame, codebook: pd.DataFrame
) -> Iterator[str]:
    """Say of each column why a specification of it was not estimated."""
    notes = estimates.drop_duplicates("spec_id").set_index("spec_id")["note"].to_dict()
    for number, test in enumerate(tests, start=1):
        named = {
            "Primary": (test.spec_id, test.term),
            **other_specifications(test, specs, codebook),
        }
        why: dict[str, list[str]] = {}
        for label, (name, _) in named.items():
            if words := reason(notes.get(name, ""), specs[name], codebook):
                why.setdefault(words, []).append(label)
        for words, labels in why.items():
            yield f"({number}) not estimated ({'; '.join(labels)}): {words}."


def _of(rows: pd.DataFrame, hypothesis: str) -> pd.DataFrame:
    return rows[rows["hypothesis"] == hypothesis] if "hypothesis" in rows else rows
