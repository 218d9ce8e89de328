"""Permutation of obstacle histories across allies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.inference.one_step import correction, influence, model_of, observed
from underbalance.models.inference.result import TIE, Inference
from underbalance.models.model import Array, Model, Permutable
from underbalance.models.tidy import Fit

FEWEST = 0.9  # share of permutations that must be estimable
BATCH = 100  # permutations at once

Codes = NDArray[np.intp]


def permutation_test(
    fit: Fit,
    term: str,
    *,
    rows: pd.DataFrame,
    histories: pd.DataFrame,
    random: np.random.Generator,
    permutations: int = 999,
) -> Inference:
    """Return the share of permuted histories with a statistic as extreme as the true ones'.

    Each permutation hands every ally of the sample the whole history of an ally of the sample
    (its own now and then: all orders are equally likely), by calendar year, and leaves all
    else in place: outcomes, rivals, dummies, and the dependence over time in both. Rows for
    which the donor's history has no value are left out of that permutation.

    It tests that the obstacle has no effect for any ally, if the allies' histories are
    exchangeable given the other regressors: whose history it is says nothing of the outcome.
    # ASSUME: exchangeable histories. The statistic is studentised, so that in large samples
    the test also holds where they differ in spread (Janssen 1997; DiCiccio and Romano 2017);
    it does not hold when a rival differs between allies together with the history.
    The statistic is the one-step t at a coefficient of zero, see ``one_step``;
    p = (1 + number as extreme) / (1 + permutations) (Phipson and Smyth 2010). There is no
    interval: a permutation under another null would need the effect to be the same for all.

    Parameters
    ----------
    rows : ``iso3`` and ``year`` by the labels of the model's index.
    histories : iso3, year and a column ``term``: its value in rows of that ally and year,
        known years only; also of years in which the ally has no row.

    Raises
    ------
    EstimationError
        If the history repeats a year, lacks the term or an ally, or fewer than nine of ten
        permutations can be estimated.
    """
    model = model_of(fit)
    table, ally, year = _history_by_ally(model, term, rows, histories)
    statistic = _statistic(model, term)
    found, kept = [], []
    for values in _batches(table, ally, year, random, permutations):
        kept.extend(np.isfinite(values).mean(axis=0))
        found.extend(_statistics(model, term, values))
    if len(found) < FEWEST * permutations:
        raise EstimationError(f"only {len(found)} of {permutations} permutations can be estimated")
    extreme = int((np.abs(found) >= abs(statistic) * (1 - TIE)).sum())
    return Inference(
        estimate=float(fit.estimates[term]),
        statistic=statistic / correction(fit, term) ** 0.5,
        p_value=(1 + extreme) / (1 + len(found)),
        draws=len(found),
        note=_note(permutations - len(found), float(np.mean(kept))),
    )


def _batches(
    table: Array, ally: Codes, year: Codes, random: np.random.Generator, permutations: int
) -> Iterator[Array]:
    """Yield permuted regressors, one a column, as many at once as take little memory."""
    for first in range(0, permutations, BATCH):
        size = min(BATCH, permutations - first)
        yield np.stack([table[random.permutation(len(table))[ally], year] for _ in range(size)], 1)


def _statistics(model: Model, term: str, values: Array) -> list[float]:
    """Return the statistic with each column in the term's place, if it can be estimated.

    A model that knows a short way (:class:`Permutable`) is estimated again only for columns
    that it does not answer.
    """
    if isinstance(model, Permutable):
        quick = model.statistics_at_zero(term, values)
    else:
        quick = np.full(values.shape[1], np.nan)
    found = []
    for statistic, column in zip(quick, values.T, strict=True):
        try:
            other = (
                None
                if np.isfinite(statistic)
                else model.replaced(term, pd.Series(column, index=model.index))
            )
            found.append(_statistic(other, term) if other else float(statistic))
        except EstimationError:
            continue
    return found


def _history_by_ally(
    model: Model, term: str, rows: pd.DataFrame, histories: pd.DataFrame
) -> tuple[Array, Codes, Codes]:
    """Return histories, shape (allies, years), and each row's ally and year in it."""
    if term not in histories:
        raise EstimationError(f"no history of '{term}'")
    known = histories[["iso3", "year", term]].dropna()
    again = known[known.duplicated(["iso3", "year"])]
    if len(again):
        first = f"{again['iso3'].iloc[0]} {again['year'].iloc[0]}"
        raise EstimationError(f"the history of '{term}' repeats an ally and year, first {first}")
    used = rows.loc[model.index, ["iso3", "year"]]
    allies, years = sorted(set(used["iso3"])), sorted(set(used["year"]))
    table = known.pivot(index="iso3", columns="year", values=term)
    without = sorted(set(allies) - set(table.index))
    if without:
        raise EstimationError(f"no history of '{term}' for {', '.join(without)}")
    table = table.reindex(index=allies, columns=years)
    ally = pd.Index(allies).get_indexer(used["iso3"])
    year = pd.Index(years).get_indexer(used["year"])
    return table.to_numpy(dtype="float64"), ally, year


def _statistic(model: Model, term: str) -> float:
    return observed(influence(model.linearised({term: 0.0}), model.terms.index(term)))


def _note(failed: int, kept: float) -> str:
    note = f"rows with a donor's value: {100 * kept:.0f} % on average"
    return f"{note}; permutations that cannot be estimated left out: {failed}" if failed else note
