"""Tables of correlations, one coefficient below the diagonal and another above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from underbalance.config import Coding
from underbalance.description.correlations import BETWEEN, OVERALL, WITHIN
from underbalance.description.variables import RIVALS
from underbalance.present.table import Table
from underbalance.present.wording import decimal, label_of, whole

PLACES = 2
DIAGONAL = "1"
NONE = "–"
Pair = tuple[str, str]


def correlation_tables(
    rows: pd.DataFrame,
    panels: Mapping[str, Sequence[str]],
    codings: Mapping[str, Coding],
    codebook: pd.DataFrame,
    sample_label: str,
) -> list[Table]:
    """Return the table of indices and rivals and that of the components of the obstacles.

    Parameters
    ----------
    rows : :func:`underbalance.description.correlations.correlate`.
    panels : variables by panel (:func:`underbalance.description.variables.panels`).
    codebook : with the codings, gives labels.
    sample_label : the reference sample in words.
    """
    obstacles = [name for panel, names in panels.items() if panel != RIVALS for name in names]
    rivals = panels.get(RIVALS, ())
    coded = [codings[name] for name in rivals if name in codings]
    parts = {part.variable for coding in coded for part in coding.components}
    indices = [name for name in obstacles if name in codings]
    components = [name for name in obstacles if name not in codings]
    chosen = {
        "correlations": ([*indices, *(name for name in rivals if name not in parts)], True),
        "correlations_components": (components, False),
    }
    titles = {
        "correlations": "Correlations of obstacles and rival explanations",
        "correlations_components": "Correlations of the components of the obstacles",
    }
    return [
        _table(name, titles[name], rows, variables, codebook, sample_label, apart=apart)
        for name, (variables, apart) in chosen.items()
    ]


def _table(
    name: str,
    title: str,
    rows: pd.DataFrame,
    variables: Sequence[str],
    codebook: pd.DataFrame,
    sample_label: str,
    *,
    apart: bool,
) -> Table:
    labels = [label_of(variable, codebook, "ally_year") for variable in variables]
    overall = _by_pair(rows, OVERALL, "pearson"), _by_pair(rows, OVERALL, "spearman")
    matrix = list(_matrix(labels, variables, *overall))
    body = matrix
    if apart:
        within = _by_pair(rows, WITHIN, "pearson"), _by_pair(rows, BETWEEN, "pearson")
        body = [
            ("All ally-years: Pearson below the diagonal, Spearman above",),
            *matrix,
            ("Pearson within allies below the diagonal, between allies’ means above",),
            *_matrix(labels, variables, *within),
        ]
    return Table(
        name=name,
        title=title,
        header=("", *(f"({number})" for number, _ in enumerate(variables, start=1))),
        body=tuple(body),
        summary=(),
        notes=tuple(_notes(rows, variables, sample_label, apart=apart)),
        label_width=0.3,
    )


def _matrix(
    labels: Sequence[str],
    variables: Sequence[str],
    below: Mapping[Pair, float],
    above: Mapping[Pair, float],
) -> Iterator[tuple[str, ...]]:
    for row, (label, one) in enumerate(zip(labels, variables, strict=True)):
        cells = [
            DIAGONAL
            if column == row
            else _number((below if column < row else above)[_key(one, other)])
            for column, other in enumerate(variables)
        ]
        yield (f"({row + 1}) {label}", *cells)


def _by_pair(rows: pd.DataFrame, level: str, coefficient: str) -> dict[Pair, float]:
    own = rows[rows["level"] == level]
    pairs = zip(own["first"], own["second"], own[coefficient], strict=True)
    return {_key(first, second): float(value) for first, second, value in pairs}


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _number(coefficient: float) -> str:
    # + 0 turns a rounded -0 into 0
    return decimal(round(coefficient, PLACES) + 0.0, PLACES) or NONE


def _notes(
    rows: pd.DataFrame, variables: Sequence[str], sample_label: str, *, apart: bool
) -> Iterator[str]:
    own = rows[rows["first"].isin(variables) & rows["second"].isin(variables)]
    if not apart:
        yield "Pearson’s coefficients below the diagonal, Spearman’s above."
    counts = own.loc[own["level"] == OVERALL, "n"]
    least, most = counts.min(), counts.max()
    known = f"{whole(least)} to {whole(most)}" if least < most else whole(least)
    yield f"Of the ally-years in which both variables are known: {known}."
    if apart:
        yield "Within allies: of the deviations from each ally’s mean."
    shown = own if apart else own[own["level"] == OVERALL]
    if shown["pearson"].isna().any():
        yield f"{NONE}: one of the two does not vary."
    yield "As coded; signs of components are not turned."
    if apart:
        yield "An index that is made of another goes with it by construction."
    yield f"Reference sample: {sample_label}."
