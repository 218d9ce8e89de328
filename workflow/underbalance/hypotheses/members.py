"""The models that the contrasts of H2 and H3 compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.hypotheses.contrasts import Member, Resamples, contrast_row, effect_rows, resample
from underbalance.hypotheses.effects import standardiser
from underbalance.hypotheses.specs import CONTRASTS, contrasted, outcome_group
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, few_events, fitted
from underbalance.models.frames import frame_of
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.specifications import Specification

CONTRAST_COLUMNS: Final = [
    "hypothesis", "term", "more", "less", "models_more", "models_less", "effect", "std_error",
    "ci_low", "ci_high", "se_low", "se_high", "p_value", "draws", "failed", "allies", "note",
]  # fmt: skip
CONTRAST_TEXTS: Final = ("hypothesis", "term", "more", "less", "note")


def contrasts_and_effects(
    specs: Mapping[str, Specification],
    tables: Tables,
    plan: Plan,
    seed: Sequence[int],
    replications: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the contrasts of H2 and H3, and the standardised effects that they are made of.

    Only models that can count in a verdict are compared: enough clusters and events. The
    others have a row among the effects that says why they are left out.
    """
    members, left_out = _members(specs, tables, plan)
    terms = [contrast.term for contrast in CONTRASTS]
    drawn: Resamples = resample(members, terms, seed, replications)
    level = plan.confidence_level
    rows = [contrast_row(contrast, drawn, level) for contrast in CONTRASTS]
    effects = pd.concat([effect_rows(drawn, level).assign(note=""), left_out], ignore_index=True)
    return frame_of(rows, CONTRAST_COLUMNS, CONTRAST_TEXTS), effects


def _members(
    specs: Mapping[str, Specification], tables: Tables, plan: Plan
) -> tuple[list[Member], pd.DataFrame]:
    members, reasons = [], []
    for name, spec in contrasted(specs).items():
        group = outcome_group(spec)
        try:
            fit = fitted(name, spec, tables, plan)
            reason, factor = fit.withheld or few_events(fit), standardiser(spec.estimator, fit)
        except EstimationError as error:
            reason, fit = f"{NOT_ESTIMATED}{error}", None
        if fit is not None and fit.model is not None and not reason:
            members.append(Member(name, group, fit.model, factor))
        else:
            reasons.append({"term": "", "group": group, "spec_id": name, "note": reason})
    return members, pd.DataFrame(reasons, columns=["term", "group", "spec_id", "note"])
