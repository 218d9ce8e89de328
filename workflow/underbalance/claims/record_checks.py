"""Particular facts that some claims state, tested on the shipped records.

They stand beside the verdict and do not change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from underbalance.claims.periods import overlaps, years_of
from underbalance.claims.selection import (
    Where,
    dates_of,
    first_of,
    selected,
    years_between,
)

Claim = Mapping[Any, Any]
Tables = Mapping[str, pd.DataFrame]
Test = Callable[[Claim, Tables], tuple[bool | None, str]]

EVENTS = "missile_defence_events"
DEALS = "deals"
LAUNCHES = "missile_launches"
SPENDING = "milex_constant_usd_m"
# "almost seven years"
ALMOST_SEVEN = (6.5, 7.0)
NO_ROW = "no such row"


@dataclass(frozen=True)
class Checked:
    """A statement and what the records say of it."""

    statement: str
    result: str


def run_checks(claim: Claim, tables: Tables) -> list[Checked]:
    """Return the checks of a claim with their results; none for a claim without any."""
    return [
        Checked(statement, _result(*test(claim, tables)))
        for statement, test in CHECKS.get(claim["claim_id"], ())
    ]


def first_in_period(table: str, **where: Where) -> Test:
    """Hold when the first row that fits may lie in the period of the claim."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        first = first_of(table, selected(tables[table], claim["iso3"], where))
        if first is None:
            return None, NO_ROW
        date = dates_of(table, first.to_frame().T)
        inside = overlaps(date, claim["period_start"], claim["period_end"])
        return bool(inside.iloc[0]), f"first {date.iloc[0]}"

    return test


def some_in_period(table: str, within: str = "", **where: Where) -> Test:
    """Hold when a row that fits may lie in the period; ``within``: and in that year or month."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        dates = _in_period(table, claim, tables, where)
        dates = dates[dates.str.startswith(within)]
        return bool(len(dates)), ", ".join(dates) or "none"

    return test


def none_in_period(table: str, **where: Where) -> Test:
    """Hold when no row that fits may lie in the period."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        dates = _in_period(table, claim, tables, where)
        return not len(dates), ", ".join(dates) or "none"

    return test


def almost_seven_years(to: Mapping[str, Where]) -> Test:
    """Hold when the first event that fits comes almost seven years after the decision to join.

    The decision is the first one forward on joint research in the period; of an event
    known to the year only, the earliest and the latest day are taken.
    """
    decision: Mapping[str, Where] = JOINED

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        events = selected(tables[EVENTS], claim["iso3"], {})
        events = events[events["date"] >= claim["period_start"]]
        joined = first_of(EVENTS, selected(events, claim["iso3"], decision))
        if joined is None:
            return None, NO_ROW
        later = events[events["date"] > joined["date"]]
        acted = first_of(EVENTS, selected(later, claim["iso3"], to))
        if acted is None:
            return None, NO_ROW
        low, high = years_between(joined["date"], acted["date"])
        length = f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f} to {high:.1f}"
        fits = high >= ALMOST_SEVEN[0] and low <= ALMOST_SEVEN[1]
        return fits, f"{joined['date']} to {acted['date']}: {length} years"

    return test


def another_head(first: Mapping[str, Where], then: Mapping[str, Where]) -> Test:
    """Hold when another head of government did the one than the other, both in the period."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        events = tables[EVENTS]
        events = events[overlaps(events["date"], claim["period_start"], claim["period_end"])]
        rows = [first_of(EVENTS, selected(events, claim["iso3"], w)) for w in (first, then)]
        heads = [
            None if row is None or not row["head_of_government"] else row["head_of_government"]
            for row in rows
        ]
        if rows[0] is None or rows[1] is None or None in heads:
            return None, NO_ROW
        shown = [f"{r['date']} {h}" for r, h in zip((rows[0], rows[1]), heads, strict=True)]
        return heads[0] != heads[1], ", ".join(shown)

    return test


def more_spent_than_in(successor: str) -> Test:
    """Hold when yearly military spending was higher than in the period of another claim."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        claims, years = tables["seed_claims"], tables["ally_year"]
        after = claims[claims["claim_id"] == successor]
        if after.empty:
            return None, NO_ROW
        own = years[years["iso3"] == claim["iso3"]].set_index("year")[SPENDING]
        spans = [years_of(c["period_start"], c["period_end"]) for c in (claim, after.iloc[0])]
        means = [own.reindex(pd.Index(span)).mean() for span in spans]
        if any(pd.isna(mean) for mean in means):
            return None, "spending not known"
        shown = [
            f"{span[0]}–{span[-1]}: {mean / 1000:.2f} billion"
            for span, mean in zip(spans, means, strict=True)
        ]
        return bool(means[0] > means[1]), ", ".join(shown)

    return test


