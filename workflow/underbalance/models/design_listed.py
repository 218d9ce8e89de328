"""The rows that every outcome gives a model: of the design, and of its user."""

from __future__ import annotations

from underbalance.models.design_rows import OUTCOME_FILE, ROWS, Rows
from underbalance.models.design_years import case_rows
from underbalance.own.definitions import CLOCK, COHORT, ENDED, OwnOutcome, read_own


def all_rows() -> dict[str, Rows]:
    """Return what outcomes give models, by name: of the design, then of config/outcomes.yaml."""
    return ROWS | {name: _rows(name, entry) for name, entry in read_own().outcomes.items()}


def _rows(name: str, entry: OwnOutcome) -> Rows:
    table, files = f"outcome.{name}", (OUTCOME_FILE.format(name),)
    if entry.kind == "ally_year":
        return Rows(table, files, entry.measure, build=lambda tables: tables[name])
    return Rows(
        table=table,
        files=files,
        measure=ENDED,
        build=lambda tables: case_rows(tables[name]),
        duration=CLOCK,
        interval="year",
        adds={CLOCK: "number", COHORT: "text"},
    )
