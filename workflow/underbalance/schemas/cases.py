"""Schemas of the tables in results/cases."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.case_codes import (
    ALL,
    CAMPS,
    CENSORED,
    EARLIER,
    NOT_KNOWN,
    NOT_RECORDED,
    NOT_RIGHTIST,
    REACHED,
    STEPS,
)
from underbalance.schemas.columns import (
    YEARS,
    code,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    partial_date,
    table,
    text,
    year,
)
from underbalance.schemas.facts.coded import missile_defence_events

CAMP_CODES = (*CAMPS, NOT_KNOWN)


def _count() -> pa.Column:
    return number(0, nullable=False, whole=True)


def governments() -> pa.DataFrameSchema:
    """Periods of one head of government and one camp."""
    return table(
        {
            "iso3": iso3(),
            "start": iso_date(),
            "end": iso_date(),
            "head": text(),
            "office": code(("", "prime_minister", "leader")),
            "camp": code(CAMP_CODES),
            "camp_from": code(("", "coded", "party", "position")),
        },
        ["iso3", "start"],
        not_reversed("start", "end"),
    )


def events() -> pa.DataFrameSchema:
    """Events of the cases by line of programmes."""
    added = {
        "line": text(empty=False),
        "event": number(1, nullable=False, whole=True),
        "earliest": iso_date(),
        "middle": iso_date(),
        "latest": iso_date(),
        "head": text(),
        "camp": code(CAMP_CODES),
        "change": number(-1, 1, nullable=False, whole=True),
        "change_uncertain": logical(),
    }
    return table(missile_defence_events().columns | added, ["iso3", "event", "line"])


def stage_durations() -> pa.DataFrameSchema:
    """Years from stage to stage of every line of programmes."""
    spans = {
        f"{name}{since}": number(0)
        for since in ("", "_since_commitment")
        for name in ("years", "years_low", "years_high")
    }
    return table(
        {
            "iso3": iso3(),
            "line": text(empty=False),
            "stage": code(tuple(STEPS)),
            "status": code((REACHED, NOT_RECORDED, EARLIER, CENSORED)),
            "date": partial_date(empty=True),
            "from_stage": code(("", *STEPS)),
            "from_date": partial_date(empty=True),
            **spans,
            "setbacks": number(0, whole=True),
            "last_date": partial_date(),
            "last_direction": number(-1, 1, nullable=False, whole=True),
        },
        ["iso3", "line", "stage"],
    )


def reversals() -> pa.DataFrameSchema:
    """Setbacks and changes of direction by camp of the government."""
    return table(
        {
            "iso3": iso3(),
            "camp": code((*CAMP_CODES, NOT_RIGHTIST, ALL)),
            "heads": text(),
            "years": number(0, nullable=False),
            **_counts(),
            "back_per_year": number(0, nullable=False),
            "changes_per_year": number(0, nullable=False),
        },
        ["iso3", "camp"],
    )


def reversals_by_year() -> pa.DataFrameSchema:
    """Setbacks and changes of direction by calendar year."""
    return table({"iso3": iso3(), "year": year(*YEARS), **_counts()}, ["iso3", "year"])


def _counts() -> dict[str, pa.Column]:
    names = ("events", "forward", "back", "back_after_forward", "forward_after_back", "uncertain")
    return {name: _count() for name in names}


CASE_TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "governments": governments,
    "events": events,
    "stage_durations": stage_durations,
    "reversals": reversals,
    "reversals_by_year": reversals_by_year,
}
