"""What public record says of a period: steps of missile-defence cooperation and their type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from underbalance.claims.periods import first_day, last_day, years_later
from underbalance.claims.tenures import possible_in
from underbalance.schemas.claim_words import (
    AGREES,
    BOTH,
    DISAGREES,
    IN_PART,
    MIXED,
    NO_EVENT,
    NONE_STATED,
    NOT_KNOWN,
)
from underbalance.schemas.facts.coded import OBSTACLES

FORWARD, BACK = 1, -1
CARRIED_OUT = ("contract", "delivery", "operational")
GIVEN_UP = ("contract", "decision", "delivery")
PATIENCE_YEARS = 5


@dataclass(frozen=True)
class Steps:
    """Counts of the steps of a period.

    Parameters
    ----------
    forward, back : steps of direction 1 and -1.
    known : steps back of which the record names a domestic obstacle.
    named : steps back that name an obstacle of the claim.
    """

    forward: int
    back: int
    known: int
    named: int


def count_steps(events: pd.DataFrame, obstacles: Collection[str]) -> Steps:
    """Count the steps among the events of an ally and a period."""
    back = events.loc[events["direction"] == BACK, "obstacle"].str.split("+")
    return Steps(
        forward=int((events["direction"] == FORWARD).sum()),
        back=len(back),
        known=sum(bool(set(OBSTACLES) & set(named)) for named in back),
        named=sum(bool(set(obstacles) & set(named)) for named in back),
    )


def record_agreement(claimed: str, steps: Steps) -> str:
    """Return whether the steps back of a period name the obstacle as strongly as claimed.

    A major obstacle: agrees when at least half of the steps back with a known domestic
    obstacle name it, disagrees when none does, mixed between. None or minor: agrees when
    less than half of all steps back name it.
    """
    if steps.back == 0 and (claimed == "major" or steps.forward == 0):
        return NO_EVENT
    if claimed != "major":
        return AGREES if steps.back == 0 or 2 * steps.named < steps.back else DISAGREES
    # ASSUME: steps back of which no domestic obstacle is known speak neither for nor against
    if steps.known == 0:
        return NOT_KNOWN
    if 2 * steps.named >= steps.known:
        return AGREES
    return MIXED if steps.named else DISAGREES


def record_type(events: pd.DataFrame, start: str, end: str, last_recorded: str) -> str:
    """Return the type of cooperation that the record of a period shows, empty if not known.

    Parameters
    ----------
    events : all events of one ally, with their possible days.
    start, end : the period.
    last_recorded : last day of the record.

    Returns
    -------
    inconsistent when steps go forward and back (all programmes together); slow when
    steps go forward but no contract, delivery or operation follows within five years of
    the first; failing when both, and a decision, contract or delivery that was given up is
    the last event of its programme; ``slow+inconsistent`` when both without that; else
    effective.
    """
    own = events[possible_in(events, start, end)]
    forward = own[own["direction"] == FORWARD]
    # ASSUME: where nothing was begun, no type can be read off how it was carried out
    if forward.empty:
        return ""
    back = own[own["direction"] == BACK]
    slow = _is_slow(events, forward["earliest"].min(), last_recorded)
    if slow is None:
        return ""
    # a series with steps in both directions changes direction in whatever order it stands,
    # so that dates known to the year only leave no doubt
    inconsistent = not back.empty
    if slow and inconsistent:
        return "failing" if _is_given_up(back, events) else BOTH
    if slow:
        return "slow"
    return "inconsistent" if inconsistent else "effective"


def record_type_agreement(found: str, described: str) -> str:
    """Return whether the type of the record is the one that the text describes."""
    if not described:
        return NONE_STATED
    if not found:
        return NOT_KNOWN
    if set(found.split("+")) == set(described.split("+")):
        return AGREES
    return IN_PART if set(found.split("+")) & set(described.split("+")) else DISAGREES


def _is_slow(events: pd.DataFrame, begun: str, last_recorded: str) -> bool | None:
    deadline = years_later(begun, PATIENCE_YEARS)
    # ASSUME: a contract that failed (direction -1) carries nothing out
    carried_out = events[events["stage"].isin(CARRIED_OUT) & (events["direction"] == FORWARD)]
    if possible_in(carried_out, begun, deadline).any():
        return False
    return True if deadline <= last_recorded else None


def _is_given_up(back: pd.DataFrame, events: pd.DataFrame) -> bool:
    """Say whether a step back is the last word on its programme, also after the period."""
    starts = events["date"].map(first_day)
    return any(
        not ((events["programme"] == programme) & (starts > last_day(date))).any()
        for programme, date, stage in zip(
            back["programme"], back["date"], back["stage"], strict=True
        )
        if stage in GIVEN_UP
    )
