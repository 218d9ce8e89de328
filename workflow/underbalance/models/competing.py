"""Competing risks: cause-specific hazards, and the subdistribution hazard of Fine and Gray."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models import cox
from underbalance.models.competing_weights import Cases, expanded
from underbalance.models.cox import CoxFit
from underbalance.models.curves_watch import check_watch, entry_times
from underbalance.models.rows import complete_cases, counted

EVENT, PIECE = "event of the cause", ("from", "to", "event of the cause", "weight")


def cause_specific(
    data: pd.DataFrame,
    regressors: Sequence[str],
    *,
    stop: str,
    status: str,
    cause: str,
    entry: str | None = None,
    strata: str | None = None,
    cluster: str = "iso3",
    ties: str = "efron",
    min_clusters: int = 10,
) -> CoxFit:
    """Estimate the hazard of one cause among those that have not ended by any.

    A Cox model (:func:`underbalance.models.cox.fit`) in which other causes censor. exp(b) says
    how fast the cause comes for those still open, and nothing on how many it reaches in
    the end, for which see :func:`fine_gray`. Standard errors are clustered, times
    G/(G−1); p-values from t(G−1).

    Parameters
    ----------
    data : one row per case, or more with entry for regressors that change.
    regressors : columns of numbers.
    stop, entry : end and start of the watch; entry 0 for all if None.
    status : column with the label of the cause, empty text where the row is censored.
    cause : the label to explain.
    strata : column; each stratum has its own baseline.

    Raises
    ------
    EstimationError : as :func:`underbalance.models.cox.fit`; for a cause that is not in
        ``status``, times below zero or an entry that is not before stop.
    """
    cases = _cases(data, regressors, stop, status, entry, strata, cluster)
    _check_cause(cases[status], cause)
    fit = cox.fit(
        cases.assign(**{EVENT: cases[status] == cause}),
        regressors,
        start=entry,
        stop=stop,
        event=EVENT,
        strata=strata,
        cluster=cluster,
        ties=ties,
        min_clusters=min_clusters,
        small_sample=True,
    )
    return _described(fit, data, cases, status, cause)


def fine_gray(
    data: pd.DataFrame,
    regressors: Sequence[str],
    *,
    stop: str,
    status: str,
    cause: str,
    entry: str | None = None,
    strata: str | None = None,
    cluster: str = "iso3",
    ties: str = "efron",
    min_clusters: int = 10,
) -> CoxFit:
    r"""Estimate the hazard of the subdistribution of one cause (Fine and Gray 1999).

    Pr(ended by the cause by t) = 1 − exp(−exp(b'x) L(t)): the sign of b is that of the effect
    on how many the cause reaches, and the size has no simple reading. Cases that
    ended by another cause stay at risk, weighted by how likely they would still be watched
    (:func:`underbalance.models.competing_weights.expanded`), in each stratum apart. It
    equals R's ``survival::finegray`` with ``coxph``, and with Breslow's ties and none
    between events and censorings ``cmprsk::crr``. The sandwich takes the weights as
    known, as in ``coxph``, and so do ``refit`` and ``linearised``; with G/(G−1).

    Parameters
    ----------
    data : one row per case. Regressors are as of its start: one that changes has no place
        here, as cases stay at risk after they ended.
    regressors, stop, entry, status, cause, strata : as :func:`cause_specific`.

    Returns
    -------
    CoxFit
        ``n`` counts cases; ``extra`` has ``n_pieces``, the rows that they were expanded to.

    Raises
    ------
    EstimationError : as :func:`cause_specific`; for more than one row with the same label.
    """
    cases = _cases(data, regressors, stop, status, entry, strata, cluster)
    _check_cause(cases[status], cause)
    groups = [cases] if strata is None else [own for _, own in cases.groupby(strata)]
    pieces = pd.concat([_pieces(own, stop, status, cause, entry) for own in groups])
    start, end, event, weight = PIECE
    kept = list(dict.fromkeys([*regressors, cluster, *([strata] if strata else [])]))
    fit = cox.fit(
        pieces.join(cases[kept], how="left", validate="many_to_one"),
        regressors,
        start=start,
        stop=end,
        event=event,
        strata=strata,
        cluster=cluster,
        weights=weight,
        ties=ties,
        min_clusters=min_clusters,
        small_sample=True,
    )
    fit = replace(fit, n=len(cases), extra=dict(fit.extra) | {"n_pieces": len(pieces)})
    return _described(fit, data, cases, status, cause)


def _cases(
    data: pd.DataFrame,
    regressors: Sequence[str],
    stop: str,
    status: str,
    entry: str | None,
    strata: str | None,
    cluster: str,
) -> pd.DataFrame:
    if not data.index.is_unique:
        raise EstimationError("labels of rows repeat: give the data an index of its own")
    keys = list(dict.fromkeys([cluster, *([strata] if strata else [])]))
    numbers = [stop, *([entry] if entry else []), *regressors]
    cases = complete_cases(data, keys=keys, numbers=numbers, labels=[status])
    check_watch(cases, stop, entry)
    return cases


def _check_cause(status: pd.Series[str], cause: str) -> None:
    if cause == "" or cause not in set(status):
        causes = ", ".join(sorted(set(status) - {""}))
        raise EstimationError(f"no row has the event '{cause}' of '{status.name}': {causes}")


def _pieces(
    cases: pd.DataFrame, stop: str, status: str, cause: str, entry: str | None
) -> pd.DataFrame:
    """Return the expanded cases of a stratum; none if the cause never happens in it."""
    event = cases[status].to_numpy() == cause
    return expanded(
        Cases(
            entry=entry_times(cases, entry),
            stop=cases[stop].to_numpy(),
            event=event,
            competing=~event & (cases[status].to_numpy() != ""),
            index=cases.index,
        )
    ).set_axis(list(PIECE), axis=1)


def _described(
    fit: CoxFit, data: pd.DataFrame, cases: pd.DataFrame, status: str, cause: str
) -> CoxFit:
    n_incomplete = len(data) - len(cases)
    others = int((~cases[status].isin([cause, ""])).sum())
    return replace(
        fit,
        outcome=cause,
        extra=dict(fit.extra) | {"n_incomplete": n_incomplete, "n_competing": others},
        notes=counted("incomplete rows left out", n_incomplete)
        + counted("cases that ended otherwise", others)
        + fit.notes,
    )
