"""Models side by side in one table, as text cells that every format writes alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from underbalance.models.design_rows import ROWS
from underbalance.models.tidy import is_estimated
from underbalance.present.model_groups import hypothesis_of
from underbalance.present.model_wording import (
    EFFECTS,
    ESTIMATORS,
    HYPOTHESES,
    ROLES,
    outcome_label,
    shown_terms,
    term_label,
)
from underbalance.present.wording import decimal, equals_p, whole
from underbalance.specifications import Specification


@dataclass(frozen=True)
class Table:
    """Text cells of a table.

    Parameters
    ----------
    name : file and label name.
    title : caption.
    header : column heads; the first is that of the row labels.
    body : rows of cells, as long as the header; a row with an empty first cell
        continues the row above, a row of one cell is a heading of those below it.
    summary : rows below the body: effects, counts.
    notes : sentences below the table.
    label_width : share of the text width that the row labels take in LaTeX.
    """

    name: str
    title: str
    header: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    summary: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    # labels wrap, so that a table is no wider than the text of an article
    label_width: float = 0.29


@dataclass(frozen=True)
class Column:
    """A model of a table: its specification and its tidy rows by term."""

    spec: Specification
    rows: Mapping[str, Mapping[Any, Any]]
    first: Mapping[Any, Any]
    estimated: bool


def model_table(
    name: str,
    specs: Mapping[str, Specification],
    rows: pd.DataFrame,
    codebook: pd.DataFrame,
    sample_labels: Mapping[str, str],
) -> Table:
    """Return one table with a column for each specification.

    Parameters
    ----------
    name : of the table (:func:`underbalance.present.model_groups.model_groups`).
    specs : its specifications by id, in the order of the columns.
    rows : tidy results (:mod:`underbalance.models.tidy`), of others too.
    codebook : gives labels.
    sample_labels : samples in words, by name.
    """
    columns = [_column(spec, rows[rows["spec_id"] == spec_id]) for spec_id, spec in specs.items()]
    first = next(iter(specs.values()))
    heads = (f"({k}) {c.spec.outcome.capitalize()}" for k, c in enumerate(columns, start=1))
    return Table(
        name=name,
        title=f"{HYPOTHESES[hypothesis_of(first)]}{ROLES[first.role]}",
        header=("", *heads),
        body=tuple(cells for label in _labels(columns, codebook) for cells in label),
        summary=tuple(_summary(columns, codebook)),
        notes=tuple(_notes(columns, codebook, sample_labels)),
    )


def _column(spec: Specification, rows: pd.DataFrame) -> Column:
    records = rows.to_dict("records")
    estimated = bool(is_estimated(rows).all())
    return Column(spec, {row["term"]: row for row in records}, records[0], estimated)


def _labels(columns: list[Column], codebook: pd.DataFrame) -> Iterator[list[tuple[str, ...]]]:
    """Give the three rows of each term: estimate, standard error, p-value."""
    terms = [shown_terms(column.spec) for column in columns]
    places = dict.fromkeys(term for part in _parts(terms) for term in part)
    for term in places:
        owner = next(c.spec for c, own in zip(columns, terms, strict=True) if term in _all(own))
        found = [column.rows.get(term) for column in columns]
        yield [
            (term_label(term, codebook, owner), *(_estimate(row) for row in found)),
            ("", *(_error(row) for row in found)),
            ("", *(_p(row) for row in found)),
        ]


def _parts(terms: list[list[list[str]]]) -> Iterator[list[str]]:
    """Give the obstacles of all models, then their rivals, then their controls."""
    for parts in zip(*terms, strict=True):
        yield [term for part in parts for term in part]


def _all(parts: list[list[str]]) -> list[str]:
    return [term for part in parts for term in part]


def _estimate(row: Mapping[Any, Any] | None) -> str:
    return decimal(row["estimate"]) if row else ""


def _error(row: Mapping[Any, Any] | None) -> str:
    return f"({decimal(row['std_error'])})" if row else ""


def _p(row: Mapping[Any, Any] | None) -> str:
    return equals_p(row["p_value"]) if row else ""


def _summary(columns: list[Column], codebook: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    dummies = [
        [
            *(EFFECTS.get(c.spec.estimator, []) if ROWS[c.spec.outcome].interval != "case" else []),
            *(_dummies(name, codebook, c.spec) for name in c.spec.categories),
        ]
        for c in columns
    ]
    for label in dict.fromkeys(label for own in dummies for label in own):
        yield (label, *("yes" if label in own else "" for own in dummies))
    for label, key in (
        ("Observations", "n"),
        ("Events", "n_events"),
        ("Allies (clusters)", "n_clusters"),
    ):
        counts = [c.first[key] for c in columns]
        if not all(pd.isna(count) for count in counts):
            yield (label, *("" if pd.isna(count) else whole(count) for count in counts))


def _dummies(category: str, codebook: pd.DataFrame, spec: Specification) -> str:
    return f"Dummies: {term_label(category, codebook, spec).lower()}"


def _notes(
    columns: list[Column], codebook: pd.DataFrame, sample_labels: Mapping[str, str]
) -> Iterator[str]:
    for number, column in enumerate(columns, start=1):
        outcome = outcome_label(column.spec, codebook)
        yield f"({number}) {column.spec.title}: {outcome}; {ESTIMATORS[column.spec.estimator]}."
        if column.spec.note:
            yield column.spec.note
        for part in filter(None, str(column.first["note"]).split("; ")):
            yield f"{_sentence(part, column.spec, codebook)}."
    errors = dict.fromkeys(str(c.first["se_type"]) for c in columns if c.estimated)
    if errors:
        words = "; ".join(errors).replace("iso3", "ally")
        yield "Obstacles and rivals per standard deviation of the reference sample."
        yield f"Standard errors in parentheses: {words}."
    methods = dict.fromkeys(
        row["p_method"]
        for c in columns
        for term in _all(shown_terms(c.spec))
        if (row := c.rows.get(term)) and pd.notna(row["p_value"])
    )
    if methods:
        yield f"p-values from {'; '.join(methods)}."
    samples = dict.fromkeys(sample_labels[str(c.first["sample"])] for c in columns)
    yield f"Sample: {'; '.join(samples)}."


def _sentence(note: str, spec: Specification, codebook: pd.DataFrame) -> str:
    """Return an estimator's note with labels instead of names of variables."""
    words = [
        term_label(word, codebook, spec) if word in spec.categories else word
        for word in note.split(" ")
    ]
    text = " ".join(words).replace("iso3", "ally")
    return text[0].upper() + text[1:]
