"""Duration models of a specification's rows: time at risk as intervals, or as whole cases.

A row at clock t is the year or month (t, t + 1]; an event came within it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from underbalance.models import aft, competing, cox
from underbalance.models.cox import CoxFit
from underbalance.models.design import measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.dummies import category_dummies, reference_level, rows_of_varying_levels
from underbalance.models.rows import complete_cases, counted
from underbalance.models.terms import regressors
from underbalance.models.tidy import Fit
from underbalance.specifications import Specification

START: Final = "start_of_interval"
STOP: Final = "end_of_interval"
ALLY: Final = "iso3"
NEVER: Final = float("inf")


def cox_fit(spec: Specification, rows: pd.DataFrame, min_clusters: int, ties: str) -> CoxFit:
    """Estimate Cox's model (:func:`underbalance.models.cox.fit`), with G/(G−1)."""
    ready = _ready(spec, _intervals(spec, rows))
    fit = cox.fit(
        ready.rows,
        ready.terms,
        start=START,
        stop=STOP,
        event=measure_of(spec),
        cluster=ALLY,
        ties=ties,
        min_clusters=min_clusters,
        small_sample=True,
    )
    return ready.described(fit)


def cause_specific_fit(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> CoxFit:
    """Estimate the hazard of one ending, the others censored.

    The measure names the ending (:func:`underbalance.models.competing.cause_specific`).
    """
    return _competing(spec, _intervals(spec, rows), min_clusters, competing.cause_specific)


def fine_gray_fit(spec: Specification, rows: pd.DataFrame, min_clusters: int) -> CoxFit:
    """Estimate the hazard of the subdistribution of one ending, by case.

    Regressors are as of the first row of the case
    (:func:`underbalance.models.competing.fine_gray`). Its weighted likelihood is none that
    models could be compared by: there is no ``loglik``.
    """
    fit = _competing(spec, _cases(spec, rows), min_clusters, competing.fine_gray)
    return replace(fit, loglik=None)


def aft_fit(spec: Specification, rows: pd.DataFrame, min_clusters: int, distribution: str) -> Fit:
    """Estimate accelerated failure times (:func:`underbalance.models.aft.fit`)."""
    timed, event = _intervals(spec, rows), rows[measure_of(spec)] == 1
    # the event came within its interval; before its end nothing is known of the others
    known = timed.assign(
        lower=timed[START].where(event, timed[STOP]), upper=timed[STOP].where(event, NEVER)
    )
    return aft.fit(
        known[rows[measure_of(spec)].notna()],
        regressors(spec),
        lower="lower",
        upper="upper",
        entry=START,
        distribution=distribution,
        categories=spec.categories,
        min_clusters=min_clusters,
    )


@dataclass(frozen=True, eq=False)
class _Ready:
    """Complete rows of levels with events, with the dummies of categories among their terms."""

    rows: pd.DataFrame
    terms: list[str]
    n_incomplete: int
    notes: tuple[str, ...]

    def described(self, fit: CoxFit) -> CoxFit:
        """Return the fit with what was left out before it was estimated."""
        extra = dict(fit.extra) | {"n_incomplete": self.n_incomplete}
        return replace(fit, extra=extra, notes=(*self.notes, *fit.notes))


def _competing(
    spec: Specification,
    timed: pd.DataFrame,
    min_clusters: int,
    estimate: Callable[..., CoxFit],
) -> CoxFit:
    ending, cause = all_rows()[spec.outcome].ending, measure_of(spec)
    ready = _ready(spec, timed.assign(**{cause: timed[ending] == cause}), [ending])
    fit = estimate(
        ready.rows,
        ready.terms,
        entry=START,
        stop=STOP,
        status=ending,
        cause=cause,
        cluster=ALLY,
        min_clusters=min_clusters,
    )
    return ready.described(fit)


def _intervals(spec: Specification, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the ends of their year or month at risk on the clock."""
    clock = rows[all_rows()[spec.outcome].duration].astype("float64")
    return rows.assign(**{START: clock, STOP: clock + 1})


def _cases(spec: Specification, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each case, with the end of its last one and how it ended."""
    # ASSUME: a case was watched from its first row to its last.
    ending = all_rows()[spec.outcome].ending
    ordered = _intervals(spec, rows).sort_values(["spell", START], kind="stable")
    last = ordered.drop_duplicates("spell", keep="last").set_index("spell")
    first = ordered.drop_duplicates("spell")
    return first.assign(**{name: first["spell"].map(last[name]) for name in (STOP, ending)})


def _ready(spec: Specification, timed: pd.DataFrame, labels: Sequence[str] = ()) -> _Ready:
    event = measure_of(spec)
    complete = complete_cases(
        timed,
        keys=[ALLY],
        numbers=[event, START, STOP, *regressors(spec)],
        labels=[*labels, *spec.categories],
    )
    kept, notes = rows_of_varying_levels(complete, event, spec.categories)
    dummies = [category_dummies(kept[name]) for name in spec.categories]
    whole = pd.concat([kept, *dummies], axis=1)
    n_incomplete = len(timed) - len(complete)
    return _Ready(
        whole,
        [*(str(name) for part in dummies for name in part), *regressors(spec)],
        n_incomplete,
        counted("incomplete rows left out", n_incomplete)
        + notes
        + tuple(f"{name} against {reference_level(kept[name])}" for name in spec.categories),
    )
