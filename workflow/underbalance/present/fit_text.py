"""One estimated specification as a text to read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

import pandas as pd

from underbalance.hypotheses.specs import scale
from underbalance.models.design import measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.terms import tested_terms
from underbalance.models.tidy import is_estimated
from underbalance.present.model_wording import ESTIMATORS, shown_terms, term_label
from underbalance.present.wording import label_of
from underbalance.specifications import Specification

PLACES = 4
SMALLEST_P = 0.0001
# what a positive and a negative coefficient say, by what it is more of
DIRECTIONS = {
    "pace": ("faster", "slower"),
    "duration": ("slower", "faster"),
    "unsteadiness": ("less steady", "steadier"),
    "failure": ("fails more", "fails less"),
}
HAZARDS = ("grouped", "cox", "cox_breslow", "cause_specific", "fine_gray")


def fit_text(
    spec_id: str,
    spec: Specification,
    rows: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    every_term: bool = False,
) -> str:
    """Return a specification's tidy rows as text: obstacles and rivals first.

    Parameters
    ----------
    every_term : dummies and other nuisance terms by line, instead of their number.
    """
    return "\n".join(_lines(spec_id, spec, rows, codebook, every_term)) + "\n"


def _lines(
    spec_id: str, spec: Specification, rows: pd.DataFrame, codebook: pd.DataFrame, every_term: bool
) -> Iterator[str]:
    first = rows.iloc[0]
    yield f"{spec_id}: {spec.title} ({spec.role})"
    outcome = label_of(measure_of(spec), codebook, all_rows()[spec.outcome].table)
    yield f"outcome: {outcome} ({first['outcome']})"
    yield f"model: {ESTIMATORS[spec.estimator]} ({spec.estimator}); sample {first['sample']}"
    if not is_estimated(rows).all():
        yield str(first["note"])
        return
    words = DIRECTIONS[scale(spec)]
    for one in tested_terms(spec):
        expected = words[0] if one.sign > 0 else words[1]
        label = term_label(one.term, codebook, spec)
        yield f"{one.hypothesis} predicts {'+' if one.sign > 0 else '−'} ({expected}): {label}"
    counts = [f"{first['n']:,} rows"]
    if pd.notna(first["n_events"]):
        counts.append(f"{first['n_events']:,} events")
    if pd.notna(first["n_clusters"]):
        counts.append(f"{first['n_clusters']} clusters")
    yield ", ".join(counts)
    yield ""
    names = [term for part in shown_terms(spec) for term in part]
    by_term = rows.set_index("term", drop=False)
    shown = by_term.loc[[name for name in names if name in by_term.index]]
    others = rows[~rows["term"].isin(names)]
    labels = [term_label(term, codebook, spec) for term in shown["term"]]
    if every_term:
        shown, labels = pd.concat([shown, others]), [*labels, *others["term"]]
    yield _table(spec, shown, labels)
    if len(others) and not every_term:
        yield f"and {_folded(others)}: --all shows them"
    yield ""
    yield f"standard errors {first['se_type'].replace('iso3', 'ally')}"
    for letter, method in _methods(shown).items():
        yield f"{letter} = p and interval from {method}"
    if spec.note:
        yield f"note: {spec.note}"
    for note in filter(None, str(first["note"]).split("; ")):
        yield f"note: {note}"


def _table(spec: Specification, rows: pd.DataFrame, labels: list[str]) -> str:
    letters = {method: letter for letter, method in _methods(rows).items()}
    table = pd.DataFrame(index=labels)
    table["estimate"] = [f"{value:.{PLACES}f}" for value in rows["estimate"]]
    if spec.estimator in HAZARDS:
        table["hazard ratio"] = [f"{exp(value):.3f}" for value in rows["estimate"]]
    table["std. error"] = [f"{value:.{PLACES}f}" for value in rows["std_error"]]
    table["p"] = [_p(value) for value in rows["p_value"]]
    table["by"] = [letters[method] for method in rows["p_method"]]
    for name in ("ci_low", "ci_high"):
        table[name] = ["" if pd.isna(value) else f"{value:.{PLACES}f}" for value in rows[name]]
    tested = {one.term: one for one in tested_terms(spec)}
    words = DIRECTIONS[scale(spec)]
    table[""] = [
        f"{tested[term].hypothesis}: {words[0] if value > 0 else words[1]}"
        if term in tested
        else ""
        for term, value in zip(rows["term"], rows["estimate"], strict=True)
    ]
    return table.to_string()


def _methods(rows: pd.DataFrame) -> dict[str, str]:
    """Return the methods of p-values by the letter that stands for each in the table."""
    return dict(zip("abcdefgh", dict.fromkeys(rows["p_method"]), strict=False))


def _folded(others: pd.DataFrame) -> str:
    kinds = others["term"].str.partition("[")[0].value_counts(sort=False)
    return f"{len(others)} more terms (" + ", ".join(f"{n} of {k}" for k, n in kinds.items()) + ")"


def _p(value: float) -> str:
    if pd.isna(value):
        return "withheld"
    return f"<{SMALLEST_P:.4f}" if value < SMALLEST_P else f"{value:.{PLACES}f}"
