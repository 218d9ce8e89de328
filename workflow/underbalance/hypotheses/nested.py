"""Nested models: what the obstacles add to the rivals, and the rivals to the obstacles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.stats import chi2, f

from underbalance.errors import EstimationError
from underbalance.hypotheses.held_out import Scores
from underbalance.hypotheses.smaller import Likelihood, likelihood
from underbalance.models.tidy import Fit

OBSTACLES: Final = "obstacles given rivals"
RIVALS: Final = "rivals given obstacles"
SINGULAR: Final = 1e-10  # reciprocal condition of the covariance of the terms, scaled


def comparison(full: Fit, without: Likelihood, terms: Sequence[str]) -> dict[str, Any]:
    """Return what some terms add to a model of the same rows.

    Twice the difference of the log-likelihoods with its χ² p-value, which takes all rows for
    independent; the two criteria of Akaike (1974); and the joint Wald test from the covariance by
    clusters, W/q against F(q, G − 1), which does not.

    Raises
    ------
    EstimationError : if the two have other rows or no log-likelihood.
    """
    if full.n != without.n:
        raise EstimationError(f"nested models of {full.n} and {without.n} rows")
    loglik = likelihood(full).loglik
    ratio = max(2 * (loglik - without.loglik), 0.0)
    q = len(terms)
    return {
        "terms": " ".join(terms),
        "loglik_without": without.loglik,
        "loglik_with": loglik,
        "lr": ratio,
        "lr_df": q,
        "lr_p": float(chi2.sf(ratio, q)),
        "aic_without": 2 * (full.extra["n_parameters"] - q - without.loglik),
        "aic_with": 2 * (full.extra["n_parameters"] - loglik),
        **joint_wald(full, terms),
        "n": full.n,
        "n_events": full.n_events,
        "n_clusters": full.n_clusters,
    }


def joint_wald(fit: Fit, terms: Sequence[str]) -> dict[str, float]:
    """Return the joint Wald test of terms by clusters: F, its degrees of freedom and p.

    All are nan where p-values are withheld, or where the clusters are too few for the terms.
    """
    q, clusters = len(terms), fit.n_clusters or 0
    empty = {"wald_f": np.nan, "wald_df": float(q), "wald_p": np.nan}
    if fit.withheld or clusters <= q:
        return empty
    covariance = fit.covariance.loc[list(terms), list(terms)].to_numpy()
    size = np.sqrt(np.diag(covariance))
    scaled = covariance / np.outer(size, size)
    if np.linalg.eigvalsh(scaled)[0] < SINGULAR:
        return empty
    standard = fit.estimates[list(terms)].to_numpy() / size
    statistic = float(standard @ np.linalg.solve(scaled, standard)) / q
    return empty | {"wald_f": statistic, "wald_p": float(f.sf(statistic, q, clusters - 1))}


def prediction(full: Scores, without: Scores) -> dict[str, Any]:
    """Return the scores of two models on the rows of allies that were left out of both."""
    both = full.by_row.notna() & without.by_row.notna()
    means = [
        float(scores.by_row[both].mean()) if both.any() else np.nan for scores in (without, full)
    ]
    better = means[1] > means[0] if full.higher_is_better else means[1] < means[0]
    return {
        "score": full.name,
        "score_without": means[0],
        "score_with": means[1],
        "predicts_better": "" if not both.any() else "yes" if better else "no",
        "n_predicted": int(both.sum()),
    }
