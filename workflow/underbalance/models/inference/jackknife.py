"""The cluster jackknife (CRV3)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.inference.one_step import model_of
from underbalance.models.inference.result import Inference
from underbalance.models.inference.wald import student
from underbalance.models.model import Model
from underbalance.models.tidy import Fit

SHOWN = 3


def cluster_jackknife(
    fit: Fit, term: str, *, left_out: pd.DataFrame | None = None, level: float = 0.95
) -> Inference:
    r"""Return the test and interval with the jackknife's standard error and t(G−1).

    .. math:: V = \frac{G-1}{G} \sum_g (\hat b_{-g} - \hat b)(\hat b_{-g} - \hat b)'

    (Bell and McCaffrey 2002; MacKinnon, Nielsen and Webb 2023), every b₋g a full estimate
    without cluster g.

    Parameters
    ----------
    left_out : what :func:`leave_one_out` returns, so that several terms share it.

    Raises
    ------
    EstimationError
        If the term is not identified without one of the clusters: there is then no jackknife,
        and to go on with the others would hide the cluster that matters most.
    """
    left_out = leave_one_out(model_of(fit)) if left_out is None else left_out
    estimates = left_out[term]
    lost = [str(cluster) for cluster in estimates.index[estimates.isna()]]
    if lost:
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        raise EstimationError(f"not identified without {', '.join(lost[:SHOWN])}{more}")
    g = len(estimates)
    estimate = float(fit.estimates[term])
    variance = (g - 1) / g * float(((estimates - estimate) ** 2).sum())
    if not variance > 0:
        raise EstimationError("the estimate is the same without any of the clusters")
    return student(estimate, variance**0.5, g - 1, level=level)


def leave_one_out(model: Model) -> pd.DataFrame:
    """Return the estimates without each cluster: clusters by terms, nan if not identified."""
    rows = [_without(model, number) for number in range(len(model.clusters))]
    return pd.DataFrame(rows, index=model.clusters, columns=model.terms)


def _without(model: Model, number: int) -> np.ndarray:
    weights = np.ones(len(model.clusters))
    weights[number] = 0
    try:
        return model.refit(weights)
    except EstimationError:
        return np.full(len(model.terms), np.nan)
