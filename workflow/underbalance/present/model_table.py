"""Models side by side in one table, as text cells that every format writes alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from underbalance.models.design_listed import all_rows
from underbalance.models.tidy import is_estimated
from underbalance.present.model_cells import term_rows, withheld_row
from underbalance.present.model_groups import hypothesis_of, model_groups
from underbalance.present.model_notes import DAGGER, Column, table_notes
from underbalance.present.model_wording import (
    EFFECTS,
    caption,
    shown_terms,
    term_label,
    variants,
)
from underbalance.present.table import Table
from underbalance.present.table_style import Style
from underbalance.present.wording import whole
from underbalance.specifications import Specification


def model_tables(
    specs: Mapping[str, Specification],
    rows: pd.DataFrame,
    codebook: pd.DataFrame,
    sample_labels: Mapping[str, str],
    allies: Mapping[str, str],
    corrected: Mapping[tuple[str, str, str], float],
    style: Style,
) -> Iterator[Table]:
    """Give the tables of all models; parameters as in :func:`model_table`."""
    for name, ids in model_groups(specs).items():
        own = {spec_id: specs[spec_id] for spec_id in ids}
        yield model_table(name, own, rows, codebook, sample_labels, allies, corrected, style)


def model_table(
    name: str,
    specs: Mapping[str, Specification],
    rows: pd.DataFrame,
    codebook: pd.DataFrame,
    sample_labels: Mapping[str, str],
    allies: Mapping[str, str],
    corrected: Mapping[tuple[str, str, str], float],
    style: Style,
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
    style : what stands below an estimate, stars and decimals.
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
        title=caption(name, hypothesis_of(first), first.role, common),
        header=("", *(f"({k}) {head}{mark}" for k, (head, mark) in enumerate(numbered, start=1))),
        body=tuple(_rows(columns, codebook, corrected, style)),
        summary=tuple(_summary(columns, codebook)),
        notes=tuple(table_notes(columns, codebook, sample_labels, allies, style)),
    )


def _column(spec_id: str, spec: Specification, rows: pd.DataFrame) -> Column:
    records = rows.to_dict("records")
    estimated = bool(is_estimated(rows).all())
    return Column(spec_id, spec, {row["term"]: row for row in records}, records[0], estimated)


def _rows(
    columns: list[Column],
    codebook: pd.DataFrame,
    corrected: Mapping[tuple[str, str, str], float],
    style: Style,
) -> Iterator[tuple[str, ...]]:
    for term in dict.fromkeys(term for part in _parts(columns) for term in part):
        owner = next(column.spec for column in columns if term in column.terms)
        holm = [corrected.get((hypothesis_of(c.spec), c.spec_id, term)) for c in columns]
        yield from term_rows(term_label(term, codebook, owner), term, columns, holm, style)


def _parts(columns: list[Column]) -> Iterator[list[str]]:
    """Give the obstacles of all models, then their rivals, then their controls."""
    for parts in zip(*(shown_terms(column.spec) for column in columns), strict=True):
        yield [term for part in parts for term in part]


def _summary(columns: list[Column], codebook: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    dummies = [
        [
            *(
                EFFECTS.get(c.spec.estimator, [])
                if all_rows()[c.spec.outcome].interval != "case"
                else []
            ),
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
    yield from withheld_row(columns)


def _dummies(category: str, codebook: pd.DataFrame, spec: Specification) -> str:
    label = term_label(category, codebook, spec)
    return f"Dummies: {label[0].lower()}{label[1:]}"
