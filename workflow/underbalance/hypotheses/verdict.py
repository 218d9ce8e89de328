"""The verdict on a hypothesis, by the rule of docs/pre_analysis_plan.md."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from underbalance.models.estimate import LEAST_EVENTS
from underbalance.models.inference import holm
from underbalance.models.reported import BOOTSTRAP
from underbalance.models.tidy import NOT_ESTIMATED, TOO_FEW

ALPHA: Final = 0.05
SHARE: Final = 0.5  # of the models that count: so many must agree
SUPPORTED: Final = "supported"
CONTRADICTED: Final = "contradicted"
NOT_SUPPORTED: Final = "not supported"
NO_VERDICT: Final = "no verdict"
COUNTS: Final = "counts"
DESCRIPTIVE: Final = "descriptive"


def role(n_events: float, p_value: float, p_method: str, note: str) -> str:
    """Return the part that a model plays in the verdict: that it counts, or why it does not.

    Parameters
    ----------
    n_events : events of a model of events, nan of others.
    p_value : nan where it is withheld or there is no estimate.
    p_method : where it is from; the rule of the plan is on the wild cluster bootstrap.
    note : of the tidy row.
    """
    if note.startswith(NOT_ESTIMATED):
        return note
    if pd.notna(n_events) and n_events < LEAST_EVENTS:
        return f"{DESCRIPTIVE}: fewer than {LEAST_EVENTS} events"
    if TOO_FEW in note:
        told = next(part for part in note.split("; ") if TOO_FEW in part)
        return f"{DESCRIPTIVE}: {told[told.index(TOO_FEW) :]}"
    if pd.isna(p_value):
        return f"{DESCRIPTIVE}: no p-value"
    if not p_method.startswith(BOOTSTRAP):
        # t(G−1) rejects too often just where one ally leaves nothing to resample
        return f"{DESCRIPTIVE}: no {BOOTSTRAP}"
    return COUNTS


def corrected(p_values: pd.Series[float], roles: pd.Series[str]) -> pd.Series[float]:
    """Return the p-values of one hypothesis after Holm's correction for the models that count.

    The others have none: they enter no verdict, so that there is nothing to correct for.
    """
    found = pd.Series(np.nan, index=p_values.index)
    counting = roles == COUNTS
    if counting.any():
        found[counting] = holm(p_values[counting].tolist())
    return found


@dataclass(frozen=True)
class Tally:
    """What the primary models of one hypothesis say.

    Parameters
    ----------
    models : primary models.
    counting : of them, those that count in the verdict.
    agree, disagree : with the predicted and the opposite sign, corrected p < .05.
    against_it, against_opposite : with the opposite and the predicted sign, uncorrected p < .05.
    """

    models: int
    counting: int
    agree: int
    disagree: int
    against_it: int
    against_opposite: int

    @property
    def needed(self) -> int:
        """How many models must agree: half of those that count, or the next above."""
        return math.ceil(SHARE * self.counting)


def verdict(models: pd.DataFrame) -> str:
    """Return the verdict on one hypothesis from its primary models.

    Supported: of the models that count, at least half have the predicted sign with a corrected
    p < .05 and none the opposite sign with an uncorrected p < .05. Contradicted: the same
    with the opposite sign. Without a model that counts there is no verdict.

    Parameters
    ----------
    models : columns ``estimate``, ``predicted_sign`` (1 or −1), ``p_value``, ``p_holm``
        and ``role``, one row per model.
    """
    found = tally(models)
    if not found.counting:
        return NO_VERDICT
    if found.agree >= found.needed and not found.against_it:
        return SUPPORTED
    if found.disagree >= found.needed and not found.against_opposite:
        return CONTRADICTED
    return NOT_SUPPORTED


def tally(models: pd.DataFrame) -> Tally:
    """Count what the primary models of one hypothesis say (columns as in :func:`verdict`)."""
    own = models[models["role"] == COUNTS]
    # positive where the estimate has the predicted sign
    towards = np.sign(own["estimate"].astype("float64")) * own["predicted_sign"].astype("float64")
    corrected_clear, clear = own["p_holm"] < ALPHA, own["p_value"] < ALPHA
    return Tally(
        models=len(models),
        counting=len(own),
        agree=int(((towards > 0) & corrected_clear).sum()),
        disagree=int(((towards < 0) & corrected_clear).sum()),
        against_it=int(((towards < 0) & clear).sum()),
        against_opposite=int(((towards > 0) & clear).sum()),
    )
