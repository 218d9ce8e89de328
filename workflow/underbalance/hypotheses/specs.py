"""Which specifications speak to which hypothesis, and the smaller models within them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from underbalance.hypotheses.contrasts import INCONSISTENCY, SLOWNESS, Contrast
from underbalance.models.design_listed import all_rows
from underbalance.models.terms import lag_name, tested_terms
from underbalance.specifications import Specification

POLITICAL: Final = "political"
SOCIAL: Final = "social"
# the obstacles whose weights are compared: the social one in its two parts
WEIGHED: Final = (POLITICAL, "economic", "legal")
CONTRASTS: Final = (
    Contrast("H2", lag_name(POLITICAL), more=INCONSISTENCY, less=SLOWNESS),
    Contrast("H3", lag_name(SOCIAL), more=SLOWNESS, less=INCONSISTENCY),
)
GROUPS: Final = {"H2": INCONSISTENCY, "H3": SLOWNESS}
FAILURES: Final = ("loss", "lapse")
Specifications = Mapping[str, Specification]


def primary(specs: Specifications) -> dict[str, Specification]:
    """Return the specifications that may enter a verdict."""
    return {name: spec for name, spec in specs.items() if spec.role == "primary"}


def contrasted(specs: Specifications) -> dict[str, Specification]:
    """Return the primary specifications of H2 and H3, whose obstacles are compared."""
    return {name: spec for name, spec in primary(specs).items() if outcome_group(spec)}


def one_per_outcome(specs: Specifications) -> dict[str, Specification]:
    """Return the first specification of each outcome: others of its outcome use the same rows."""
    first: dict[str, str] = {}
    for name, spec in specs.items():
        if not spec.low_low:
            first.setdefault(spec.outcome, name)
    return {name: specs[name] for name in first.values()}


def outcome_group(spec: Specification) -> str:
    """Return ``inconsistency`` for models of H2, ``slowness`` for those of H3, else nothing."""
    found = [GROUPS[test.hypothesis] for test in spec.tests if test.hypothesis in GROUPS]
    return found[0] if found else ""


def predictions(specs: Specifications) -> pd.DataFrame:
    """Return what the primary specifications test, one row per hypothesis and term.

    Columns: hypothesis, spec_id, outcome (title), estimator, scale, term, predicted_sign.
    """
    rows = [
        {
            "hypothesis": tested.hypothesis,
            "spec_id": name,
            "outcome": spec.title,
            "estimator": spec.estimator,
            "scale": scale(spec),
            "term": tested.term,
            "predicted_sign": tested.sign,
        }
        for name, spec in primary(specs).items()
        for tested in tested_terms(spec)
    ]
    columns = ["hypothesis", "spec_id", "outcome", "estimator", "scale", "term", "predicted_sign"]
    return pd.DataFrame(rows, columns=columns)


def scale(spec: Specification) -> str:
    """Return what a positive coefficient is more of: failure, pace, duration or unsteadiness."""
    if spec.outcome in FAILURES:
        return "failure"
    if not all_rows()[spec.outcome].interval:
        return "unsteadiness"
    return "duration" if spec.estimator.startswith("aft_") else "pace"


def weighed(spec: Specification, obstacles: Sequence[str] = WEIGHED) -> Specification:
    """Return the specification with these obstacles, each by itself, in place of its own."""
    changes = {"obstacles": tuple(obstacles), "products": (), "low_low": False, "tests": ()}
    return spec.model_copy(update=changes)


def without_rivals(spec: Specification) -> Specification:
    """Return the specification with obstacles and controls only."""
    return spec.model_copy(update={"rivals": ()})
