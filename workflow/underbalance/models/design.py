"""From a specification to the frame that an estimator takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.config import MODELS_FILE, Group
from underbalance.errors import Fault, raise_if_any
from underbalance.extensions import raw_files
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.models.lagged import lagged_terms
from underbalance.models.terms import regressors
from underbalance.places import in_run
from underbalance.registry import RAW_FOLDER
from underbalance.samples import in_sample
from underbalance.specifications import Specification

ALLY_YEAR = "ally_year"


def design(
    spec_id: str,
    spec: Specification,
    tables: Tables,
    group: Group,
    members: frozenset[str],
    low_quantile: float = 0.5,
) -> pd.DataFrame:
    """Return the rows of the sample with outcome, regressors and keys of a specification.

    Parameters
    ----------
    tables : ``ally_year`` and those of :func:`underbalance.models.design.files_of`, by name.
    group, members : the sample and its allies; a row belongs to it by ``iso3`` and
        ``is_ally``, for cases that of the year in which their clock starts.
    low_quantile : of the reference sample; at or below it an obstacle is low.

    Returns
    -------
    iso3, year, the measure, the terms of :func:`underbalance.models.terms.regressors` (lagged
    ones as of the year before, per standard deviation), categories; of cases also ``spell``,
    the time at risk and how it ended. Logical variables are 0 and 1. Missing values are left
    for the estimator to count.

    Raises
    ------
    FaultsError : for each variable that the tables do not have.
    """
    data, yearly = all_rows()[spec.outcome].build(tables), tables[ALLY_YEAR]
    raise_if_any(_unknown(spec_id, spec, data, yearly))
    rows = data[_inside(spec, data, yearly, group, members)]
    rows = rows[_own_columns(spec)].merge(
        lagged_terms(yearly, spec, low_quantile), on=KEY, how="left", validate="many_to_one"
    )
    numeric = [measure_of(spec), *regressors(spec)]
    return rows.astype(dict.fromkeys(numeric, "float64"))


def measure_of(spec: Specification) -> str:
    """Return the dependent variable of a specification."""
    return spec.measure or all_rows()[spec.outcome].measure


def files_of(spec: Specification) -> tuple[str, ...]:
    """Return the paths of the tables that a specification needs beside ally_year.

    A facts table may be several files: the shipped one, and those of extensions in force.
    """
    paths = map(Path, all_rows()[spec.outcome].files)
    files = (raw_files(p.stem) if p.parent == RAW_FOLDER else [p] for p in paths)
    return tuple(in_run(path.as_posix()) for several in files for path in several)


def counts(
    spec: Specification, data: pd.DataFrame, group: Group, members: frozenset[str]
) -> pd.Series:
    """Say for each row whether it is of the sample and meets the conditions on its own columns."""
    inside = in_sample(data, group, members)
    for condition in spec.without:
        inside &= ~_holds(data, {condition: True})
    return (inside & _holds(data, spec.only)).astype(bool)


def _inside(
    spec: Specification,
    data: pd.DataFrame,
    yearly: pd.DataFrame,
    group: Group,
    members: frozenset[str],
) -> pd.Series:
    first, last = spec.years
    inside = counts(spec, data, group, members) & data["year"].between(first, last)
    inside &= (data["year"] - first) % spec.every == 0
    if spec.only_lagged:
        before = yearly.assign(year=yearly["year"] + 1)
        kept = pd.MultiIndex.from_frame(before.loc[_holds(before, spec.only_lagged), KEY])
        inside &= pd.MultiIndex.from_frame(data[KEY]).isin(kept)
    return inside.astype(bool)


def _holds(data: pd.DataFrame, conditions: Mapping[str, object]) -> pd.Series:
    """Say for each row whether every column has its value; a missing one has not."""
    holds = pd.Series(data=True, index=data.index)
    for name, value in conditions.items():
        holds &= (data[name] == value).astype("boolean").fillna(value=False).astype(bool)
    return holds


def _own_columns(spec: Specification) -> list[str]:
    rows = all_rows()[spec.outcome]
    keys = [*KEY, *(["spell"] if rows.interval else [])]
    times = [name for name in (rows.duration, rows.ending) if name]
    return list(dict.fromkeys([*keys, *times, measure_of(spec), *spec.controls, *spec.categories]))


def _unknown(
    spec_id: str, spec: Specification, data: pd.DataFrame, yearly: pd.DataFrame
) -> list[Fault]:
    own: Iterable[str] = (*_own_columns(spec), *spec.without, *spec.only)
    wanted = [(name, f"the rows of {spec.outcome}", data) for name in own]
    wanted += [(name, ALLY_YEAR, yearly) for name in (*spec.lagged, *spec.only_lagged)]
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
