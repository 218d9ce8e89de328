"""What the primary estimates of a hypothesis withstand, as rows of its table of robustness.

Every function takes the tests, one for each column, and the rows of the hypothesis in a table of
results/sensitivity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from underbalance.present.tables_of_results.estimate_lines import estimate_lines
from underbalance.present.tables_of_results.tried import NO_P, SILENT, Tried
from underbalance.present.wording import decimal, rounded_percent, whole
from underbalance.sensitivity.curve import SIGNIFICANT

NONE: Final = "–"
Record = Mapping[Any, Any]
Cells = tuple[str, ...]


def leave_one_out_lines(tests: Sequence[Tried], rows: pd.DataFrame) -> Iterator[Cells]:
    """Give the extremes of the estimate and the largest p, with the ally left out for each."""
    yield ("Without each ally in turn",)
    for label, column, largest in (
        ("Lowest estimate", "estimate", False),
        ("Highest estimate", "estimate", True),
        ("Largest p (of t)", "p_value", True),
    ):
        found = [_extreme(_of_test(rows, test), column, largest=largest) for test in tests]
        yield (label, *(number for number, _ in found))
        if any(ally for _, ally in found):
            yield ("", *(ally for _, ally in found))


def _extreme(rows: pd.DataFrame, column: str, *, largest: bool) -> tuple[str, str]:
    """Return the smallest or largest number, and the ally that was left out for it."""
    known = rows[rows[column].notna()].sort_values(column, kind="stable").to_dict("records")
    if not known:
        return (NO_P if rows["estimate"].notna().any() else SILENT), ""
    row = known[-1 if largest else 0]
    return decimal(row[column]), f"({row['left_out']})"


def curve_lines(tests: Sequence[Tried], rows: pd.DataFrame) -> Iterator[Cells]:
    """Give the counts and shares of the specification curve."""
    yield ("Specification curve",)
    lines: dict[str, Callable[[Record], str]] = {
        "Specifications that count": lambda r: (
            f"{whole(r['n_counted'])} of {whole(r['specifications'])}"
        ),
        "Predicted sign": lambda r: rounded_percent(r["share_predicted_sign"]),
        f"… and p < {SIGNIFICANT:g}": lambda r: rounded_percent(
            r["share_predicted_and_significant"]
        ),
        f"Either, p < {SIGNIFICANT:g}": lambda r: rounded_percent(r["share_significant"]),
        "Median effect": lambda r: decimal(r["median_effect"]),
    }
    records = [_first(_of_model(rows, test)) for test in tests]
    for label, cell in lines.items():
        yield (label, *(cell(record) if record else "" for record in records))


def placebo_lines(tests: Sequence[Tried], rows: pd.DataFrame) -> Iterator[Cells]:
    """Give the estimates with the obstacle of the year after."""
    leads = rows[rows["model"] == "lead"]
    yield ("Placebo",)
    yield from estimate_lines(
        "Year after instead", [_first(_of_test(leads, test)) for test in tests]
    )


def omitted_lines(tests: Sequence[Tried], rows: pd.DataFrame) -> Iterator[Cells]:
    """Give the measures of omitted variables that some model has."""
    yield ("Omitted variables",)
    records = [_first(_of_test(rows, test)) for test in tests]
    for label, column, places in (
        ("Robustness value", "rv", 3),
        ("… to p = 0.05", "rv_alpha", 3),
        ("E-value", "e_value", 2),
        ("… of the interval", "e_value_limit", 2),
    ):
        if any(record and pd.notna(record[column]) for record in records):
            yield (label, *(decimal(r[column], places) or NONE if r else "" for r in records))


def power_lines(tests: Sequence[Tried], rows: pd.DataFrame) -> Iterator[Cells]:
    """Give the smallest effects that the tests find."""
    yield ("Power",)
    records = [_first(_of_test(rows, test)) for test in tests]
    shown = (decimal(r["detectable_effect"], 2) or SILENT if r else "" for r in records)
    yield ("Smallest effect found", *shown)


def _of_model(rows: pd.DataFrame, test: Tried) -> pd.DataFrame:
    return rows[rows["spec_id"] == test.spec_id]


def _of_test(rows: pd.DataFrame, test: Tried) -> pd.DataFrame:
    return rows[(rows["spec_id"] == test.spec_id) & (rows["term"] == test.term)]


def _first(rows: pd.DataFrame) -> Record:
    return rows.to_dict("records")[0] if len(rows) else {}
