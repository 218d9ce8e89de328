"""The codes of the tables of cases."""

from __future__ import annotations

# camps of the head of government
CAMPS = ("leftist", "centrist", "rightist")
NOT_KNOWN = "not_known"
# where both have governed: what Yoo calls progressive in Korea is coded centrist and leftist
NOT_RIGHTIST = "leftist_or_centrist"
ALL = "all"

# the stages of a programme in their order, and the stages of the events that reach them
STEPS: dict[str, tuple[str, ...]] = {
    "commitment": ("interest", "study", "decision"),
    "agreement": ("agreement",),
    "budget": ("budget",),
    "contract": ("contract",),
    "delivery": ("delivery",),
    "operational": ("operational",),
}
REACHED, NOT_RECORDED, EARLIER, CENSORED = "reached", "not_recorded", "earlier", "censored"
