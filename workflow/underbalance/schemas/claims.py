"""Schemas of the tables in results/cases on claims and expectations."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.claim_words import (
    CODED_TYPE_ANSWERS,
    RECORD_ANSWERS,
    RECORD_TYPE_ANSWERS,
    RECORD_TYPES,
    STRENGTH_ANSWERS,
    VERDICTS,
)
from underbalance.schemas.columns import YEARS, code, iso3, iso_date, logical, number, table, text
from underbalance.schemas.columns import year as year_column
from underbalance.schemas.facts.coded import STRENGTHS, TYPES
from underbalance.schemas.lists import EXPECTED


def claims() -> pa.DataFrameSchema:
    """Claims of Yoo (2012), what coding and public record say of them, and the verdicts."""
    counts = ("steps_forward", "steps_back", "steps_back_known", "steps_back_named")
    return table(
        {
            "claim_id": text(empty=False),
            "iso3": iso3(),
            "period_start": iso_date(),
            "period_end": iso_date(),
            "obstacle": text(empty=False),
            "strength": code(STRENGTHS),
            "first_year": year_column(*YEARS),
            "last_year": year_column(*YEARS),
            "political": number(),
            "economic": number(),
            "legal": number(),
            "coded_strength": text(empty=False),
            "strength_agrees": code(STRENGTH_ANSWERS),
            **{name: number(0, nullable=False, whole=True) for name in counts},
            "record_agrees": code(RECORD_ANSWERS),
            "predicted_type": code(TYPES),
            "coded_type": code(("", *TYPES)),
            "coded_type_agrees": code(CODED_TYPE_ANSWERS),
            "observed_type_in_seed": text(),
            "record_type": code(("", *RECORD_TYPES)),
            "record_type_agrees": code(RECORD_TYPE_ANSWERS),
            "verdict": code(VERDICTS),
            "reason": text(empty=False),
            "record_check": text(),
            "record_check_result": text(),
            "claim": text(empty=False),
        },
        ["claim_id"],
    )


def expectations() -> pa.DataFrameSchema:
    """Years in which an obstacle is expected to be high, and whether the coding has it so."""
    return table(
        {
            "iso3": iso3(),
            "obstacle": text(empty=False),
            "rule": code(EXPECTED),
            "label": text(empty=False),
            "year": year_column(*YEARS),
            "value": number(),
            "cut": number(nullable=False),
            "met": logical(nullable=True),
            "why": text(empty=False),
            "years_above": text(),
        },
        ["iso3", "obstacle", "rule", "year"],
    )
