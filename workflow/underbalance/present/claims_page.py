"""The table of claims and the table of expectations as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from underbalance.claims.years import spanned
from underbalance.places import in_run
from underbalance.present.table import WideTable
from underbalance.present.wording import decimal
from underbalance.schemas.claim_words import AGREES, IN_PART, NONE_STATED, SEPARATOR, VERDICTS

CLAIMS_HEADER = (
    "Claim",
    "What it says",
    "Claimed → coded",
    "Type: predicted → coded; described → on record",
    "Reason",
    "Facts it states",
    "Agrees?",
)
CLAIMS_WIDTHS = (0.11, 0.16, 0.10, 0.13, 0.18, 0.19, 0.13)
EXPECTED_HEADER = ("Expectation", "Years", "Value", "Cut", "Met?", "Why")
EXPECTED_WIDTHS = (0.24, 0.10, 0.08, 0.08, 0.10, 0.40)
UNKNOWN = "not known"
NO_CLAIM = "No claim is on an ally of the sample."
NONE_EXPECTED = "Nothing is expected of an ally of the sample."


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
        lead=(_verdicts(judged), _types(judged), _statements(judged)) if rows else (NO_CLAIM,),
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
        lead=tuple(_summary(own) for _, own in groups) or (NONE_EXPECTED,),
        header=EXPECTED_HEADER,
        widths=EXPECTED_WIDTHS,
        rows=tuple(_expected_rows(met)),
        notes=(
            "A value that is equal to the cut is not above it. Components are named with the "
            "value with which they enter the index. Expected years in a line have the "
            f"same finding; {in_run('results/cases/expectations.csv')} has a line for each.",
        ),
    )


def _verdicts(judged: pd.DataFrame) -> str:
    counts = [f"{(judged['verdict'] == v).sum()} {v}" for v in VERDICTS]
    return f"Of {len(judged)} claims: {', '.join(counts)}."


def _types(judged: pd.DataFrame) -> str:
    """Count how often the types agree; they do not enter the verdict."""
    stated = judged[judged["record_type_agrees"] != NONE_STATED]
    same, in_part = ((stated["record_type_agrees"] == a).sum() for a in (AGREES, IN_PART))
    predicted = (judged["coded_type_agrees"] == AGREES).sum()
    return (
        f"The coded type is the predicted one in {predicted} of {len(judged)}; the type on "
        f"record is the one described in {same} of {len(stated)} that describe one, in part in "
        f"{in_part} more."
    )


def _statements(judged: pd.DataFrame) -> str:
    results = [
        result for cell in judged["record_check_result"] for result in cell.split(SEPARATOR) if cell
    ]
    hold = sum(result.startswith("holds") for result in results)
    fail = sum(result.startswith("does not hold") for result in results)
    return f"Of {len(results)} particular facts tested, {hold} hold and {fail} do not."


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
        row["record_check"].split(SEPARATOR),
        row["record_check_result"].split(SEPARATOR),
        strict=True,
    )
    return "; ".join(f"{statement}: {result}" for statement, result in pairs)


def _summary(own: pd.DataFrame) -> str:
    """Say of one expectation how many years met it, which did not, and which are above the cut."""
    first = own.iloc[0]
    missed = own.loc[own["met"].eq(False).fillna(False).astype(bool), "year"]
    unknown = own.loc[own["met"].isna(), "year"]
    parts = [f"{int(own['met'].sum())} of {len(own)} years met"]
    parts += [f"not met: {spanned(list(missed))}"] if len(missed) else []
    parts += [f"not known: {spanned(list(unknown))}"] if len(unknown) else []
    above = spanned([int(year) for year in first["years_above"].split(";") if year]) or "none"
    return f"{first['label']}: {'; '.join(parts)}. All years above the cut: {above}."


def _expected_rows(met: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Yield a line for each run of expected years with the same finding."""
    found = ((row["year"], _finding(row)) for row in met.to_dict("records"))
    for finding, run in groupby(found, key=itemgetter(1)):
        label, *others = finding
        yield label, spanned([year for year, _ in run]), *others


def _finding(row: Mapping[Any, Any]) -> tuple[str, ...]:
    met = UNKNOWN if pd.isna(row["met"]) else "yes" if row["met"] else "no"
    return (
        row["label"],
        decimal(row["value"], 2) or UNKNOWN,
        decimal(row["cut"], 2),
        met,
        row["why"],
    )
