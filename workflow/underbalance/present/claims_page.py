"""The table of claims and the table of expectations as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.claims.words import VERDICTS
from underbalance.present.wide_table import WideTable
from underbalance.present.wording import decimal

CLAIMS_HEADER = (
    "Claim",
    "What it says",
    "Claimed → coded",
    "Type: predicted → coded; described → on record",
    "Reason",
    "Facts it states",
    "Agrees?",
)
CLAIMS_WIDTHS = (0.10, 0.19, 0.10, 0.14, 0.20, 0.19, 0.08)
EXPECTED_HEADER = ("Expectation", "Year", "Value", "Cut", "Met?", "Why")
EXPECTED_WIDTHS = (0.26, 0.06, 0.08, 0.08, 0.10, 0.42)
UNKNOWN = "not known"


def claims_page(judged: pd.DataFrame) -> WideTable:
    """Return the table of claims.

    Parameters
    ----------
    judged : :func:`underbalance.claims.judge.judge_claims`.
    """
    rows = judged.to_dict("records")
    return WideTable(
        name="claims",
        title="Claims of Yoo (2012), the coding and the public record",
        lead=(_counts(judged),),
        header=CLAIMS_HEADER,
        widths=CLAIMS_WIDTHS,
        rows=tuple(_claim_row(row) for row in rows),
        notes=(
            "Coded: mean of the index over the period; major above the 75th percentile of the "
            "reference sample, minor above its median, none otherwise.",
            "Backward steps: events of missile-defence cooperation in the period that postponed, "
            "suspended, cancelled, refused or cut.",
            "Agrees: supported when coding and record both agree, or one agrees and the other is "
            "silent; contradicted when one disagrees and neither agrees, in strength or in "
            "direction; cannot be said when both are silent; in part otherwise.",
            "Facts that a claim states and types stand beside the verdict and do not change it.",
            "The claims are readings of the text in our words; coding and record were not yet "
            "checked by area experts.",
        ),
    )


def expectations_page(met: pd.DataFrame) -> WideTable:
    """Return the table of expectations, with a sentence on each of them above it.

    Parameters
    ----------
    met : :func:`underbalance.claims.expectations.meet_expectations`.
    """
    groups = met.groupby(["iso3", "obstacle", "rule"], sort=False)
    return WideTable(
        name="expectations",
        title="Expectations of the coding, year by year",
        lead=tuple(_summary(own) for _, own in groups),
        header=EXPECTED_HEADER,
        widths=EXPECTED_WIDTHS,
        rows=tuple(_expected_row(row) for row in met.to_dict("records")),
        notes=(
            "A value that is equal to the cut is not above it. Components are named with the "
            "value with which they enter the index.",
        ),
    )


def _counts(judged: pd.DataFrame) -> str:
    counts = [f"{(judged['verdict'] == v).sum()} {v}" for v in VERDICTS]
    return f"Of {len(judged)} claims: {', '.join(counts)}."


def _claim_row(row: Mapping[Any, Any]) -> tuple[str, ...]:
    obstacle = row["obstacle"].replace("+", " + ")
    coded = row["coded_strength"].replace("+", " + ")
    described = row["observed_type_in_seed"] or "none stated"
    return (
        f"{row['claim_id']} {row['period_start']} to {row['period_end']}",
        row["claim"],
        f"{obstacle}: {row['strength']} → {coded} ({row['strength_agrees']})",
        f"{row['predicted_type']} → {row['coded_type'] or UNKNOWN} ({row['coded_type_agrees']}); "
        f"{described} → {row['record_type'] or UNKNOWN} ({row['record_type_agrees']})".replace(
            "+", " + "
        ),
        row["reason"],
        _checks(row),
        f"{row['verdict']} (coding {row['strength_agrees']}, record {row['record_agrees']})",
    )


def _checks(row: Mapping[Any, Any]) -> str:
    if not row["record_check"]:
        return "none tested"
    pairs = zip(
        row["record_check"].split(" | "), row["record_check_result"].split(" | "), strict=True
    )
    return "; ".join(f"{statement}: {result}" for statement, result in pairs)


def _summary(own: pd.DataFrame) -> str:
    """Say of one expectation how many years met it, which did not, and which are above the cut."""
    first = own.iloc[0]
    missed = own.loc[own["met"].eq(False).fillna(False).astype(bool), "year"].astype("str")
    unknown = own.loc[own["met"].isna(), "year"].astype("str")
    parts = [f"{int(own['met'].sum())} of {len(own)} years met"]
    parts += [f"not met: {', '.join(missed)}"] if len(missed) else []
    parts += [f"not known: {', '.join(unknown)}"] if len(unknown) else []
    above = first["years_above"].replace(";", ", ") or "none"
    return f"{first['label']}: {'; '.join(parts)}. All years above the cut: {above}."


def _expected_row(row: Mapping[Any, Any]) -> tuple[str, ...]:
    met = UNKNOWN if pd.isna(row["met"]) else "yes" if row["met"] else "no"
    return (
        row["label"],
        str(row["year"]),
        decimal(row["value"], 2) or UNKNOWN,
        decimal(row["cut"], 2),
        met,
        row["why"],
    )
