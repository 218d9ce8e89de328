"""The outcomes: what each measures, from which tables, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from underbalance.outcomes.alignment import alignment
from underbalance.outcomes.delivery import delivery
from underbalance.outcomes.effort import effort
from underbalance.outcomes.execution import execution
from underbalance.outcomes.pledge import pledge

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Inputs:
    """What an outcome is made of.

    Parameters
    ----------
    facts : facts tables by name.
    processed : processed tables by name; ``country_years`` is always among them.
    sources : the registry (:func:`underbalance.registry.read_sources`).
    """

    facts: Tables
    processed: Tables
    sources: pd.DataFrame


@dataclass(frozen=True)
class Outcome:
    """One outcome of the design.

    Parameters
    ----------
    label : how pages and figures call it.
    concept : what it tests, from Table 1 of the theory.
    unit : what a row is.
    measure : the numeric column that is described and modelled.
    event : for durations the column that says whether it ended; empty for others.
    facts, processed : the tables it needs beside ``country_years``.
    build : makes the table (schema in :mod:`underbalance.schemas.outcomes`) and its ledger.
    """

    label: str
    concept: str
    unit: str
    measure: str
    event: str
    facts: tuple[str, ...]
    processed: tuple[str, ...]
    build: Callable[[Inputs], tuple[pd.DataFrame, pd.DataFrame]]


OUTCOMES: dict[str, Outcome] = {
    "alignment": Outcome(
        label="Shift of UN alignment with the USA",
        concept="inconsistent",
        unit="ally and year",
        measure="alignment_shift",
        event="",
        facts=("ideal_points",),
        processed=(),
        build=lambda given: alignment(given.processed["country_years"]),
    ),
    "delivery": Outcome(
        label="Years from order to first delivery",
        concept="slow",
        unit="order of US arms",
        measure="years_to_delivery",
        event="delivered",
        facts=("deals",),
        processed=("deals",),
        build=lambda given: delivery(given.processed["deals"], given.sources),
    ),
    "effort": Outcome(
        label="Growth of real military expenditure",
        concept="inconsistent",
        unit="ally and year",
        measure="effort_growth",
        event="",
        facts=("milex",),
        processed=(),
        build=lambda given: effort(given.processed["country_years"]),
    ),
    "execution": Outcome(
        label="Spending carried out against the plan for the year",
        concept="inconsistent",
        unit="ally, year and source",
        measure="execution_error",
        event="",
        facts=("milex_releases", "nato_editions"),
        processed=(),
        build=lambda given: execution(
            given.facts["milex_releases"],
            given.facts["nato_editions"],
            given.processed["country_years"],
        ),
    ),
    "pledge": Outcome(
        label="Years to the pledges of 2014",
        concept="slow",
        unit="NATO ally and pledge",
        measure="years_to_pledge",
        event="reached",
        facts=("alliance", "nato_editions"),
        processed=(),
        build=lambda given: pledge(
            given.facts["nato_editions"],
            given.facts["alliance"],
            given.processed["country_years"],
        ),
    ),
}
