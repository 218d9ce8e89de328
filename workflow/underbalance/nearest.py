"""What a wrong name may have meant, told without listing every name there is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 15


def did_you_mean(name: object, known: Iterable[object], otherwise: str) -> str:
    """Return the question after the closest of the known names, ``otherwise`` if none is close."""
    close = get_close_matches(str(name), [str(one) for one in known], n=1)
    return f"did you mean `{close[0]}`?" if close else otherwise


def nearest(name: object, known: Iterable[object]) -> str:
    """Return the known names, of more than :data:`MOST` the closest and how many others."""
    names = [str(one) for one in known]
    if len(names) <= MOST:
        return ", ".join(names)
    # a cutoff of zero keeps names that have nothing in common: there are always MOST
    close = get_close_matches(str(name), names, n=MOST, cutoff=0)
    return ", ".join([*close, f"… ({len(names) - MOST} more)"])
