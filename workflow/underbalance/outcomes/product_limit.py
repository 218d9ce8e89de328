"""The product-limit estimator of durations in whole years that are watched late."""

from __future__ import annotations

import pandas as pd

from underbalance.risk_sets import product_limit, risk_sets

HALF = 0.5
# products of shares that make one half may come out a little above it
ROUNDING = 1e-9


def median_duration(cases: pd.DataFrame) -> float:
    """Return the shortest duration by which half of the cases have ended; nan if none is.

    Parameters
    ----------
    cases : as for :func:`survival`.
    """
    curve = survival(cases)
    reached = curve.index[curve <= HALF + ROUNDING]
    return float(reached[0]) if len(reached) else float("nan")


def survival(cases: pd.DataFrame) -> pd.Series:
    """Return the share of cases that lasts longer than each duration at which some ended.

    The product over the durations u up to t of 1 - d(u) / n(u): d(u) cases ended at u, n(u)
    were at risk. Durations are counted in whole years, and a case can end in the year in
    which its watch begins: it is at risk at u when entry <= u <= duration. Once all cases
    at risk end together, the share is zero and stays so.

    Parameters
    ----------
    cases : columns duration (years to the end or to the last year watched), ended (false
        where the case is censored) and entry (years at the beginning of the watch; 0 where
        a case is watched from its start).

    Returns
    -------
    Indexed by the distinct durations of cases that ended, ascending; empty without any.
    Source: Kaplan and Meier 1958; with late entry Klein and Moeschberger 2003, section 4.6.
    """
    entry, duration = (cases[name].to_numpy(dtype="float64") for name in ("entry", "duration"))
    # at risk in the whole year of entry, that is from the year before on
    sets = risk_sets(entry - 1, duration, cases["ended"].to_numpy(dtype="bool"))
    left = product_limit(sets.at_risk.sum(axis=0), sets.ends[:, 0].sum(axis=0))
    return pd.Series(left, index=sets.times)
