"""Effects of unlike models in one unit: standard deviations of the disturbance."""

from __future__ import annotations

import math
from typing import Final

from underbalance.errors import EstimationError
from underbalance.models.tidy import Fit

# SD of the log of the waiting time in proportional hazards with hazard 1 (Gumbel), and of the
# log of a squared standard normal (log chi-squared with one degree of freedom)
GUMBEL_SD: Final = math.pi / math.sqrt(6)
LOG_CHI2_SD: Final = math.pi / math.sqrt(2)
# a higher hazard is faster; more of what the other models explain is less steady
WORSE: Final[dict[str, int]] = {
    **dict.fromkeys(("panel", "driscoll_kraay", "variance", "variance_pooled"), 1),
    **dict.fromkeys(("grouped", "cox", "cox_breslow", "cause_specific"), -1),
}
# of estimators whose disturbance has a spread that the model fixes
SPREAD: Final[dict[str, float]] = {
    **dict.fromkeys(("grouped", "cox", "cox_breslow", "cause_specific"), GUMBEL_SD),
    **dict.fromkeys(("variance", "variance_pooled"), LOG_CHI2_SD),
}


def standardiser(estimator: str, fit: Fit) -> float:
    r"""Return the factor that turns a coefficient into a standardised effect.

    The effect is the coefficient over the standard deviation of the model's own disturbance,
    with the sign that makes positive worse: less steady or slower. The disturbance is the
    residual of a panel model, σ² = RSS / (n − k) with all effects in k; the Gumbel variate of
    log time in proportional hazards, π/√6; log χ²₁ in the log of a squared normal
    disturbance, π/√2.

    Raises
    ------
    EstimationError : for an estimator that has no such scale.
    """
    if estimator not in WORSE:
        raise EstimationError(f"no disturbance of known spread in the estimator '{estimator}'")
    return WORSE[estimator] / (SPREAD[estimator] if estimator in SPREAD else residual_sd(fit))


def residual_sd(fit: Fit) -> float:
    """Return the SD of the residuals of a least-squares fit, from its normal log-likelihood.

    Raises
    ------
    EstimationError : without a log-likelihood or without degrees of freedom.
    """
    if fit.loglik is None or "n_parameters" not in fit.extra:
        raise EstimationError("no log-likelihood of a regression")
    mean_square = math.exp(-2 * fit.loglik / fit.n - 1 - math.log(2 * math.pi))
    left = fit.n - fit.extra["n_parameters"]
    if left <= 0:
        raise EstimationError(f"{fit.n} rows for {fit.extra['n_parameters']:g} parameters")
    return math.sqrt(mean_square * fit.n / left)
