"""Obstacles and rivals as models take them: of the year before, per standard deviation."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.coding.cuts import are_above
from underbalance.coding.typology import cut_point
from underbalance.errors import EstimationError
from underbalance.models.terms import lag_name
from underbalance.specifications import LOW_LOW, Specification, product_name


def lagged_terms(ally_year: pd.DataFrame, spec: Specification, quantile: float) -> pd.DataFrame:
    """Return the lagged terms of a specification by ally and the year after.

    Parameters
    ----------
    ally_year : with ``in_reference``, the rows on which means, standard deviations and the
        cut are taken.
    quantile : at or below this quantile of the reference rows an obstacle is low.

    Returns
    -------
    iso3, year (one after that of the values), then ``<variable>_lag1`` minus its mean and per
    standard deviation (n − 1), products of such, and ``low_low_lag1``: 1 where every obstacle is
    low, 0 where one is not, missing where one is missing.

    Raises
    ------
    EstimationError : for a variable that is unknown or constant in the reference rows.
    """
    inside = ally_year["in_reference"].astype(bool)
    columns = {name: _standardised(ally_year[name], inside) for name in spec.lagged}
    columns |= {product_name(a, b): columns[a] * columns[b] for a, b in spec.products}
    if spec.low_low:
        columns[LOW_LOW] = _all_low(ally_year, spec.obstacles, inside, quantile)
    named = {lag_name(name): values for name, values in columns.items()}
    return ally_year[KEY].assign(year=ally_year["year"] + 1, **named)


def _standardised(values: pd.Series, inside: pd.Series) -> pd.Series:
    numbers = values.astype("float64")
    known = numbers[inside].dropna()
    spread = float(known.std()) if len(known) > 1 else 0.0
    if not spread > 0:
        raise EstimationError(f"'{values.name}' is unknown or constant in the reference sample")
    return (numbers - known.mean()) / spread


def _all_low(
    ally_year: pd.DataFrame, names: Iterable[str], inside: pd.Series, quantile: float
) -> pd.Series:
    obstacles = ally_year[list(names)].astype("float64")
    high = obstacles.apply(lambda values: are_above(values, cut_point(values, inside, quantile)))
    low = (~high.any(axis=1)).astype("float64")
    return low.where(obstacles.notna().all(axis=1))
