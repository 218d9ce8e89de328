"""The outcomes that a user adds: a measure by ally and year, or cases from start to end."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger
from underbalance.outcomes.catalogue import Inputs, Outcome
from underbalance.own.definitions import DURATION, END, ENDED, START, OwnOutcome, read_own

Made = tuple[pd.DataFrame, pd.DataFrame]
UNITS = {"ally_year": "ally and year", "duration": "case"}


def own_outcomes() -> dict[str, Outcome]:
    """Return the outcomes of config/outcomes.yaml by name."""
    return {name: _outcome(name, entry) for name, entry in read_own().outcomes.items()}


def by_year(table: pd.DataFrame, country_years: pd.DataFrame, name: str) -> Made:
    """Return a measure by ally and year with ``is_ally``, and an empty ledger."""
    return with_is_ally(table, country_years), Ledger(f"outcome.{name}").frame()


def durations(cases: pd.DataFrame, country_years: pd.DataFrame, name: str, last_year: int) -> Made:
    """Return cases with the calendar years from start to end, and the ledger.

    A case without an end is censored in the last year that the table covers; so is one
    whose end is later, which the ledger says. ``is_ally`` is of the year of the start.

    Parameters
    ----------
    cases : with iso3, start, end (dates as precise as they are known) and other columns.
    name : of the outcome.
    last_year : that the table covers.
    """
    ledger = Ledger(f"outcome.{name}")
    start = cases[START].str[:4].astype("int64")
    end = pd.to_numeric(cases[END].str[:4], errors="coerce").astype("Int64")
    later = (end > last_year).fillna(value=False).astype(bool)
    for case, ended in cases.loc[later, ["case", END]].itertuples(index=False):
        reason = f"ended after {last_year}, the last year that the table covers"
        ledger.add(case, "censored_at_end_of_coverage", ended, None, reason)
    seen = (end <= last_year).fillna(value=False).astype(bool)
    table = cases.drop(columns=[START, END]).assign(year=start.astype("Int64"))
    table[DURATION], table[ENDED] = end.where(seen, last_year) - start, seen
    return with_is_ally(table, country_years), ledger.frame()


def _outcome(name: str, entry: OwnOutcome) -> Outcome:
    timed = entry.kind == "duration"

    def build(given: Inputs) -> Made:
        years = given.processed["country_years"]
        # those of an extension that is not in force are of another run
        table = given.facts[name][given.facts[name]["iso3"].isin(years["iso3"])]
        if timed:
            return durations(table, years, name, entry.last_year)
        return by_year(table, years, name)

    return Outcome(
        label=entry.label,
        concept=entry.concept,
        unit=UNITS[entry.kind],
        measure=DURATION if timed else entry.measure,
        event=ENDED if timed else "",
        facts=(name,),
        processed=(),
        build=build,
    )
