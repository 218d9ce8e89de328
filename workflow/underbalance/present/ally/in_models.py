"""What the primary models have of an ally, and what they say without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from underbalance.explain.reading import read_plain
from underbalance.explain.rows import Index, Row
from underbalance.present.wording import decimal, p_text, whole

HEAD = (
    "Model",
    "Rows",
    "Cases",
    "Events",
    "Hypothesis and term",
    "Estimate",
    "p of the model",
    "Without it",
    "p to first order",
)


@dataclass(frozen=True)
class ModelTables:
    """Tables on the part of single allies in the models.

    Parameters
    ----------
    counts : results/description/rows_by_ally.csv.
    left_out : results/sensitivity/leave_one_out.csv.
    titles : of the specifications, by id.
    """

    counts: Index
    left_out: Index
    titles: Mapping[str, str]


def read_model_tables(counts: Path, left_out: Path, titles: Mapping[str, str]) -> ModelTables:
    """Return the tables, read from their files."""
    frame = read_plain(left_out).rename(columns={"left_out": "iso3"})
    return ModelTables(Index(read_plain(counts)), Index(frame), titles)


def model_lines(tables: ModelTables, iso3: str) -> list[tuple[str, ...]]:
    """Return a line for each test of a primary model that uses rows of the ally."""
    lines: list[tuple[str, ...]] = []
    for row in tables.counts.of(iso3):
        tests = [one for one in tables.left_out.of(iso3) if one["spec_id"] == row["spec_id"]]
        title = tables.titles[row["spec_id"]]
        numbers = [_count(row[name]) for name in ("used", "cases", "events")]
        for test in tests or [{}]:
            lines.append((title, *numbers, *_test(test)))
            title, numbers = "", [""] * 3
    return lines


def _test(row: Row) -> tuple[str, ...]:
    if not row:
        return ("",) * 5
    term = row["term"].removesuffix("_lag1").replace("_", " ")
    return (
        f"{row['hypothesis']}, {term}",
        _number(row["full_estimate"]),
        p_text(_nan(row["full_p_value"])),
        _number(row["estimate"]),
        p_text(_nan(row["p_value"])),
    )


def _count(value: float | None) -> str:
    return "" if value is None else whole(int(value))


def _number(value: float | None) -> str:
    return decimal(_nan(value))


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value
