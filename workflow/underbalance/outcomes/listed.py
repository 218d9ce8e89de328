"""All outcomes of a project: those of the design, and those that its user added."""

from __future__ import annotations

from underbalance.outcomes.catalogue import OUTCOMES, Outcome
from underbalance.outcomes.own import own_outcomes


def all_outcomes() -> dict[str, Outcome]:
    """Return the outcomes by name: of the design, then of config/outcomes.yaml."""
    return OUTCOMES | own_outcomes()
