"""What the rows of some allies lack in each model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from underbalance.models.design import measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, rows_of
from underbalance.models.terms import LAG, regressors
from underbalance.models.used_rows import used_rows
from underbalance.present.model_wording import term_label
from underbalance.specifications import Specification, product_name

COLUMNS = ["spec_id", "iso3", "estimated", "variable", "label", "missing"]


def missing_by_ally(
    specs: Mapping[str, Specification],
    tables: Tables,
    plan: Plan,
    codebook: pd.DataFrame,
    allies: Collection[str],
) -> pd.DataFrame:
    """Return one row per specification, ally that has rows in it, and variable that it uses.

    Parameters
    ----------
    codebook : with the codings, for the labels.
    allies : iso3 of those that are asked about.

    Returns
    -------
    spec_id, iso3, estimated (whether the data carry the model), variable (of obstacles and
    rivals that of the year before), label, missing (rows of the ally without it).
    """
    rows = [
        {"spec_id": name, **row}
        for name, spec in specs.items()
        for row in _of_model(spec, rows_of(name, spec, tables, plan), plan, codebook, allies)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_model(
    spec: Specification,
    data: pd.DataFrame,
    plan: Plan,
    codebook: pd.DataFrame,
    allies: Collection[str],
) -> Iterator[dict[str, object]]:
    asked = data[data["iso3"].isin(list(allies))]
    if asked.empty:
        return
    estimated = int(used_rows(spec, data, plan.min_clusters).fit is not None)
    for iso3, own in asked.groupby("iso3"):
        for column in _columns(spec):
            yield {
                "iso3": iso3,
                "estimated": estimated,
                "variable": column.removesuffix(LAG),
                "label": term_label(column, codebook, spec).partition(" (t\u00a0")[0],
                "missing": int(own[column].isna().sum()),
            }


def _columns(spec: Specification) -> list[str]:
    """Return the columns that must be known; products are where their parts are."""
    products = {f"{product_name(*pair)}{LAG}" for pair in spec.products}
    needed = [measure_of(spec), *regressors(spec), *spec.categories]
    return [column for column in dict.fromkeys(needed) if column not in products]
