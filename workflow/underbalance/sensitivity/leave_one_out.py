"""Each estimate again without each ally."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtr

from underbalance.errors import EstimationError
from underbalance.models.inference.wald import critical
from underbalance.models.model import Array, Linearised, Model
from underbalance.models.tidy import NOT_ESTIMATED, Fit

COLUMNS = [
    "term", "left_out", "estimate", "std_error", "ci_low", "ci_high", "p_value", "p_method",
    "df", "full_estimate", "full_std_error", "influence", "n_clusters", "note",
]  # fmt: skip
FEWEST = 3  # clusters: with one of two left, none tells the error
NO_TERM = f"{NOT_ESTIMATED}the other clusters do not identify the term"


def leave_one_out(fit: Fit, terms: Sequence[str], level: float = 0.95) -> pd.DataFrame:
    r"""Return the estimates of some terms without each cluster in turn.

    The estimate is that of the model fitted again without the cluster. Its covariance is the
    sandwich of the clusters left, with scores and information carried over from the full
    sample to first order, s_h − A_h(b_(g) − b): exact in a linear model without swept effects,
    and close elsewhere. The small-sample factor is that of the full fit with G−1 clusters in
    the place of G. Intervals and p-values: t(G−2), to first order; the scorecard's bootstrap is
    another test, so that only rows of this table can be compared with each other.

    Parameters
    ----------
    fit : an estimate with a model.
    terms : which of its terms.

    Returns
    -------
    One row per term and cluster, in that order, with :data:`COLUMNS`. ``influence`` is the
    change of the estimate in standard errors of the full sample, (b_(g) − b) / se. Where the
    rest cannot carry the model, or the term, numbers are empty and the note says so. A fit
    whose p-values are withheld has none here.

    Raises
    ------
    EstimationError : without a model, or with fewer than :data:`FEWEST` clusters.
    """
    model = _model_of(fit)
    if len(model.clusters) < FEWEST:
        few = f"too few clusters to leave one out: {len(model.clusters)} < {FEWEST}"
        raise EstimationError(few)
    full = model.linearised({})
    weights = 1.0 - np.eye(len(model.clusters))
    found = [
        row
        for g, cluster in enumerate(model.clusters)
        for row in _without(fit, model, full, weights[g], cluster, terms, level)
    ]
    rows = pd.DataFrame(found, columns=COLUMNS)
    return rows.sort_values("term", key=lambda t: t.map(list(terms).index), kind="stable")


def _model_of(fit: Fit) -> Model:
    if fit.model is None:
        raise EstimationError("this estimator cannot be estimated again without an ally")
    return fit.model


def _without(
    fit: Fit,
    model: Model,
    full: Linearised,
    weights: Array,
    cluster: str,
    terms: Sequence[str],
    level: float,
) -> list[dict[str, object]]:
    empty = dict.fromkeys(COLUMNS, np.nan)
    shared = {"left_out": cluster, "n_clusters": len(model.clusters) - 1}
    places = [model.terms.index(term) for term in terms]
    try:
        estimates = model.refit(weights)
        errors = _std_errors(fit, model, full, weights, estimates)
    except EstimationError as error:
        note = f"{NOT_ESTIMATED}{error}"
        return [_with_full(fit, empty | shared | {"term": t, "note": note}) for t in terms]
    return [
        _with_full(
            fit, empty | shared | _row(fit, term, float(estimates[j]), float(errors[j]), level)
        )
        for term, j in zip(terms, places, strict=True)
    ]


def _with_full(fit: Fit, row: dict[str, object]) -> dict[str, object]:
    term = str(row["term"])
    return row | {
        "full_estimate": float(fit.estimates[term]),
        "full_std_error": float(fit.std_errors[term]),
    }


def _std_errors(
    fit: Fit, model: Model, full: Linearised, weights: Array, estimates: Array
) -> Array:
    """Return first-order clustered standard errors without the clusters of weight zero, (k,)."""
    g = len(weights)
    # terms that only the cluster had are gone: their place is taken by zeros
    known = np.isfinite(estimates)
    moved = np.where(known, estimates - full.estimates, 0.0)
    kept = weights > 0
    scores = full.scores[kept] - full.information[kept] @ moved
    information = full.information[kept].sum(axis=0)[np.ix_(known, known)]
    half = scores[:, known] @ _inverse(information)
    factor = _small_sample_factor(fit, model, full) * (g - 1) / (g - 2) / (g / (g - 1))
    errors = np.full(len(estimates), np.nan)
    errors[known] = np.sqrt(factor * (half**2).sum(axis=0))
    return errors


def _small_sample_factor(fit: Fit, model: Model, full: Linearised) -> float:
    """Return what the estimator multiplies its sandwich with, such as G/(G−1) · (n−1)/(n−k)."""
    half = full.scores @ _inverse(full.information.sum(axis=0))
    plain = pd.Series((half**2).sum(axis=0), index=model.terms)[fit.terms]
    return float(np.median(np.diag(fit.covariance) / plain))


def _inverse(information: Array) -> Array:
    try:
        return np.asarray(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        raise EstimationError("the information of the other clusters is singular") from None


def _row(fit: Fit, term: str, estimate: float, error: float, level: float) -> dict[str, object]:
    if not (np.isfinite(estimate) and np.isfinite(error) and error > 0):
        return {"term": term, "note": NO_TERM}
    df = fit.df - 1
    reach = critical(df, level) * error
    row: dict[str, object] = {
        "term": term,
        "estimate": estimate,
        "std_error": error,
        "df": df,
        "influence": (estimate - fit.estimates[term]) / fit.std_errors[term],
        "note": fit.withheld,
    }
    if fit.withheld:
        return row
    return row | {
        "ci_low": estimate - reach,
        "ci_high": estimate + reach,
        "p_method": f"t({df:g}), first order",
        "p_value": float(2 * stdtr(df, -abs(estimate / error))),
    }
