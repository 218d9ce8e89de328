"""Faults in config/expectations.csv that only show beside the other lists."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from underbalance.claims.years import listed_years, reversed_spans
from underbalance.config import Config
from underbalance.errors import Fault
from underbalance.registry import ALLIES_FILE, EXPECTATIONS_FILE


def expectation_faults(
    expected: pd.DataFrame, allies: pd.DataFrame, variables: Collection[str], config: Config | None
) -> list[Fault]:
    """Return unknown allies and variables, and years that cannot be.

    Parameters
    ----------
    expected : config/expectations.csv, sound in form.
    allies : the listed allies.
    variables : the numeric columns of ally_year.
    config : for the years of ally_year; none when it is broken, which is told elsewhere.
    """
    faults: list[Fault] = []
    for row in expected.to_dict("records"):
        where = f"{row['iso3']} {row['obstacle']} {row['rule']}"
        if row["iso3"] not in set(allies["iso3"]):
            allowed = f"a code of {ALLIES_FILE.as_posix()}"
            faults.append(_fault(where, "unknown ally", row["iso3"], allowed, "correct the code"))
        if row["obstacle"] not in variables:
            faults.append(
                _fault(
                    where,
                    "unknown variable, or one that is no number",
                    row["obstacle"],
                    ", ".join(sorted(variables)),
                    "correct the name; config/codebook.csv lists all variables",
                )
            )
        faults += _year_faults(where, row["years"], config)
    return faults


def _year_faults(where: str, text: str, config: Config | None) -> list[Fault]:
    turned = reversed_spans(text)
    if turned:
        rule = "a span of years must not be reversed"
        mend = "turn the span round"
        return [_fault(where, rule, ", ".join(turned), "such as 1993-1994", mend)]
    years = listed_years(text)
    twice = sorted({str(year) for year in years if years.count(year) > 1})
    faults = []
    if twice:
        rule = "a year must be listed once"
        faults.append(_fault(where, rule, ", ".join(twice), "once", "take the repetition out"))
    if config is None:
        return faults
    first, last = config.first_year, config.last_year
    outside = [str(year) for year in years if not first <= year <= last]
    if outside:
        rule = "years must be in the table ally_year"
        mend = "correct the years, or widen first_year and last_year in config/config.yaml"
        faults.append(_fault(where, rule, ", ".join(outside), f"{first} to {last}", mend))
    return faults


def _fault(where: str, rule: str, value: str, allowed: str, mend: str) -> Fault:
    return Fault(EXPECTATIONS_FILE.as_posix(), where, rule, value, allowed, mend)
