"""Whether effects in a grouped duration model stay the same as time passes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtr

from underbalance.errors import EstimationError
from underbalance.models.glm import clustered_covariance, durations_of
from underbalance.models.rows import dependent_columns
from underbalance.models.scoring import NoMaximumError, maximise
from underbalance.models.tidy import Fit

GLOBAL = "all terms"


def ph_test(fit: Fit) -> pd.DataFrame:
    r"""Return tests of proportional hazards: regressors times the logarithm of the duration.

    The model is estimated with b'x + c'x (log(1 + t) − mean), t counted from the first
    duration in the data. Of each c there is the Wald test t(G−1) with clustered standard
    error, and of all q together F(q, G−1), the Wald statistic divided by q.

    Parameters
    ----------
    fit : of :func:`underbalance.models.grouped.fit` with a duration.

    Returns
    -------
    One row per regressor and a last one, ``all terms``, with term, estimate (change of the log
    hazard ratio per unit of log time), std_error, statistic, df, df_denominator and p_value
    (nan where the fit withholds p-values). The last has no estimate and no std_error.

    Raises
    ------
    EstimationError
        If the fit has no durations or no regressors, an interaction is collinear with other
        terms, the likelihood has no maximum, or there are not more clusters than regressors.
    """
    model, durations = durations_of(fit)
    names, g = model.terms[model.n_nuisance :], len(model.clusters)
    if not 0 < len(names) < g:
        raise EstimationError(f"{g} clusters cannot test {len(names)} regressors together")
    time = np.log1p(durations - durations.min())[model.baseline.periods]
    added = model.design[:, model.n_nuisance :] * (time - time.mean())[:, None]
    terms = [*model.terms, *(f"{name}_x_log_duration" for name in names)]
    design = np.hstack([model.design, added])
    collinear = dependent_columns(pd.DataFrame(design[:, 1:], columns=terms[1:]))
    if collinear:
        raise EstimationError(f"'{collinear[0]}' is collinear with the other terms")
    ones = np.ones(len(design))
    start = np.concatenate([model.estimates, np.zeros(len(names))])
    try:
        found = maximise(model.family, design, model.outcome, ones, model.offset, start)
    except NoMaximumError as error:
        raise EstimationError(f"{error} with {', '.join(terms[-len(names) :])}") from error
    wide = replace(model, design=design, terms=terms, estimates=found)
    covariance = clustered_covariance(wide).iloc[-len(names) :, -len(names) :].to_numpy()
    return _rows(names, found[-len(names) :], covariance, g, withheld=bool(fit.withheld))


def _rows(
    names: list[str], estimates: np.ndarray, covariance: np.ndarray, g: int, *, withheld: bool
) -> pd.DataFrame:
    q, errors = len(names), np.sqrt(np.diag(covariance))
    ratio = estimates / errors
    joint = float(estimates @ np.linalg.solve(covariance, estimates)) / q
    rows = pd.DataFrame(
        {
            "term": [*names, GLOBAL],
            "estimate": [*estimates, np.nan],
            "std_error": [*errors, np.nan],
            "statistic": [*ratio, joint],
            "df": [*[1] * q, q],
            "df_denominator": g - 1,
            "p_value": [*(2 * stdtr(g - 1, -np.abs(ratio))), fdtrc(q, g - 1, joint)],
        }
    )
    return rows.assign(p_value=np.nan) if withheld else rows
