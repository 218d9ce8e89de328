"""Particular facts that some claims state, tested on the shipped records.

They stand beside the verdict and do not change it.
"""

from __future__ import annotations

from dataclasses import dataclass

from underbalance.claims.record_tests import (
    EVENTS,
    JOINED,
    Claim,
    Tables,
    Test,
    almost_seven_years,
    another_head,
    first_in_period,
    more_spent_than_in,
    none_in_period,
    some_in_period,
)
from underbalance.claims.selection import Where

DEALS = "deals"
LAUNCHES = "missile_launches"


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


def _result(holds: bool | None, numbers: str) -> str:
    answer = "cannot be said" if holds is None else "holds" if holds else "does not hold"
    return f"{answer} ({numbers})"


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
