"""The verdict on a claim, by a rule fixed before any claim was judged."""

from __future__ import annotations

from underbalance.schemas.claim_words import (
    AGREES,
    CANNOT_BE_SAID,
    CONTRADICTED,
    DISAGREES,
    IN_DIRECTION,
    NO_EVENT,
    NOT_KNOWN,
    SUPPORTED,
    SUPPORTED_IN_PART,
)

SILENT = (NOT_KNOWN, NO_EVENT)


def verdict(strength: str, record: str) -> str:
    """Return the verdict from what the coded strength and the public record answer.

    supported: both agree, or one agrees and the other is silent. contradicted: at least
    one disagrees and none agrees or agrees in direction. cannot be said: both are silent.
    in part: everything between.
    """
    answers = (strength, record)
    if all(answer in SILENT for answer in answers):
        return CANNOT_BE_SAID
    if all(answer == AGREES or answer in SILENT for answer in answers):
        return SUPPORTED
    if DISAGREES in answers and not {AGREES, IN_DIRECTION} & set(answers):
        return CONTRADICTED
    return SUPPORTED_IN_PART
