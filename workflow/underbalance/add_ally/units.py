"""Figures that may be in another unit than the table's, such as dollars for millions."""

from __future__ import annotations

from typing import Final

import pandas as pd

from underbalance.check_codings import columns_of
from underbalance.refresh import read_text
from underbalance.registry import RAW_FOLDER, read_codebook
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import ally_column

# ASSUME: an ally of another order of magnitude than all that are listed is rarer than a wrong unit
FACTOR: Final = 10
SERIES: Final = "series"
# money of the state's own, which says nothing of other states
OWN_MONEY: Final = ("million", "million units")


def unit_notes(table: str, rows: pd.DataFrame, iso3: str) -> list[str]:
    """Return a note on each column, or series, of another magnitude than that of listed allies.

    Compared are the medians, by ally, of the absolute values that are not zero.

    Parameters
    ----------
    rows : the ally's, in the schema of the facts table.
    """
    column = ally_column(table)
    if not column or rows.empty:
        return []
    shipped = read_text(RAW_FOLDER / f"{table}.csv")
    units = read_codebook().query("table == @name", local_dict={"name": f"raw.{table}"})
    unit_of = units.set_index("name")["unit"]
    notes = []
    for measure in columns_of(FACTS[table](), "float64"):
        if unit_of[measure] in OWN_MONEY:
            continue
        own = _medians(rows, measure, column).get(iso3, {})
        others = _medians(shipped[shipped[column] != iso3], measure, column)
        for series, median in own.items():
            known = [medians[series] for medians in others.values() if series in medians]
            if known and not min(known) / FACTOR <= median <= max(known) * FACTOR:
                notes.append(
                    f"{measure}{f' of {series}' if series else ''} is {median:.3g} in the median, "
                    f"and {min(known):.3g} to {max(known):.3g} for the listed allies: "
                    f"is it in the unit of the table ({unit_of[measure]})?"
                )
    return notes


def has_zeros_only(table: str, rows: pd.DataFrame) -> bool:
    """Say whether all figures of a table are zero, as when a release does not have the ally."""
    figures = [name for name in columns_of(FACTS[table](), "float64") if rows[name].notna().any()]
    return bool(figures) and not (rows[figures].fillna(0) != 0).any(axis=None)


def zero_notes(table: str, rows: pd.DataFrame) -> list[str]:
    """Return a note on a table that has zeros only."""
    if not has_zeros_only(table, rows):
        return []
    return [
        f"every figure of {table} is 0; if the source does not have the ally at all, "
        f"take {table}.csv out of the extension: its years are not known"
    ]


def _medians(rows: pd.DataFrame, measure: str, column: str) -> dict[str, dict[str, float]]:
    """Return the median by ally and series; the series is empty in a table that has none."""
    series = rows[SERIES] if SERIES in rows else pd.Series("", index=rows.index)
    values = pd.to_numeric(rows[measure]).abs()
    values = values.where(values > 0)
    found: dict[str, dict[str, float]] = {}
    medians = values.groupby([rows[column], series]).median().dropna()
    for (iso3, name), median in zip(medians.index.to_flat_index(), medians, strict=True):
        found.setdefault(iso3, {})[name] = float(median)
    return found
