"""Models side by side in one table, as text cells that every format writes alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.models.design_rows import ROWS
from underbalance.models.tidy import is_estimated
from underbalance.present.model_groups import hypothesis_of
from underbalance.present.model_notes import DAGGER, Column, table_notes
from underbalance.present.model_wording import (
    EFFECTS,
    HYPOTHESES,
    ROLES,
    shown_terms,
    term_label,
    variants,
)
from underbalance.present.table import Table
from underbalance.present.wording import decimal, equals_p, p_text, whole
from underbalance.specifications import Specification

HOLM: Final = "Holm p"


def model_table(
    name: str,
    specs: Mapping[str, Specification],
    rows: pd.DataFrame,
    codebook: pd.DataFrame,
    sample_labels: Mapping[str, str],
    allies: Mapping[str, str],
    corrected: Mapping[tuple[str, str, str], float],
) -> Table:
    """Return one table with a column for each specification.

    Parameters
    ----------
    name : of the table (:func:`underbalance.present.model_groups.model_groups`).
    specs : its specifications by id, in the order of the columns.
    rows : tidy results (:mod:`underbalance.models.tidy`), of others too.
    codebook : gives labels.
    sample_labels : samples in words, by name.
    allies : their names, by iso3.
    corrected : p after Holm’s correction by hypothesis, specification and term.
    """
    columns = [
        _column(spec_id, spec, rows[rows["spec_id"] == spec_id]) for spec_id, spec in specs.items()
    ]
    first = next(iter(specs.values()))
    common, heads = variants([column.spec for column in columns])
    marks = (DAGGER if column.descriptive else "" for column in columns)
    numbered = zip(heads, marks, strict=True)
    return Table(
        name=name,
        title=f"{HYPOTHESES[hypothesis_of(first)]}{ROLES[first.role].format(how=common)}",
        header=("", *(f"({k}) {head}{mark}" for k, (head, mark) in enumerate(numbered, start=1))),
        body=tuple(cells for label in _labels(columns, codebook, corrected) for cells in label),
        summary=tuple(_summary(columns, codebook)),
        notes=tuple(table_notes(columns, codebook, sample_labels, allies)),
    )


def _column(spec_id: str, spec: Specification, rows: pd.DataFrame) -> Column:
    records = rows.to_dict("records")
    estimated = bool(is_estimated(rows).all())
    return Column(spec_id, spec, {row["term"]: row for row in records}, records[0], estimated)


def _labels(
    columns: list[Column],
    codebook: pd.DataFrame,
    corrected: Mapping[tuple[str, str, str], float],
) -> Iterator[list[tuple[str, ...]]]:
    """Give the rows of each term: estimate, standard error, p-value, and Holm's where tested."""
    terms = [shown_terms(column.spec) for column in columns]
    places = dict.fromkeys(term for part in _parts(terms) for term in part)
    for term in places:
        owner = next(c.spec for c, own in zip(columns, terms, strict=True) if term in _all(own))
        found = [column.rows.get(term) for column in columns]
        holm = [corrected.get((hypothesis_of(c.spec), c.spec_id, term)) for c in columns]
        yield [
            (term_label(term, codebook, owner), *(_estimate(c, term) for c in columns)),
            ("", *(_error(row) for row in found)),
            ("", *(_p(row) for row in found)),
            *(
                [(HOLM, *("" if p is None else p_text(p) for p in holm))]
                if any(p is not None for p in holm)
                else []
            ),
        ]


def _parts(terms: list[list[list[str]]]) -> Iterator[list[str]]:
    """Give the obstacles of all models, then their rivals, then their controls."""
    for parts in zip(*terms, strict=True):
        yield [term for part in parts for term in part]


def _all(parts: list[list[str]]) -> list[str]:
    return [term for part in parts for term in part]


def _estimate(column: Column, term: str) -> str:
    if not column.estimated:
        return "not estimated" if term == _all(shown_terms(column.spec))[0] else ""
    row = column.rows.get(term)
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
        if c.estimated
        else []
        for c in columns
    ]
    for label in dict.fromkeys(label for own in dummies for label in own):
        yield (label, *("yes" if label in own else "" for own in dummies))
    if any(c.years for c in columns):
        yield ("Years", *(c.years for c in columns))
    for label, key in (
        ("Observations", "n"),
        ("Events", "n_events"),
        ("Allies (clusters)", "n_clusters"),
    ):
        counts = [c.first[key] for c in columns]
        if not all(pd.isna(count) for count in counts):
            yield (label, *("" if pd.isna(count) else whole(count) for count in counts))


def _dummies(category: str, codebook: pd.DataFrame, spec: Specification) -> str:
    label = term_label(category, codebook, spec)
    return f"Dummies: {label[0].lower()}{label[1:]}"
