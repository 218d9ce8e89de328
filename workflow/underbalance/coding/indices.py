"""Obstacles, rival explanations and threat: mean z-scores on the reference sample."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.config import CODINGS_FILE, Coding
from underbalance.errors import Fault, raise_if_any
from underbalance.ledger import Ledger


def code_indices(
    table: pd.DataFrame, codings: Mapping[str, Coding]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add the z-scores of all components and the indices; return them with the ledger.

    Parameters
    ----------
    table : ally-years with the component variables and ``in_reference``.
    codings : indices by name (config/codings.yaml).

    Returns
    -------
    ``table`` with z_<variable> for each component (turned so that more is more of an
    obstacle), <index> (mean of the observed z-scores, in standard deviations of a
    component) and <index>_components (how many were observed).

    Raises
    ------
    FaultsError : for an unknown variable, or one that does not vary in the reference
        sample.
    """
    ledger = Ledger("ally_year")
    raise_if_any(
        [fault for name, coding in codings.items() for fault in _faults(table, name, coding)]
    )
    coded = table
    for name, coding in codings.items():
        scores = pd.DataFrame(
            {
                f"z_{part.variable}": part.sign
                * standardise(table[part.variable], table["in_reference"])
                for part in coding.components
            }
        )
        observed = scores.notna().sum(axis=1)
        enough = observed >= coding.min_components
        index = scores.mean(axis=1).where(enough)
        _note_missing(table[~enough], scores[~enough], name, coding, ledger)
        coded = coded.assign(
            **scores, **{name: index, f"{name}_components": observed.astype("Int64")}
        )
    return coded, ledger.frame()


def standardise(values: pd.Series, in_reference: pd.Series) -> pd.Series:
    """Return z-scores with mean and standard deviation (n − 1) of the reference rows."""
    numbers = values.astype("float64")
    reference = numbers[in_reference.astype(bool)]
    return (numbers - reference.mean()) / reference.std()


def _faults(table: pd.DataFrame, name: str, coding: Coding) -> list[Fault]:
    numeric = list(table.select_dtypes("number").columns)
    unknown = [p.variable for p in coding.components if p.variable not in numeric]
    faults = [
        _fault(
            name,
            "unknown component",
            variable,
            f"a numeric column of ally_year: {', '.join(numeric)}",
        )
        for variable in unknown
    ]
    reference = table[table["in_reference"].astype(bool)]
    constant = [
        p.variable
        for p in coding.components
        if p.variable in numeric and reference[p.variable].nunique(dropna=True) < 2
    ]
    return faults + [
        _fault(
            name, "a component must vary in the reference sample", variable, "two values or more"
        )
        for variable in constant
    ]


def _fault(name: str, rule: str, value: str, allowed: str) -> Fault:
    return Fault(
        CODINGS_FILE.as_posix(),
        f"coding {name}",
        rule,
        value,
        allowed,
        "correct the variable, or the reference sample in config/config.yaml",
    )


def _note_missing(
    rows: pd.DataFrame, scores: pd.DataFrame, name: str, coding: Coding, ledger: Ledger
) -> None:
    for row, missing in zip(rows.itertuples(), scores.isna().to_numpy(), strict=True):
        absent = [
            c.removeprefix("z_") for c, gone in zip(scores.columns, missing, strict=True) if gone
        ]
        ledger.add(
            f"{row.iso3} {row.year} {name}",
            "too_few_components",
            None,
            None,
            f"fewer than {coding.min_components} of {len(coding.components)} components observed; "
            f"missing: {', '.join(absent)}",
        )
