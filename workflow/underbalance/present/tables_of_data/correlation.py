"""Tables of correlations, one coefficient below the diagonal and another above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from underbalance.config import Coding
from underbalance.description.correlations import BETWEEN, OVERALL, WITHIN
from underbalance.description.variables import RIVALS
from underbalance.present.table import AnyTable, Table, WideTable
from underbalance.present.wording import decimal, label_of, whole

PLACES = 2
COMPONENT_WIDTH = 0.25  # of the labels
DIAGONAL = "1"
NONE = "–"
Pair = tuple[str, str]


def correlation_tables(
    rows: pd.DataFrame,
    panels: Mapping[str, Sequence[str]],
    codings: Mapping[str, Coding],
    codebook: pd.DataFrame,
    sample_label: str,
) -> list[AnyTable]:
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
    shown = [*indices, *(name for name in rivals if name not in parts)]
    components = [name for name in obstacles if name not in codings]
    return [
        _of_indices(rows, shown, codebook, sample_label),
        _of_components(rows, components, codebook, sample_label),
    ]


def _of_indices(
    rows: pd.DataFrame, variables: Sequence[str], codebook: pd.DataFrame, sample_label: str
) -> Table:
    overall = _by_pair(rows, OVERALL, "pearson"), _by_pair(rows, OVERALL, "spearman")
    apart = _by_pair(rows, WITHIN, "pearson"), _by_pair(rows, BETWEEN, "pearson")
    return Table(
        name="correlations",
        title="Correlations of obstacles and rival explanations",
        header=_header(variables),
        body=(
            ("All ally-years: Pearson below the diagonal, Spearman above",),
            *_matrix(variables, codebook, *overall),
            ("Pearson within allies below the diagonal, between allies’ means above",),
            *_matrix(variables, codebook, *apart),
        ),
        summary=(),
        notes=(
            *_notes(rows, variables, (OVERALL, WITHIN, BETWEEN)),
            "Within allies: of the deviations from each ally’s mean.",
            "An index that is made of another goes with it by construction.",
            f"Reference sample: {sample_label}.",
        ),
        label_width=0.3,
    )


def _of_components(
    rows: pd.DataFrame, variables: Sequence[str], codebook: pd.DataFrame, sample_label: str
) -> WideTable:
    overall = _by_pair(rows, OVERALL, "pearson"), _by_pair(rows, OVERALL, "spearman")
    rest = (1 - COMPONENT_WIDTH) / max(len(variables), 1)
    return WideTable(
        name="correlations_components",
        title="Correlations of the components of the obstacles",
        lead=(),
        header=_header(variables),
        widths=(COMPONENT_WIDTH, *[rest] * len(variables)),
        rows=tuple(_matrix(variables, codebook, *overall)),
        notes=(
            "Pearson’s coefficients below the diagonal, Spearman’s above.",
            *_notes(rows, variables, (OVERALL,)),
            "As coded; signs are not turned.",
            f"Reference sample: {sample_label}.",
        ),
    )


def _header(variables: Sequence[str]) -> tuple[str, ...]:
    return ("", *(f"({number})" for number, _ in enumerate(variables, start=1)))


def _matrix(
    variables: Sequence[str],
    codebook: pd.DataFrame,
    below: Mapping[Pair, float],
    above: Mapping[Pair, float],
) -> Iterator[tuple[str, ...]]:
    for row, one in enumerate(variables):
        cells = [
            DIAGONAL
            if column == row
            else _number((below if column < row else above)[_key(one, other)])
            for column, other in enumerate(variables)
        ]
        yield (f"({row + 1}) {label_of(one, codebook, 'ally_year')}", *cells)


def _by_pair(rows: pd.DataFrame, level: str, coefficient: str) -> dict[Pair, float]:
    own = rows[rows["level"] == level]
    pairs = zip(own["first"], own["second"], own[coefficient], strict=True)
    return {_key(first, second): float(value) for first, second, value in pairs}


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _number(coefficient: float) -> str:
    return decimal(coefficient, PLACES) or NONE


def _notes(rows: pd.DataFrame, variables: Sequence[str], levels: Sequence[str]) -> Iterator[str]:
    own = rows[rows["first"].isin(variables) & rows["second"].isin(variables)]
    counts = own.loc[own["level"] == OVERALL, "n"]
    least, most = counts.min(), counts.max()
    known = f"{whole(least)} to {whole(most)}" if least < most else whole(least)
    yield f"Of the ally-years in which both variables are known: {known}."
    if own.loc[own["level"].isin(levels), "pearson"].isna().any():
        yield f"{NONE}: one of the two does not vary."
