"""Dummies of periods and of levels, and which of them an outcome at its edge leaves empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.scoring import Array, Family, Rows

Codes = NDArray[np.intp]

CONSTANT = ("constant",)


@dataclass(frozen=True, eq=False)
class Baseline:
    """The first columns of a design, one for each group of adjoining periods.

    Parameters
    ----------
    periods : shape (n,), number of each row's period.
    firsts : number of the first period of each group, ascending, the first of them 0.
    labels : name of each period, or ``CONSTANT``.
    """

    periods: Codes
    firsts: Codes
    labels: tuple[str, ...]

    @property
    def terms(self) -> list[str]:
        """Names of the columns, such as ``duration[6-8]``."""
        if self.labels == CONSTANT:
            return [*CONSTANT]
        lasts = [*(self.firsts[1:] - 1), len(self.labels) - 1]
        ends = [
            dict.fromkeys((self.labels[a], self.labels[b]))
            for a, b in zip(self.firsts, lasts, strict=True)
        ]
        return [f"duration[{'-'.join(both)}]" for both in ends]

    def of_rows(self, used: Rows, firsts: Codes) -> Baseline:
        """Return the baseline of some of the rows, grouped anew, without periods that are gone."""
        present, periods = np.unique(self.periods[used], return_inverse=True)
        labels = tuple(self.labels[period] for period in present)
        return Baseline(periods, np.searchsorted(present, firsts), labels)


def varying_groups(
    family: Family, outcome: Array, periods: Codes, n_periods: int, weights: Array
) -> Codes:
    """Return the first period of each group, so that the outcome leaves its edge in every one.

    A period in which it does not joins the one before it; at the start, the one after it.
    """
    # ASSUME: a period without an estimable coefficient shares that of its neighbour.
    bottom, top, rows = (
        np.bincount(periods, weights * what, n_periods)
        for what in (outcome == 0, outcome == family.top, np.ones(len(outcome)))
    )
    varies = (bottom < rows) & (top < rows)
    before = [np.concatenate([[0.0], np.cumsum(count)[:-1]]) for count in (bottom, top, rows)]
    started = (before[0] < before[2]) & (before[1] < before[2])
    firsts = varies & started
    firsts[0] = True
    return np.flatnonzero(firsts)


def within_varying_levels(
    family: Family, outcome: Array, factors: Sequence[Codes], weights: Array
) -> Array:
    """Return weights of zero for levels whose outcomes are all at one edge, until none are."""
    edges = outcome == 0, outcome == family.top
    while True:
        before = weights
        for codes in factors:
            rows = np.bincount(codes, weights)
            at_edge = [np.bincount(codes, weights * edge) for edge in edges]
            stuck = np.any([count >= rows for count in at_edge], axis=0) & (rows > 0)
            if stuck.any():
                weights = np.where(stuck[codes], 0.0, weights)
        if weights is before:
            return weights


def rows_of_varying_levels(
    rows: pd.DataFrame, event: str, categories: Sequence[str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Leave out levels in which no row or every row has the event, until there are none.

    Returns
    -------
    The rows left, and a note on each category that lost some.
    """
    for name in categories:
        gone = rows.groupby(name)[event].transform("mean").isin([0, 1])
        levels = ", ".join(sorted(set(rows.loc[gone, name])))
        if gone.all():
            raise EstimationError(f"'{event}' varies within no level of '{name}': {levels}")
        if gone.any():
            kept, notes = rows_of_varying_levels(rows[~gone], event, categories)
            note = f"rows left out, as {event} does not vary in {name} {levels}: {gone.sum()}"
            return kept, (note, *notes)
    return rows, ()


def category_dummies(labels: pd.Series[str]) -> pd.DataFrame:
    """Return a dummy for each level but the reference, named like ``category[ships]``."""
    dummies = pd.get_dummies(labels, dtype="float64").drop(columns=reference_level(labels))
    return dummies.rename(columns=lambda level: f"{labels.name}[{level}]")


def reference_level(labels: pd.Series[str]) -> str:
    """Return the most frequent level, among equals the first in the alphabet."""
    return str(labels.value_counts().sort_index().idxmax())
