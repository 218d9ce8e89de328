"""How strong an omitted variable would have to be, for each kind of model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from underbalance.errors import EstimationError
from underbalance.models.tidy import Fit
from underbalance.sensitivity.robustness_value import (
    benchmark,
    clustered_robustness_value,
    conventional_error,
    e_value,
    partial_r2,
    residual_df,
    robustness_value,
)

COLUMNS = [
    "measure", "estimate", "std_error", "df", "partial_r2", "rv", "rv_alpha", "rival",
    "rival_r2_obstacle", "rival_r2_outcome", "adjusted_estimate", "adjusted_std_error",
    "e_value", "e_value_limit", "n", "n_events", "n_clusters", "note",
]  # fmt: skip
NO_MEASURE = (
    "no measure: omitted-variable bounds are known for means (Cinelli and Hazlett 2020) and risk "
    "ratios (VanderWeele and Ding 2017), not for a log variance"
)


def strength(
    fit: Fit, term: str, estimator: str, rivals: Sequence[str], alpha: float
) -> dict[str, object]:
    """Return the measure of robustness that there is for an estimator, with :data:`COLUMNS`.

    Panels: partial R², robustness values for the estimate (``rv``) and its significance at
    alpha (``rv_alpha``, clustered errors), and what an omitted variable as strong as the
    strongest rival would leave. Hazards: the E-value, and that of the limit of the interval
    which is nearer to no effect (1 where the interval holds it). Variances: none.
    """
    row: dict[str, object] = {
        "estimate": float(fit.estimates[term]),
        "std_error": float(fit.std_errors[term]),
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": fit.withheld,
    }
    match estimator:
        case "panel":
            return row | _linear(fit, term, rivals, alpha)
        case "grouped" | "cox" | "cox_breslow" | "cause_specific":
            return row | _hazard(fit, term, alpha)
    return row | {"measure": "none", "note": NO_MEASURE}


def _linear(fit: Fit, term: str, rivals: Sequence[str], alpha: float) -> dict[str, object]:
    t, dof = fit.estimates[term] / conventional_error(fit, term), residual_df(fit)
    row: dict[str, object] = {
        "measure": "robustness value",
        "df": dof,
        "partial_r2": partial_r2(t, dof),
        "rv": robustness_value(t, dof),
        "rv_alpha": np.nan if fit.withheld else clustered_robustness_value(fit, term, alpha),
    }
    try:
        bound = benchmark(fit, term, rivals)
    except EstimationError as error:
        return row | {"note": f"no benchmark: {error}"}
    return row | {
        "rival": bound.rival,
        "rival_r2_obstacle": bound.r2_obstacle,
        "rival_r2_outcome": bound.r2_outcome,
        "adjusted_estimate": bound.estimate,
        "adjusted_std_error": bound.std_error,
    }


def _hazard(fit: Fit, term: str, alpha: float) -> dict[str, object]:
    from scipy.special import stdtrit

    estimate = float(fit.estimates[term])
    reach = float(stdtrit(fit.df, 1 - alpha / 2)) * float(fit.std_errors[term])
    limit = max(abs(estimate) - reach, 0.0)
    return {
        "measure": "E-value",
        "e_value": e_value(estimate),
        "e_value_limit": np.nan if fit.withheld else e_value(limit),
    }
