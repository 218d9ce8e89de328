"""From a specification to the frame that an estimator takes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from underbalance.config import MODELS_FILE, Group, Specification
from underbalance.errors import Fault, raise_if_any
from underbalance.samples import in_sample

LAG = "_lag1"


def design(
    spec_id: str,
    spec: Specification,
    tables: dict[str, pd.DataFrame],
    group: Group,
    members: frozenset[str],
) -> pd.DataFrame:
    """Return the rows of the sample with outcome, regressors and keys of a specification.

    Parameters
    ----------
    tables : ``ally_year`` and, when the specification needs it, ``deal_spells``.
    group, members : the sample and its allies; a row belongs to it by ``iso3`` and
        ``is_ally`` (for deals, as of the order year). Rows for which one of
        ``spec.without`` is true are left out.

    Returns
    -------
    iso3, year, outcome, <variable>_lag1 for each lagged variable (its value in the year
    before), controls, categories and duration. Logical variables are 0 and 1. Missing
    values are left for the estimator to count.

    Raises
    ------
    FaultsError : for each variable that the tables do not have.
    """
    data, yearly = tables[spec.data], tables["ally_year"]
    raise_if_any(_unknown(spec_id, spec, data, yearly))
    inside = in_sample(data, group, members) & data["year"].between(*spec.years)
    for condition in spec.without:
        inside &= ~data[condition].astype(bool)
    lagged = yearly[["iso3", "year", *spec.lagged]].rename(columns=lag_name)
    lagged = lagged.rename(columns={f"year{LAG}": "year", f"iso3{LAG}": "iso3"})
    lagged = lagged.assign(year=lagged["year"] + 1)
    own = [*_own_columns(spec)]
    rows = data.loc[inside, list(dict.fromkeys(["iso3", "year", *own]))].merge(
        lagged, on=["iso3", "year"], how="left", validate="many_to_one"
    )
    numeric = [spec.outcome, *regressors(spec)]
    return rows.astype(dict.fromkeys(numeric, "float64"))


def lag_name(variable: str) -> str:
    """Return the name of a variable as of the year before."""
    return f"{variable}{LAG}"


def regressors(spec: Specification) -> list[str]:
    """Return the numeric terms of a specification in model order."""
    return [*(lag_name(v) for v in spec.lagged), *spec.controls]


def _own_columns(spec: Specification) -> Iterable[str]:
    yield spec.outcome
    yield from spec.controls
    yield from spec.categories
    if spec.duration:
        yield spec.duration


def _unknown(
    spec_id: str, spec: Specification, data: pd.DataFrame, yearly: pd.DataFrame
) -> list[Fault]:
    wanted = [(name, spec.data, data) for name in _own_columns(spec)]
    wanted += [(name, "ally_year", yearly) for name in spec.lagged]
    wanted += [(name, spec.data, data) for name in spec.without]
    return [
        Fault(
            MODELS_FILE.as_posix(),
            f"specification {spec_id}",
            "every variable must be a column of its table",
            name,
            f"a column of {table}: {', '.join(frame.columns)}",
            "correct the name; config/codebook.csv lists all variables",
        )
        for name, table, frame in wanted
        if name not in frame
    ]
