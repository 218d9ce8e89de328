"""Every coding of config/codings.yaml as columns of ally_year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.coding.order import in_order
from underbalance.coding.recipes import recipe, reference_of
from underbalance.config import Coding, has_z_columns
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.ledger import Ledger


def code_indices(
    table: pd.DataFrame,
    codings: Mapping[str, Coding],
    references: Mapping[str, pd.Series] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add the indices of all codings; return the table with the ledger.

    Parameters
    ----------
    table : ally-years with the component variables and ``in_reference``.
    codings : by name (config/codings.yaml); one may be a component of another.
    references : reference rows of codings that have their own, by name.

    Returns
    -------
    ``table`` with <index>, with <index>_components (how many were observed) where there are
    two or more, and with z_<variable> for the components of primary codings (turned so that
    more is more of an obstacle).

    Raises
    ------
    FaultsError : for an unknown variable, one that does not vary in the reference sample, a
        reference sample without rows, and codings made of one another in a circle.
    """
    ledger = Ledger("ally_year")
    faults: list[Fault] = []
    unsound: set[str] = set()
    made: dict[str, pd.Series] = {}
    for name, coding in in_order(codings).items():
        variables = [part.variable for part in coding.components]
        if unsound.intersection(variables):
            unsound.add(name)
            continue
        known = table.assign(**{v: made[v] for v in variables if v in made})
        try:
            own = recipe(known, name, coding, reference_of(table, name, references or {}))
        except FaultsError as error:
            unsound.add(name)
            faults += error.faults
            continue
        scores = own.scores(known)
        index = own.index(scores)
        if has_z_columns(name, coding):
            made |= {f"z_{variable}": scores[variable] for variable in variables}
        made[name] = index
        if len(variables) > 1:
            made[f"{name}_components"] = scores.notna().sum(axis=1).astype("Int64")
            _note_missing(table[index.isna()], scores[index.isna()], name, coding, ledger)
    raise_if_any(faults)
    return pd.concat([table, pd.DataFrame(made, index=table.index)], axis=1), ledger.frame()


def _note_missing(
    rows: pd.DataFrame, scores: pd.DataFrame, name: str, coding: Coding, ledger: Ledger
) -> None:
    for row, missing in zip(rows.itertuples(), scores.isna().to_numpy(), strict=True):
        absent = [c for c, gone in zip(scores.columns, missing, strict=True) if gone]
        ledger.add(
            f"{row.iso3} {row.year} {name}",
            "too_few_components",
            None,
            None,
            f"fewer than {coding.min_components} of {len(coding.components)} components observed; "
            f"missing: {', '.join(absent)}",
        )
