"""The answers that claims can get."""

from __future__ import annotations

AGREES = "agrees"
IN_DIRECTION = "agrees in direction"
IN_PART = "agrees in part"
DISAGREES = "disagrees"
MIXED = "mixed"
NO_EVENT = "no event"
NOT_KNOWN = "not known"
NONE_STATED = "none stated"

STRENGTH_ANSWERS = (AGREES, IN_DIRECTION, DISAGREES, NOT_KNOWN)
RECORD_ANSWERS = (AGREES, MIXED, DISAGREES, NO_EVENT, NOT_KNOWN)
CODED_TYPE_ANSWERS = (AGREES, DISAGREES, NOT_KNOWN)
RECORD_TYPE_ANSWERS = (AGREES, IN_PART, DISAGREES, NOT_KNOWN, NONE_STATED)

SUPPORTED = "supported"
SUPPORTED_IN_PART = "in part"
CONTRADICTED = "contradicted"
CANNOT_BE_SAID = "cannot be said"
VERDICTS = (SUPPORTED, SUPPORTED_IN_PART, CONTRADICTED, CANNOT_BE_SAID)

# types that the record of a period can show
BOTH = "slow+inconsistent"
RECORD_TYPES = ("effective", "inconsistent", "slow", BOTH, "failing")

# between several statements in one cell
SEPARATOR = " | "
