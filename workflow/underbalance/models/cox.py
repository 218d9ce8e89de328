"""Cox proportional hazards for start–stop data, equal to R's ``survival::coxph``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models import (
    cox_baseline,
    cox_durations,
    cox_ph_test,
    cox_residuals,
    cox_zero_tests,
)
from underbalance.models.cox_likelihood import Point, at, problem
from underbalance.models.cox_model import CoxModel
from underbalance.models.cox_rows import checked_rows
from underbalance.models.model import Array
from underbalance.models.rows import check_clustered
from underbalance.models.tidy import USUAL_LEVEL, Fit, tidy, too_few_clusters


def fit(
    data: pd.DataFrame,
    formula: str | Sequence[str],
    start: str | None = "start",
    stop: str = "stop",
    event: str = "event",
    strata: str | Sequence[str] | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    ties: str = "efron",
    min_clusters: int = 10,
    *,
    offset: str | None = None,
    small_sample: bool = False,
) -> CoxFit:
    r"""Estimate the hazard h_s(t | x) = h_s0(t) exp(b'x), each stratum s with its own h_s0.

    A row is at risk in (start, stop]: who enters at t is not at risk at t (Andersen and Gill
    1982). Times equal but for rounding are tied. Case weights multiply a row's terms of the
    partial likelihood and its score residual, as in ``coxph``.

    Standard errors: with ``cluster`` the sandwich of Lin and Wei (1989), score residuals summed
    by cluster, which is R's ``coxph(cluster = )`` to the last digits; with ``small_sample``
    times G/(G−1), as the other estimators of this project have it. P-values: t(G−1). Without
    clusters the inverse information, or, when a weight is not a whole number, the sandwich
    with every row a cluster (R's default too); normal p-values.

    Parameters
    ----------
    data : one row per interval at risk; missing values allowed in numbers, not in keys.
    formula : columns of numbers, ``"x1 + x2"`` or a sequence; coefficients are log hazard
        ratios in their units. Categories enter as columns of dummies.
    start : column of entry times; None if all enter at 0.
    stop, event : end of the interval, and 1 if the event happens there, else 0.
    strata, cluster, weights, offset : columns, if any.
    ties : ``"efron"`` or ``"breslow"``.
    min_clusters : with fewer clusters than this, p-values and intervals are withheld.
    small_sample : whether the standard errors shown count G/(G−1). ``cov`` never does.

    Raises
    ------
    EstimationError
        See :func:`underbalance.models.cox_rows.checked_rows`; and if a covariate is constant or
        collinear within the risk sets, has no finite coefficient (monotone likelihood), the
        maximum is not found, or a clustered standard error is zero.
    """
    rows = checked_rows(
        data,
        _columns(formula),
        start=start,
        stop=stop,
        event=event,
        strata=[strata] if isinstance(strata, str) else list(strata or []),
        cluster=cluster,
        weights=weights,
        offset=offset,
    )
    model = CoxModel(problem(rows, ties), np.zeros(len(rows.terms)))
    whole = bool((rows.weight % 1 == 0).all())
    covariance, se_type = _covariance(model.point, cluster, whole, small_sample)
    g = len(rows.clusters)
    factor = g / (g - 1) if cluster and small_sample else 1.0
    return CoxFit(
        estimates=pd.Series(model.point.estimates, index=rows.terms),
        covariance=pd.DataFrame(covariance, rows.terms, rows.terms),
        se_type=se_type,
        df=g - 1 if cluster else np.inf,
        p_method=f"t({g - 1})" if cluster else "normal",
        n=len(rows.event),
        n_clusters=g if cluster else None,
        n_events=int(rows.event.sum()),
        ties=ties,
        loglik=model.point.loglik,
        extra={
            "n_incomplete": rows.n_incomplete,
            "n_parameters": len(rows.terms),
            "cluster_factor": factor,
        },
        notes=rows.notes,
        withheld=too_few_clusters(g, min_clusters) if cluster else "",
        model=model if cluster else None,
        cox=model,
        outcome=event,
        factor=factor,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class CoxFit(Fit):
    """An estimated Cox model: a :class:`Fit` that also knows its risk sets.

    ``cov`` is the covariance as R has it, ``covariance`` the same times ``factor``.

    Parameters
    ----------
    cox : the model.
    outcome : name of the event.
    factor : G/(G−1) if it was asked for, else 1.
    """

    cox: CoxModel
    outcome: str
    factor: float

    def tidy(
        self,
        *,
        spec_id: str = "cox",
        outcome: str = "",
        hypothesis: str = "",
        sample: str = "all rows",
        data_sha: str = "",
        note: str = "",
        level: float = USUAL_LEVEL,
    ) -> pd.DataFrame:
        """Return the tidy result (see :func:`underbalance.models.tidy.tidy`)."""
        return tidy(
            self,
            spec_id=spec_id,
            outcome=outcome or self.outcome,
            hypothesis=hypothesis,
            sample=sample,
            data_sha=data_sha or self._sha(),
            note=note,
            level=level,
        )

    @property
    def point(self) -> Point:
        """The partial likelihood at its maximum."""
        return self.cox.point

    @property
    def cov(self) -> pd.DataFrame:
        """Covariance as R's ``vcov(coxph())``: robust if clustered, without G/(G−1)."""
        return pd.DataFrame(self.covariance / self.factor)

    @property
    def naive_cov(self) -> pd.DataFrame:
        """Inverse of the information, R's ``naive.var``."""
        return pd.DataFrame(self.point.inverse_information, self.terms, self.terms)

    @cached_property
    def null(self) -> Point:
        """The partial likelihood where all coefficients are zero."""
        return at(self.point.problem, np.zeros(len(self.terms)))

    @property
    def loglik_null(self) -> float:
        """Log partial likelihood where all coefficients are zero."""
        return self.null.loglik

    @cached_property
    def tests(self) -> pd.DataFrame:
        """Tests that all coefficients are zero, as ``summary(coxph())`` prints them.

        Rows likelihood_ratio, wald (with ``cov``), score and robust_score (scores by cluster,
        or by row); columns statistic (chi-squared), df, p_value.
        """
        return cox_zero_tests.zero_tests(self.point, self.null, self.cov.to_numpy())

    @property
    def score_test(self) -> pd.Series[float]:
        """Score (log-rank) test that all coefficients are zero: statistic, df, p_value."""
        return pd.Series(self.tests.loc["score"])

    def baseline(self, values: Mapping[str, float] | None = None) -> pd.DataFrame:
        """Return hazards by stratum (:func:`underbalance.models.cox_baseline.baseline`)."""
        return cox_baseline.baseline(self.point, values)

    def ph_test(self, transform: str = "km", version: str = "score") -> pd.DataFrame:
        """Test proportional hazards (:func:`underbalance.models.cox_ph_test.ph_test`)."""
        return cox_ph_test.ph_test(self.point, self.cov.to_numpy(), transform, version)

    def residuals(self, kind: str = "martingale") -> pd.DataFrame:
        """Return residuals (:func:`underbalance.models.cox_residuals.residuals`)."""
        return cox_residuals.residuals(self.point, kind)

    def duration_effect(self, term: str, **choices: Any) -> pd.DataFrame:
        """Return the effect of a term in units of time.

        See :func:`underbalance.models.cox_durations.duration_effect`.
        """
        return cox_durations.duration_effect(self.cox, term, **choices)

    def _sha(self) -> str:
        """Return the SHA-256 of the numbers that the model was estimated from."""
        rows = self.point.problem.rows
        digest = hashlib.sha256()
        for values in (rows.x, rows.start, rows.stop, rows.event, rows.weight, rows.offset):
            digest.update(np.ascontiguousarray(values).tobytes())
        digest.update(np.column_stack([rows.stratum, rows.cluster]).astype("<i8").tobytes())
        return digest.hexdigest()


def _columns(formula: str | Sequence[str]) -> list[str]:
    parts = formula.split("+") if isinstance(formula, str) else list(formula)
    columns = [part.strip() for part in parts]
    if "" in columns:
        raise EstimationError(f"the formula is not columns joined by '+': '{formula}'")
    return columns


def _covariance(
    point: Point, cluster: str | None, whole: bool, small_sample: bool
) -> tuple[Array, str]:
    """Return the covariance, shape (k, k), and its name."""
    naive = point.inverse_information
    if not cluster and whole:
        return naive, "inverse information"
    half = point.cluster_scores() @ naive
    robust = half.T @ half
    if not cluster:
        return robust, "robust (dfbeta sandwich over rows)"
    g = len(half)
    terms = point.problem.rows.terms
    check_clustered(pd.DataFrame(robust, terms, terms), pd.DataFrame(naive, terms, terms), g)
    if small_sample:
        return robust * g / (g - 1), f"clustered by {cluster} (dfbeta sandwich, G/(G−1))"
    return robust, f"clustered by {cluster} (dfbeta sandwich, no small-sample factor)"
