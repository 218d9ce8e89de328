"""What a Cox model asks of its rows: intervals at risk, events, strata, clusters and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.model import Array
from underbalance.models.rows import complete_cases, count_clusters, counted

Codes = NDArray[np.intp]

SAME_TIME = 2.0**-26  # of the mean time: as far as times that ought to be equal may differ


@dataclass(frozen=True, eq=False)
class Rows:
    """Checked rows: one interval (start, stop] at risk each.

    Parameters
    ----------
    terms : names of the k covariates.
    x : shape (n, k). start, stop, weight, offset : shape (n,). event : shape (n,), bool.
    stratum, cluster : shape (n,), codes of the names in ``strata`` and ``clusters``; without
        clusters every row is one and ``clusters`` is empty.
    index : labels of the rows in the data that were given.
    n_incomplete, notes : what was left out.
    """

    terms: list[str]
    x: Array
    start: Array
    stop: Array
    event: NDArray[np.bool_]
    weight: Array
    offset: Array
    stratum: Codes
    strata: list[str]
    cluster: Codes
    clusters: list[str]
    index: pd.Index
    n_incomplete: int
    notes: tuple[str, ...]

    def kept(self, keep: NDArray[np.bool_]) -> Rows:
        """Return the rows of a mask, shape (n,); cluster names stay as they are."""
        return replace(
            self,
            x=self.x[keep],
            start=self.start[keep],
            stop=self.stop[keep],
            event=self.event[keep],
            weight=self.weight[keep],
            offset=self.offset[keep],
            stratum=self.stratum[keep],
            cluster=self.cluster[keep],
            index=self.index[keep],
        )


def checked_rows(
    data: pd.DataFrame,
    terms: Sequence[str],
    *,
    start: str | None,
    stop: str,
    event: str,
    strata: Sequence[str],
    cluster: str | None,
    weights: str | None,
    offset: str | None,
) -> Rows:
    """Return rows that a Cox model can use.

    Raises
    ------
    EstimationError
        If there are no covariates; columns are absent, empty, infinite or not numbers; an
        interval has no length; the event is not 0 or 1, or never happens; a weight is
        negative; there is but one cluster; or no risk set has two rows.
    """
    if not terms:
        raise EstimationError("no covariates")
    keys = list(dict.fromkeys([*([cluster] if cluster else []), *strata]))
    given = [name for name in (start, stop, event, weights, offset) if name]
    frame = complete_cases(data, keys=keys, numbers=[*given, *terms])
    n_incomplete = len(data) - len(frame)
    weight = frame[weights].to_numpy() if weights else np.ones(len(frame))
    if (weight < 0).any():
        raise EstimationError(f"'{weights}' is negative in {(weight < 0).sum()} rows")
    unweighted = counted("rows of weight zero left out", int((weight == 0).sum()))
    if unweighted:
        frame, weight = frame[weight > 0], weight[weight > 0]
    if frame.empty:
        raise EstimationError(f"'{weights}' is zero in every row")
    begin = frame[start].to_numpy() if start else np.zeros(len(frame))
    end = frame[stop].to_numpy()
    begin, end = _same_but_for_rounding(begin, end)
    _check_lengths(begin, end, start, stop)
    _check_event(frame[event])
    if cluster:
        count_clusters(frame[cluster])
    stratum, stratum_names = _coded(frame, strata)
    names: list[str] = []
    codes = np.arange(len(frame))
    if cluster:
        codes, names = _coded(frame, [cluster])
    return Rows(
        terms=list(terms),
        x=frame[list(terms)].to_numpy(dtype="float64"),
        start=begin,
        stop=end,
        event=frame[event].to_numpy() == 1,
        weight=weight,
        offset=frame[offset].to_numpy() if offset else np.zeros(len(frame)),
        stratum=stratum,
        strata=stratum_names,
        cluster=codes,
        clusters=names,
        index=frame.index,
        n_incomplete=n_incomplete,
        notes=counted("incomplete rows left out", n_incomplete) + unweighted,
    )


def _same_but_for_rounding(begin: Array, end: Array) -> tuple[Array, Array]:
    """Return the times, those that differ by less than rounding made one (R's timefix)."""
    values, where = np.unique(np.concatenate([begin, end]), return_inverse=True)
    tolerance = SAME_TIME * max(1.0, float(np.abs(values).mean()))
    new = np.concatenate([[True], np.diff(values) > tolerance])
    times = values[new][np.cumsum(new) - 1][where]
    return times[: len(begin)], times[len(begin) :]


def _check_lengths(begin: Array, end: Array, start: str | None, stop: str) -> None:
    short = end <= begin
    if short.any():
        entry = f"'{start}'" if start else "entry at 0"
        raise EstimationError(f"'{stop}' is not after {entry} in {short.sum()} rows")


def _check_event(event: pd.Series[float]) -> None:
    if not event.isin([0, 1]).all():
        raise EstimationError(f"'{event.name}' must be 0 or 1, found {sorted(set(event))[:5]}")
    if not event.any():
        raise EstimationError(f"no row has the event '{event.name}'")


def _coded(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[Codes, list[str]]:
    """Return the codes of the rows and the sorted names that they stand for."""
    if not columns:
        return np.zeros(len(frame), dtype=np.intp), [""]
    codes = frame.groupby(list(columns), sort=True).ngroup()
    return np.asarray(codes, dtype=np.intp), _names(frame, columns)


def _names(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    levels = frame[list(columns)].drop_duplicates().sort_values(list(columns))
    return [", ".join(map(str, level)) for level in levels.itertuples(index=False)]
