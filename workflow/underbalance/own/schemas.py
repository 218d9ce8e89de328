"""Schemas of a user's own tables: as they are supplied, and as outcomes made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pandera.pandas as pa

from underbalance.extensions import listed
from underbalance.own.definitions import (
    CASE,
    DURATION,
    END,
    ENDED,
    START,
    Column,
    OwnOutcome,
    OwnVariables,
    read_own,
)
from underbalance.schemas.columns import (
    YEARS,
    is_possible_date,
    iso3,
    known_allies,
    logical,
    not_reversed,
    number,
    partial_date,
    table,
    text,
    year,
)

KEY = ["iso3", "year"]
Schema = Callable[[], pa.DataFrameSchema]


def variable_columns() -> dict[str, pa.Column]:
    """Return the columns that the user's variables add to ally_year."""
    return {name: column_of(column) for name, column in read_own().columns().items()}


def own_schemas() -> dict[str, Schema]:
    """Return the schemas of the tables as they are supplied, by name."""
    own = read_own()
    return {
        **{name: _variables(entry) for name, entry in own.variables.items()},
        **{name: _titled(supplied, entry) for name, entry in own.outcomes.items()},
    }


def outcome_schemas() -> dict[str, Schema]:
    """Return the schemas of the processed tables of the user's outcomes, by name."""
    return {name: _titled(outcome, entry) for name, entry in read_own().outcomes.items()}


def yearly(
    entry: OwnVariables | OwnOutcome, columns: Mapping[str, Column], measure: str = ""
) -> pa.DataFrameSchema:
    """Return the schema of a table by ally and year, of which ``measure`` is always known."""
    years = {"iso3": _ally(), "year": year_of(entry)}
    own = {name: column_of(column, nullable=name != measure) for name, column in columns.items()}
    return table({**years, **own}, KEY)


def supplied(entry: OwnOutcome) -> pa.DataFrameSchema:
    """Return the schema of the table of an outcome as the user supplies it."""
    if entry.kind == "ally_year":
        return yearly(entry, entry.columns, entry.measure)
    return table(
        {
            CASE: text(empty=False),
            "iso3": _ally(),
            START: _start(entry.first_year, entry.last_year),
            END: partial_date(empty=True),
            **{name: column_of(column) for name, column in entry.columns.items()},
        },
        [CASE],
        not_reversed(START, END),
    )


def outcome(entry: OwnOutcome) -> pa.DataFrameSchema:
    """Return the schema of the processed table of an outcome."""
    columns = {"iso3": iso3(), "year": year(*YEARS), "is_ally": logical()}
    if entry.kind == "duration":
        longest = entry.last_year - entry.first_year
        columns |= {
            CASE: text(empty=False),
            DURATION: number(0, longest, nullable=False, whole=True),
            ENDED: logical(),
        }
    columns |= {
        name: column_of(column, nullable=name != entry.measure)
        for name, column in entry.columns.items()
    }
    return table(columns, [CASE] if entry.kind == "duration" else KEY)


def _variables(entry: OwnVariables) -> Schema:
    def schema() -> pa.DataFrameSchema:
        return yearly(entry, entry.columns)

    schema.__doc__ = f"{entry.source.title}."
    return schema


def _titled(make: Callable[[OwnOutcome], pa.DataFrameSchema], entry: OwnOutcome) -> Schema:
    """Return the schema as a function whose docstring is the title of the table."""

    def schema() -> pa.DataFrameSchema:
        return make(entry)

    schema.__doc__ = f"{entry.label}."
    return schema


def column_of(column: Column, *, nullable: bool = True) -> pa.Column:
    """Return the declared column."""
    match column.type:
        case "text":
            return text()
        case "yes_no":
            return logical(nullable=nullable)
    return number(column.low, column.high, nullable=nullable)


def year_of(entry: OwnVariables | OwnOutcome) -> pa.Column:
    """Return the column of the years that a table covers."""
    error = (
        f"year must lie in the coverage of the table|{entry.first_year} to {entry.last_year}"
        "|correct the year, or first_year and last_year of the table's entry in config/"
    )
    inside = pa.Check.in_range(entry.first_year, entry.last_year, error=error)
    return pa.Column("Int64", inside, nullable=False)


def _ally() -> pa.Column:
    """Return the column of an ally: a listed one, or one that an extension may add to a run."""
    allies = (*known_allies(), *listed())
    error = (
        f"iso3 must be a listed ally|one of {', '.join(allies)}"
        f"|correct the code, or add the ally: underbalance add-ally"
    )
    return pa.Column("str", pa.Check.isin(allies, error=error))


def _start(first: int, last: int) -> pa.Column:
    """Return the column of the year or day in which a case starts."""

    def possible(dates: pd.Series) -> pd.Series:
        whole = dates.where(dates.str.len() != len("YYYY"), dates + "-01")
        years = pd.to_numeric(dates.str[:4], errors="coerce")
        return is_possible_date(whole, month=True) & years.between(first, last)

    error = (
        f"must be a date in the years that the table covers|YYYY, YYYY-MM or YYYY-MM-DD, {first} "
        f"to {last}|correct the date, or first_year and last_year of the table's entry"
    )
    return pa.Column("str", pa.Check(possible, error=error))
