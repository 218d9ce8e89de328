"""The result of a model with standard errors clustered as CRV1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from underbalance.models.model import Model
from underbalance.models.rows import check_clustered
from underbalance.models.tidy import Fit, too_few_clusters


def clustered_fit(
    model: Model,
    terms: Sequence[str],
    *,
    n: int,
    n_parameters: int,
    loglik: float,
    cluster: str,
    min_clusters: int,
    extra: Mapping[str, float],
    notes: tuple[str, ...],
) -> Fit:
    """Return the named terms with the sandwich CRV1 and t(G−1).

    The sandwich of scores and information is multiplied by G/(G−1) · (n−1)/(n−k), which is
    ``extra["cluster_factor"]``.

    Parameters
    ----------
    n, n_parameters : rows and k, every coefficient, those swept out too.
    """
    g = len(model.clusters)
    factor = g / (g - 1) * (n - 1) / (n - n_parameters)
    at = model.linearised({})
    shown = list(terms)
    return Fit(
        estimates=pd.Series(at.estimates, index=model.terms)[shown],
        covariance=clustered_covariance(model, factor).loc[shown, shown],
        se_type=f"clustered by {cluster} (CRV1)",
        df=g - 1,
        p_method=f"t({g - 1})",
        n=n,
        n_clusters=g,
        loglik=loglik,
        extra={**extra, "n_parameters": n_parameters, "cluster_factor": factor},
        notes=notes,
        withheld=too_few_clusters(g, min_clusters),
        model=model,
    )


def clustered_covariance(model: Model, factor: float) -> pd.DataFrame:
    """Return the factor times A⁻¹ Σ s_g s_g' A⁻¹ of all terms.

    Raises
    ------
    EstimationError : for a standard error that is zero, as the scores of the clusters cancel.
    """
    at = model.linearised({})
    bread = np.linalg.inv(at.information.sum(axis=0))
    half = at.scores @ bread
    covariance = pd.DataFrame(factor * half.T @ half, index=model.terms, columns=model.terms)
    conventional = pd.DataFrame(bread, index=model.terms, columns=model.terms)
    check_clustered(covariance, conventional, len(model.clusters))
    return covariance