def _in_period(table: str, claim: Claim, tables: Tables, where: Mapping[str, Where]) -> pd.Series:
    dates = dates_of(table, selected(tables[table], claim["iso3"], where)).sort_values()
    return dates[overlaps(dates, claim["period_start"], claim["period_end"])]


def _result(holds: bool | None, numbers: str) -> str:
    answer = "cannot be said" if holds is None else "holds" if holds else "does not hold"
    return f"{answer} ({numbers})"


JOINED: dict[str, Where] = {"programme": "^joint research", "stage": "^decision$", "direction": 1}
# what "acted on its promise" can mean
ACTED: dict[str, dict[str, Where]] = {
    "the decision to deploy": {
        "programme": "^SM-3/Aegis and PAC-3",
        "stage": "^decision$",
        "direction": 1,
    },
    "the first contract": {"stage": "^contract$", "direction": 1},
    "the decision to develop jointly": {
        "stage": "^decision$",
        "direction": 1,
        "summary": "to development",
    },
    "the first interceptors in operation": {
        "programme": "PAC-3|SM-3",
        "stage": "^operational$",
        "direction": 1,
    },
}
CHECKS: dict[str, tuple[tuple[str, Test], ...]] = {
    "JPN03": (
        (
            "AWACS was first ordered under this cabinet",
            first_in_period(DEALS, designation="^E-767"),
        ),
        ("Patriot was ordered under this cabinet", some_in_period(DEALS, designation="^Patriot")),
        (
            "all military spending (that on missile defence is not on record) was higher a year "
            "than under the successor",
            more_spent_than_in("JPN04"),
        ),
    ),
    "JPN05": (
        (
            "a step back on the budget, on record besides the seed, named an economic obstacle",
            some_in_period(EVENTS, stage="^budget$", direction=-1, in_seed=0, obstacle="economic"),
        ),
        ("no decision to take part was made in the year", none_in_period(EVENTS, **JOINED)),
    ),
    "JPN06": (
        (
            "the long-range launch lies in the period",
            some_in_period(LAUNCHES, missile="^Taepodong"),
        ),
        (
            "a decision to take part in joint research was made in December 1998",
            some_in_period(EVENTS, within="1998-12", **JOINED),
        ),
        (
            "an agreement was signed on 16 August 1999",
            some_in_period(EVENTS, within="1999-08-16", stage="^agreement$", direction=1),
        ),
        (
            "the decision went beyond joint research",
            some_in_period(
                EVENTS, programme="^(?!joint research)", stage="^decision$", direction=1
            ),
        ),
    ),
    "JPN07": (
        (
            "no decision, contract, delivery or operation before 2003-12-19",
            none_in_period(EVENTS, stage="^(decision|contract|delivery|operational)$", direction=1),
        ),
    ),
    "JPN08": tuple(
        (f"almost seven years from the decision to join to {what}", almost_seven_years(to))
        for what, to in ACTED.items()
    ),
    "JPN12": (
        (
            "the resolution was not replaced before the end of the period",
            none_in_period(EVENTS, programme="^space use", stage="^decision$", direction=1),
        ),
    ),
    "JPN13": (
        (
            "the export ban was eased for missile defence",
            some_in_period(
                EVENTS, stage="^decision$", direction=1, obstacle="legal", programme="Block IIA"
            ),
        ),
        (
            "the demand for prior consent is on record",
            some_in_period(EVENTS, obstacle="legal", obstacle_basis="consent"),
        ),
        (
            "the rules were not eased further before the end of the period",
            none_in_period(EVENTS, programme="^arms export rules", direction=1),
        ),
    ),
    "KOR03": (
        (
            "the search for a missile began in the period",
            first_in_period(EVENTS, programme="SAM-X"),
        ),
        (
            "it ended with a contract for Patriot",
            some_in_period(EVENTS, programme="PAC-2|Patriot", stage="^contract$", direction=1),
        ),
    ),
    "KOR04": (
        (
            "the contract was for German PAC-2",
            some_in_period(
                EVENTS, programme="^PAC-2", stage="^contract$", direction=1, partner="DEU"
            ),
        ),
    ),
    "KOR06": (
        (
            "no refusal to join the US system was stated",
            none_in_period(
                EVENTS, programme="^US missile defence", stage="^decision$", direction=-1
            ),
        ),
        (
            "a Patriot contract was placed in the United States",
            some_in_period(
                EVENTS, programme="^PAC-", stage="^contract$", direction=1, partner="USA"
            ),
        ),
    ),
    "KOR08": (
        (
            "another head of government placed the contract than suspended the purchase",
            another_head(
                {"programme": "SAM-X", "stage": "^decision$", "direction": -1},
                {"programme": "^PAC-2", "stage": "^contract$", "direction": 1},
            ),
        ),
        (
            "another head of government took delivery than suspended the purchase",
            another_head(
                {"programme": "SAM-X", "stage": "^decision$", "direction": -1},
                {"programme": "^PAC-2", "stage": "^delivery$", "direction": 1},
            ),
        ),
    ),
}
