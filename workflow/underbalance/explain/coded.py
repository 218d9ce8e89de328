"""The coded table, asked for one cell after the other."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

import pandas as pd

from underbalance.coding.recipes import Scale
from underbalance.config import Coding
from underbalance.errors import Fault, FaultsError
from underbalance.explain.rows import cell
from underbalance.explain.tree import Cell
from underbalance.places import in_run

TABLE = "data/processed/ally_year.parquet"


class Coded:
    """The values of ally_year, each column taken out of the frame when it is first asked for.

    Parameters
    ----------
    ally_year : the coded table, a row per ally and year.
    """

    def __init__(self, ally_year: pd.DataFrame) -> None:
        self._frame = ally_year
        self._columns: dict[Hashable, list[Cell]] = {}

    def value(self, variable: str, iso3: str, year: int) -> Cell:
        """Return the value of an ally-year, None where it is missing or there is no row."""
        found = self._numbers.get((iso3, year))
        if found is None:
            return None
        if variable not in self._columns:
            self._keep(variable, self._frame[variable])
        return self._columns[variable][found]

    def scaled(self, scale: Scale, iso3: str, year: int) -> Cell:
        """Return the value of a variable on the scale of an index."""
        if scale not in self._columns:
            self._keep(scale, scale.apply(self._frame[scale.variable]))
        return self._columns[scale][self._numbers[iso3, year]]

    def _keep(self, name: Hashable, column: pd.Series) -> None:
        self._columns[name] = [cell(value) for value in column.tolist()]

    @cached_property
    def _numbers(self) -> dict[tuple[str, int], int]:
        keys = zip(self._frame["iso3"], self._frame["year"], strict=True)
        return {(str(iso3), int(year)): number for number, (iso3, year) in enumerate(keys)}


def demand_coding(table: pd.DataFrame, name: str, coding: Coding) -> None:
    """Raise a fault if the table is without a coding or one of its components."""
    needed = [name, *(part.variable for part in coding.components)]
    absent = [column for column in needed if column not in table]
    if absent:
        fault = Fault(
            in_run(TABLE),
            f"coding {name}",
            "the results must be made with the codings of config/codings.yaml",
            f"no column {', '.join(absent)}",
            "the columns of all codings",
            "run `make`; then ask again",
        )
        raise FaultsError([fault])
