"""What every estimator asks of its rows, columns and clusters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError

ABSORBED = 1e-9  # share of a column's spread below which what is left of it is rounding
SORTED_FIRST = 4  # columns that order most rows; sorting by all of them is slow
ZERO_SE = 1e-6  # share of the conventional standard error below which a clustered one is zero


def complete_cases(
    data: pd.DataFrame, *, keys: Sequence[str], numbers: Sequence[str], labels: Sequence[str] = ()
) -> pd.DataFrame:
    """Return rows with all of ``numbers`` (as floats) and ``labels``, in the order of the keys.

    They keep the labels of their index.

    Raises
    ------
    EstimationError
        If a column is absent, named twice or empty, a number is infinite or text, a key is
        missing, or no row is complete.
    """
    wanted = [*keys, *numbers, *labels]
    for column in wanted:
        if column not in data.columns:
            raise EstimationError(f"no column '{column}' in the data")
        if wanted.count(column) > 1:
            raise EstimationError(f"'{column}' is used twice in the model")
    if data.empty:
        raise EstimationError("no rows in the data")
    for column in [*numbers, *labels]:
        if data[column].isna().all():
            raise EstimationError(f"'{column}' is missing in all {len(data)} rows")
    for column in keys:
        if data[column].isna().any():
            raise EstimationError(f"'{column}' is missing in {data[column].isna().sum()} rows")
    rows = data[wanted].dropna()
    if rows.empty:
        missing = ", ".join(f"{name} {data[name].isna().sum()}" for name in [*numbers, *labels])
        raise EstimationError(f"none of {len(data)} rows is complete; missing are: {missing}")
    for column in numbers:
        if not pd.api.types.is_numeric_dtype(rows[column]):
            raise EstimationError(f"'{column}' is not a number but {rows[column].dtype}")
        if np.isinf(rows[column].astype("float64")).any():
            raise EstimationError(f"'{column}' is infinite in some rows")
    kinds = dict.fromkeys(numbers, "float64") | dict.fromkeys(labels, "str")
    return _in_order_of_every_column(rows.astype(kinds))


def _in_order_of_every_column(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows sorted, so that the order in which they were given changes no digit."""
    columns = list(rows.columns)
    first = columns[:SORTED_FIRST]
    ordered = rows.sort_values(first, kind="stable")
    tied = np.flatnonzero(ordered.duplicated(first, keep=False))
    if not len(tied):
        return ordered
    # Ties of the first columns stay where they are, in the order of all columns.
    places = np.arange(len(ordered))
    again = ordered.iloc[tied].reset_index(drop=True).sort_values(columns, kind="stable")
    places[tied] = tied[again.index]
    return ordered.iloc[places]


def count_clusters(clusters: pd.Series[str]) -> int:
    """Return the number of clusters; raise EstimationError if there is but one."""
    found = int(clusters.nunique())
    if found < 2:
        raise EstimationError(
            f"one cluster only ({clusters.name} {clusters.iloc[0]}): "
            "clustered standard errors need two or more"
        )
    return found


def dependent_columns(design: pd.DataFrame) -> list[str]:
    """Return columns that are constant or a linear combination of columns before them."""
    # Gram–Schmidt, twice for accuracy; a column that vanishes must not enter the basis.
    basis = np.full((len(design), 1), len(design) ** -0.5)
    dependent = []
    for name, column in design.items():
        values = column.to_numpy(dtype="float64")
        centred = values - values.mean()
        left = centred - basis @ (basis.T @ centred)
        left -= basis @ (basis.T @ left)
        spread = np.linalg.norm(centred)
        if spread <= 1e-12 * np.linalg.norm(values) or np.linalg.norm(left) < ABSORBED * spread:
            dependent.append(str(name))
        else:
            basis = np.column_stack([basis, left / np.linalg.norm(left)])
    return dependent


def check_clustered(covariance: pd.DataFrame, conventional: pd.DataFrame, n_clusters: int) -> None:
    """Raise EstimationError for a clustered standard error that is zero but for rounding."""
    ratio = np.sqrt(np.diag(covariance).clip(min=0) / np.diag(conventional))
    zero = [f"'{term}'" for term in covariance.index[ratio < ZERO_SE]]
    if zero:
        raise EstimationError(
            f"clustered standard error of {', '.join(zero)} is zero: "
            f"the scores of {n_clusters} clusters cancel"
        )


def counted(what: str, number: int) -> tuple[str, ...]:
    """Return a note that ends with the number, none if it is zero."""
    return (f"{what}: {number}",) if number else ()
