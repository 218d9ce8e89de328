"""The likelihood of log times that are known by intervals, watched late, and linear in x."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Times:
    """Log times of n rows: an event in (low, high], given that it came after entry.

    Parameters
    ----------
    low, high, entry : shape (n,); −inf for a time of zero, inf where no event was seen.
    exact : shape (n,), low equals high and the density takes the place of the interval.
    """

    low: Array
    high: Array
    entry: Array
    exact: Flags

    def less(self, shift: Array) -> Times:
        """Return the times with a part that is known (a held coefficient) taken off."""
        return Times(self.low - shift, self.high - shift, self.entry - shift, self.exact)

    def of(self, rows: Flags) -> Times:
        """Return the times of some rows."""
        return Times(self.low[rows], self.high[rows], self.entry[rows], self.exact[rows])

    def middle(self) -> Array:
        """Return a known number in or at the end of each interval; zero where it has none."""
        ends = np.column_stack([self.low, self.high])
        known = np.isfinite(ends)
        mean: Array = np.where(known, ends, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        return mean


@dataclass(frozen=True)
class ErrorLaw:
    """Standardised error e of log T = eta + scale * e, by functions of its values.

    ``bend`` is the derivative of the log density and ``bend_slope`` that of ``bend``.
    """

    log_survival: Callable[[Array], Array]
    log_density: Callable[[Array], Array]
    bend: Callable[[Array], Array]
    bend_slope: Callable[[Array], Array]


SMALLEST_VALUE = ErrorLaw(  # of the Weibull and, with scale 1, the exponential distribution
    log_survival=lambda z: -np.exp(z),
    log_density=lambda z: z - np.exp(z),
    bend=lambda z: 1 - np.exp(z),
    bend_slope=lambda z: -np.exp(z),
)
LOGISTIC = ErrorLaw(
    log_survival=lambda z: -np.logaddexp(0, z),
    log_density=lambda z: z - 2 * np.logaddexp(0, z),
    bend=lambda z: -np.tanh(z / 2),
    bend_slope=lambda z: -0.5 / np.cosh(z / 2) ** 2,
)


@dataclass(frozen=True, eq=False)
class Derivatives:
    r"""Log-likelihood of each row and its derivatives in gamma'x and tau, each shape (n,).

    With z = tau·y − x'gamma, tau = 1/scale and gamma = b/scale, the log-likelihood of
    intervals is concave in (gamma, tau) (Burridge 1981), which makes Newton steps safe;
    late entry can undo that, far from the maximum.
    """

    loglik: Array
    by_x: Array
    by_tau: Array
    by_x_x: Array
    by_x_tau: Array
    by_tau_tau: Array

    def of(self, rows: slice) -> Derivatives:
        """Return the derivatives of some rows."""
        return Derivatives(*(getattr(self, part.name)[rows] for part in fields(self)))


def derivatives(times: Times, fitted: Array, tau: float, law: ErrorLaw) -> Derivatives:
    """Return the log-likelihood of each row and its derivatives.

    Parameters
    ----------
    fitted : shape (n,), x'gamma.
    tau : 1/scale.
    """
    loglik, first, second = _interval_or_density(times, fitted, tau, law)
    since_entry, hazard, slope = _late_entry(times.entry, fitted, tau, law)
    low, high, entry = (
        np.where(np.isfinite(y), y, 0) for y in (times.low, times.high, times.entry)
    )
    (d_low, d_high), (d_low_low, d_low_high, d_high_high) = first, second
    exact = np.where(times.exact, 1.0, 0.0)
    return Derivatives(
        loglik=loglik + since_entry + exact * (np.log(tau) - low),
        by_x=-(d_low + d_high + hazard),
        by_tau=d_low * low + d_high * high + hazard * entry + exact / tau,
        by_x_x=d_low_low + 2 * d_low_high + d_high_high + slope,
        by_x_tau=-(
            d_low_low * low + d_low_high * (low + high) + d_high_high * high + slope * entry
        ),
        by_tau_tau=d_low_low * low**2
        + 2 * d_low_high * low * high
        + d_high_high * high**2
        + slope * entry**2
        - exact / tau**2,
    )


def _interval_or_density(
    times: Times, fitted: Array, tau: float, law: ErrorLaw
) -> tuple[Array, tuple[Array, Array], tuple[Array, Array, Array]]:
    """Return log(S(z_low) − S(z_high)) or log f(z), its derivatives in z_low and z_high."""
    z_low, from_start = _standardised(times.low, fitted, tau)
    z_high, never = _standardised(times.high, fitted, tau)
    survival_low = np.where(from_start, 0.0, law.log_survival(z_low))
    survival_high = np.where(never, -np.inf, law.log_survival(z_high))
    gap = np.where(times.exact, -1.0, survival_high - survival_low)
    log_mass = survival_low + np.log(-np.expm1(gap))
    at_low = np.where(from_start, 0.0, np.exp(law.log_density(z_low) - log_mass))
    at_high = np.where(never, 0.0, np.exp(law.log_density(z_high) - log_mass))
    known = times.exact
    d_low = np.where(known, law.bend(z_low), -at_low)
    d_high = np.where(known, 0.0, at_high)
    bent_low = d_low * law.bend(z_low) - d_low**2
    return (
        np.where(known, law.log_density(z_low), log_mass),
        (d_low, d_high),
        (
            np.where(known, law.bend_slope(z_low), bent_low),
            -d_low * d_high,
            d_high * law.bend(z_high) - d_high**2,
        ),
    )


def _late_entry(
    entry: Array, fitted: Array, tau: float, law: ErrorLaw
) -> tuple[Array, Array, Array]:
    """Return −log S(z_entry), the hazard there and its derivative; zero without late entry."""
    z, from_start = _standardised(entry, fitted, tau)
    survival = law.log_survival(z)
    hazard = np.exp(law.log_density(z) - survival)
    slope = hazard * (law.bend(z) + hazard)
    return tuple(np.where(from_start, 0.0, part) for part in (-survival, hazard, slope))  # type: ignore[return-value]


def _standardised(y: Array, fitted: Array, tau: float) -> tuple[Array, Flags]:
    """Return tau·y − x'gamma, zero where y is infinite, and where that is."""
    infinite = ~np.isfinite(y)
    return np.where(infinite, 0.0, tau * np.where(infinite, 0.0, y) - fitted), infinite
