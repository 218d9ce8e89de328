"""The primary tests by other estimators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.tables_of_results.tried import (
    SILENT,
    Specifications,
    Tried,
    dagger_note,
    mark_of_events,
    p_or_why,
    reason,
    tried_tests,
)
from underbalance.present.wording import as_heading, decimal, whole

HEADER = ("", "Estimate", "SE", "p", "Scale", "Comparable", "Says", "Rows", "Allies")
NONE = "–"
SHORT = {
    "coefficient": "outcome",
    "log ratio of variances": "variance",
    "log ratio of means": "mean",
    "log hazard ratio": "hazard",
    "log time ratio": "time",
    "difference in probability": "probability",
}
Row = Mapping[Any, Any]


def estimators_table(
    hypothesis: str,
    specs: Specifications,
    alternatives: pd.DataFrame,
    codebook: pd.DataFrame,
    sample_label: str,
) -> Table:
    """Return the estimates of each primary model by other estimators, the primary one first.

    Parameters
    ----------
    hypothesis : H2, H3 or H4.
    specs : all specifications.
    alternatives : results/sensitivity/alternatives.csv.
    """
    tests = tried_tests(hypothesis, specs)
    own = alternatives[alternatives["hypothesis"] == hypothesis]
    body = tuple(cells for test in tests for cells in _panel(test, own))
    return Table(
        name=f"robustness_{hypothesis}_estimators",
        title=f"{hypothesis}: the primary models by other estimators",
        header=HEADER,
        body=body,
        summary=(),
        notes=(
            "First row of each model: the estimator of the plan, with p of the wild cluster "
            "bootstrap; the others with p of their own t.",
            "Scale: what the estimate changes per standard deviation of the obstacle; of hazards, "
            "times, means and variances it is the log of a ratio. Comparable: the estimate turned "
            "into the scale of the first row, where that can be.",
            "Says: what the estimate would mean, whatever its p.",
            *dagger_note(body),
            *_reasons(tests, own, codebook),
            f"Sample: {sample_label}. Source: {in_run('results/sensitivity/alternatives.csv')}.",
        ),
        label_width=0.23,
    )


def _panel(test: Tried, rows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    own = rows[rows["spec_id"] == test.spec_id]
    # of a linear probability no events are counted
    yield (f"{test.spec.title}{mark_of_events(own['n_events'].min())}",)
    for row in own.to_dict("records"):
        yield (as_heading(row["estimator"]), *_cells(row))


def _cells(row: Row) -> tuple[str, ...]:
    scale = SHORT.get(row["scale"], row["scale"])
    if pd.isna(row["estimate"]):
        return (SILENT, "", "", scale, "", "", "", "")
    return (
        decimal(row["estimate"]),
        decimal(row["std_error"]),
        p_or_why(row["p_value"], estimated=True),
        scale,
        decimal(row["comparable"]) or NONE,
        row["direction"],
        whole(row["n"]),
        whole(row["n_clusters"]),
    )


def _reasons(tests: list[Tried], rows: pd.DataFrame, codebook: pd.DataFrame) -> Iterator[str]:
    by_id = {test.spec_id: test for test in tests}
    for row in rows[rows["spec_id"].isin(by_id)].to_dict("records"):
        test = by_id[row["spec_id"]]
        if words := reason(row["note"], test.spec, codebook):
            yield f"{test.head}, {row['estimator']}: not estimated: {words}."
    withheld = rows[rows["estimate"].notna() & rows["p_value"].isna()]
    if len(withheld):
        notes = ", ".join(dict.fromkeys(map(str, withheld["note"].dropna())))
        yield f"Withheld: no p, {notes}."
