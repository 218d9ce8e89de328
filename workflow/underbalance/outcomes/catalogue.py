"""The outcomes: what each measures, from which tables, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from underbalance.outcomes.adoption import adoption
from underbalance.outcomes.agreement import agreement
from underbalance.outcomes.alignment import alignment
from underbalance.outcomes.commitment import commitment
from underbalance.outcomes.delivery import delivery
from underbalance.outcomes.effort import effort
from underbalance.outcomes.execution import execution
from underbalance.outcomes.exercises import exercises
from underbalance.outcomes.loss import loss
from underbalance.outcomes.pledge import pledge
from underbalance.outcomes.sourcing import sourcing

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
    entry : for durations that are watched late, the column of the duration at entry.
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
    entry: str = ""


OUTCOMES: dict[str, Outcome] = {
    "adoption": Outcome(
        label="Years from a system's first export to the ally's first order",
        concept="slow",
        unit="ally and system family",
        measure="years_to_adoption",
        event="adopted",
        entry="years_at_entry",
        facts=("alliance", "system_orders"),
        processed=(),
        build=lambda given: adoption(
            given.facts["system_orders"],
            given.facts["alliance"],
            given.processed["country_years"],
            given.sources,
            given.facts.get("ties"),
        ),
    ),
    "agreement": Outcome(
        label="Months from signature to entry into force",
        concept="slow",
        unit="defence agreement and ally",
        measure="months_to_force",
        event="in_force",
        facts=("agreements",),
        processed=(),
        build=lambda given: agreement(given.facts["agreements"], given.processed["country_years"]),
    ),
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
    "commitment": Outcome(
        label="Years from the US notice of a request to the order",
        concept="slow, failing",
        unit="notice and system family",
        measure="years_to_order",
        event="ordered",
        facts=("notifications",),
        processed=("notification_orders",),
        build=lambda given: commitment(
            given.processed["notification_orders"],
            given.processed["country_years"],
            given.sources,
        ),
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
    "exercises": Outcome(
        label="Change of the exercises with the USA",
        concept="inconsistent",
        unit="ally and year",
        measure="exercises_change",
        event="",
        facts=("exercises",),
        processed=(),
        build=lambda given: exercises(
            given.facts["exercises"], given.processed["country_years"], given.sources
        ),
    ),
    "loss": Outcome(
        label="Open orders of US arms that were lost",
        concept="failing",
        unit="open order of US arms in an older register",
        measure="lost",
        event="",
        facts=("deal_vintages",),
        processed=(),
        build=lambda given: loss(given.facts["deal_vintages"], given.processed["country_years"]),
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
    "sourcing": Outcome(
        label="Shift of the US share of arms orders",
        concept="inconsistent",
        unit="ally and year (windows of five years)",
        measure="sourcing_shift",
        event="",
        facts=("arms_orders",),
        processed=(),
        build=lambda given: sourcing(given.processed["country_years"], given.facts["arms_orders"]),
    ),
}
