"""The scorecard as it is read: one group of rows per hypothesis, its verdict in the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.scorecard import CONTRAST, MODEL, POINTER, STATEMENTS, WEIGHTS_FILE
from underbalance.hypotheses.verdict import ALPHA, COUNTS, DESCRIPTIVE
from underbalance.models.terms import LAG
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.places import in_run
from underbalance.present.model_wording import labelled, term_label
from underbalance.present.scorecard_wording import (
    DIRECTIONS,
    RULE,
    STANDARDISED,
    basis,
    notes,
    unit_of,
    verdict_line,
)
from underbalance.present.table import WideTable
from underbalance.present.wording import decimal, interval_words, label_of, p_text, percent, whole
from underbalance.specifications import Specification

HEADER = (
    "Outcome (unit)",
    "Estimate [{level} interval]",
    "p",
    "Holm p",
    "CRV3 p",
    "Perm. p",
    "Rows (events)",
    "Allies (effective)",
    "Predicted",
    "Sign found",
    "In the verdict",
)
WIDTHS = (0.246, 0.158, 0.048, 0.048, 0.048, 0.048, 0.083, 0.069, 0.079, 0.079, 0.094)
FOLDER: Final = "results"  # where the page is, for its links


def scorecard_page(
    rows: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame, level: float
) -> WideTable:
    """Return the scorecard with words for signs.

    Parameters
    ----------
    rows : :func:`underbalance.hypotheses.scorecard.scorecard`.
    specs : the primary specifications.
    codebook : gives the labels of terms and the units of outcomes.
    level : confidence level of the intervals.
    """
    groups = [rows[rows["hypothesis"] == name] for name in STATEMENTS]
    return WideTable(
        name="scorecard",
        title="Scorecard of the hypotheses",
        lead=(RULE, _counts(rows)),
        summary=tuple(map(verdict_line, groups)),
        header=tuple(cell.format(level=percent(level)) for cell in HEADER),
        widths=WIDTHS,
        rows=tuple(cells for own in groups for cells in _group(own, specs, codebook)),
        notes=(*_reasons(rows, specs, codebook), *notes(rows)),
        links={in_run(WEIGHTS_FILE): Path(WEIGHTS_FILE).relative_to(FOLDER).as_posix()},
    )


def _counts(rows: pd.DataFrame) -> str:
    models = rows[rows["kind"] == MODEL]
    tests, specs = (models["role"] == COUNTS).sum(), models["spec_id"].nunique()
    counting = models.loc[models["role"] == COUNTS, "spec_id"].nunique()
    return (
        f"{tests} of {len(models)} tests count, from {counting} of {specs} primary models "
        "(the models of H2 and H3 test the rival explanations R1 to R3 as well)."
    )


def _group(
    own: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> Iterator[tuple[str, ...]]:
    shown = own[own["kind"] != POINTER].to_dict("records")
    terms = [_term(row, specs, codebook) for row in shown]
    shared = len(set(terms)) == 1
    head = [verdict_line(own), basis(own), f"Term: {terms[0]}." if shared else ""]
    yield (" ".join(filter(None, head)),)
    for row, term in zip(shown, terms, strict=True):
        yield _cells(row, "" if shared else f": {term}", specs, codebook)


def _cells(
    row: Mapping[Any, Any], term: str, specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> tuple[str, ...]:
    words, spec = DIRECTIONS[row["scale"]], specs.get(row["spec_id"])
    unit = unit_of(spec, codebook) if spec else STANDARDISED
    return (
        f"{row['outcome'][0].upper()}{row['outcome'][1:]}{term} ({unit})",
        f"{decimal(row['estimate'])} {interval_words(row['ci_low'], row['ci_high'])}".rstrip(),
        *(p_text(row[name]) for name in ("p_value", "p_holm", "p_crv3", "p_permutation")),
        _with(row["n"], "" if pd.isna(row["n_events"]) else whole(row["n_events"])),
        _with(row["n_clusters"], decimal(row["effective_clusters"], 1)),
        words[int(row["predicted_sign"])],
        _sign_found(row, words),
        _role(row["role"]),
    )


def _sign_found(row: Mapping[Any, Any], words: Mapping[int, str]) -> str:
    """Return the direction of an estimate, in brackets where p is not small."""
    if pd.isna(row["estimate"]) or row["estimate"] == 0:
        return ""
    found = words[1 if row["estimate"] > 0 else -1]
    return f"({found})" if row["p_value"] >= ALPHA else found


def _term(
    row: Mapping[Any, Any], specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> str:
    if row["kind"] == CONTRAST:
        return f"{label_of(row['term'].removesuffix(LAG), codebook, 'ally_year')} (t\u00a0−\u00a01)"
    return term_label(row["term"], codebook, specs[row["spec_id"]])


def _role(role: str) -> str:
    """Return short why a model does not count; reasons for no estimate are among the notes."""
    if role.startswith(NOT_ESTIMATED):
        return NOT_ESTIMATED.rstrip(": ")
    return role.removeprefix(f"{DESCRIPTIVE}: ")


def _reasons(
    rows: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> Iterator[str]:
    """Give a sentence for each model that was not estimated."""
    silent = rows[rows["role"].str.startswith(NOT_ESTIMATED)]
    for row in silent.drop_duplicates("spec_id").to_dict("records"):
        yield f"{row['outcome']}: {labelled(row['role'], specs[row['spec_id']], codebook)}."


def _with(count: float, beside: str) -> str:
    if pd.isna(count):
        return ""
    return f"{whole(int(count))} ({beside})" if beside else whole(int(count))
