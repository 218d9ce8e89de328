"""Two-way fixed effects with standard errors for dependence across allies and over time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models import panel
from underbalance.models.tidy import Fit, too_few_clusters

FEWEST_PERIODS = 10


def fit(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "iso3",
    time: str = "year",
    cluster: str = "iso3",
    lags: int | None = None,
    min_clusters: int = FEWEST_PERIODS,
) -> Fit:
    r"""Estimate two-way fixed effects with the errors of Driscoll and Kraay (1998).

    The model is that of :func:`underbalance.models.panel.fit`. The covariance adds the scores
    of a period over entities and takes Newey and West's (1987) sum of these with Bartlett
    weights 1 − l/(L+1), times n/(n−k) with k slopes and all dummies. It allows any dependence
    across entities within L periods, where the cluster sandwich allows any over time within
    entities; it rests on the number of periods, and p-values are from t(T−1). It is R's
    ``sandwich::vcovPL(lm(y ~ x + factor(entity) + factor(time)), entity, time, lag = L,
    aggregate = TRUE)``, and ``plm::vcovSCC(type = "HC0", maxlag = L)`` times n/(n−k).

    Parameters
    ----------
    data, outcome, regressors, entity, time, cluster : as in :func:`panel.fit`.
    lags : L; by default the whole part of T^(1/4), as in ``plm::vcovSCC``.
    min_clusters : with fewer periods than this, p-values and intervals are withheld.

    Returns
    -------
    Fit
        As of :func:`panel.fit` with ``lags`` in ``extra``. Its model has allies as clusters, so
        that a bootstrap of it is one of allies, not of periods.

    Raises
    ------
    EstimationError
        As :func:`panel.fit`, and for lags that are negative or not below the number of periods.
    """
    base = panel.fit(data, outcome, regressors, entity=entity, time=time, cluster=cluster)
    if base.model is None:
        raise EstimationError("the panel has no model")
    rows = data.loc[base.model.index]
    n_periods = int(base.extra["n_periods"])
    lags = int(n_periods**0.25) if lags is None else lags
    if not 0 <= lags < n_periods:
        raise EstimationError(f"lags must be 0 to {n_periods - 1} for {n_periods} periods: {lags}")
    too_few = too_few_clusters(n_periods, min_clusters)
    k = base.extra["n_parameters"]
    covariance = _covariance(rows, outcome, regressors, (entity, time), lags)
    return Fit(
        estimates=base.estimates,
        covariance=covariance * base.n / (base.n - k),
        se_type=f"Driscoll–Kraay (Bartlett, {lags} lags)",
        df=n_periods - 1,
        p_method=f"t({n_periods - 1})",
        n=base.n,
        n_clusters=base.n_clusters,
        loglik=base.loglik,
        extra={**base.extra, "lags": lags},
        notes=base.notes,
        withheld=f"{too_few} (periods)" if too_few else "",
        model=base.model,
    )


def _covariance(
    rows: pd.DataFrame, outcome: str, regressors: Sequence[str], keys: tuple[str, str], lags: int
) -> pd.DataFrame:
    """Return linearmodels' covariance with nothing counted."""
    from linearmodels.panel import PanelOLS

    codes = [rows[key].astype("category").cat.codes for key in keys]
    frame = (
        rows[[outcome, *regressors]].astype("float64").set_index(pd.MultiIndex.from_arrays(codes))
    )
    model = PanelOLS(
        frame[outcome], frame[list(regressors)], entity_effects=True, time_effects=True
    )
    # The default bandwidth is not R's, and connectedness is taken for granted when dummies are
    # counted: both are settled by the caller.
    return model.fit(
        cov_type="kernel",
        kernel="bartlett",
        bandwidth=lags,
        debiased=False,
        auto_df=False,
        count_effects=False,
    ).cov
