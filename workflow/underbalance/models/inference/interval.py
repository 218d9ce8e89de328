"""Intervals by inverting a test."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

from underbalance.errors import EstimationError
from underbalance.models.inference.result import rejected

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0)  # of a std. error
PRECISION = 1e-4  # of a standard error
UNBOUNDED = "interval has no {side} end within {reach:g} standard errors"
UNKNOWN = "{side} end of the interval unknown: the model cannot be estimated at {null:.3g}"


def interval(
    p_value: Callable[[float], float], estimate: float, std_error: float, *, level: float
) -> tuple[float, float, list[str]]:
    """Return lower end, upper end and what is to be noted of null values with p ≥ 1 − level.

    p at the estimate is one. From there each end is searched outwards in steps, and the first
    rejected step bracketed to a ten-thousandth of a standard error; the end returned is the
    last null value that was not rejected. Zero is always one of the values tried, so that the
    interval holds zero exactly when zero is not rejected, also where p is not monotone.

    Returns
    -------
    nan for an end that is not found within the last step, or where the model cannot be
    estimated under nulls so far out; the notes say which.
    """
    low, of_low = _end(p_value, estimate, -std_error, level)
    high, of_high = _end(p_value, estimate, std_error, level)
    notes = [(of_low, "lower"), (of_high, "upper")]
    return low, high, [note.replace("{side}", side) for note, side in notes if note]


def _end(
    p_value: Callable[[float], float], estimate: float, step: float, level: float
) -> tuple[float, str]:
    """Return the end in the direction of the step, or nan and why there is none."""
    inside, outwards = _path(p_value, estimate, step, level)
    for null in outwards:
        try:
            if rejected(p_value(null), level):
                return _crossing(p_value, inside, null, abs(step) * PRECISION, level), ""
        except EstimationError:
            return nan, UNKNOWN.format(side="{side}", null=null)
        inside = null
    return nan, UNBOUNDED.format(side="{side}", reach=STEPS[-1])


def _path(
    p_value: Callable[[float], float], estimate: float, step: float, level: float
) -> tuple[float, list[float]]:
    """Return where to start and the null values to try, zero among them if on this side."""
    steps = [estimate + multiple * step for multiple in STEPS]
    if estimate * step >= 0:
        return estimate, steps
    if rejected(p_value(0.0), level):
        return estimate, [*(null for null in steps if null * step < 0), 0.0]
    return 0.0, [null for null in steps if null * step > 0]


def _crossing(
    p_value: Callable[[float], float], inside: float, outside: float, precision: float, level: float
) -> float:
    while abs(outside - inside) > precision:
        middle = (inside + outside) / 2
        if rejected(p_value(middle), level):
            outside = middle
        else:
            inside = middle
    return inside
