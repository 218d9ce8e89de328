"""Every coding of config/codings.yaml as columns of ally_year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.coding.order import in_order
from underbalance.coding.recipes import recipe, reference_of
from underbalance.config import Coding
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.ledger import Ledger
from underbalance.schemas.processed import has_z_columns


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
    coded = table
    for name, coding in in_order(codings).items():
        if unsound.intersection(part.variable for part in coding.components):
            unsound.add(name)
            continue
        try:
            made = recipe(coded, name, coding, reference_of(table, name, references or {}))
        except FaultsError as error:
            unsound.add(name)
            faults += error.faults
            continue
        scores = made.scores(coded)
        index = made.index(scores)
        if has_z_columns(name, coding):
            coded = coded.assign(**scores.add_prefix("z_"))
        coded = coded.assign(**{name: index})
        if len(coding.components) > 1:
            observed = scores.notna().sum(axis=1).astype("Int64")
            coded = coded.assign(**{f"{name}_components": observed})
            _note_missing(table[index.isna()], scores[index.isna()], name, coding, ledger)
    raise_if_any(faults)
    return coded, ledger.frame()


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
