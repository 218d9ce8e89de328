"""How far a number of a run may be from the one that is kept, by how it was made.

On the machine that made the reference, with the same libraries, every number comes out to the
last digit, draws and permutations too: they have seeds. Other processors and builds of BLAS add
up in another order; the tolerances are as wide as that can matter, and no wider.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Value = float | str | None


@dataclass(frozen=True)
class Tolerance:
    """How far two numbers may be apart: the widest of three distances.

    Parameters
    ----------
    relative : to the number that is kept.
    absolute : in its unit.
    errors : in the standard errors of its row (column ``std_error``).
    why : what makes it as wide as it is.
    """

    relative: float = 0.0
    absolute: float = 0.0
    errors: float = 0.0
    why: str = ""

    def allowed(self, kept: float, std_error: float = 0.0) -> float:
        """Return the distance that is allowed."""
        return max(self.relative * abs(kept), self.absolute, self.errors * std_error)


TOLERANCES: Final[Mapping[str, Tolerance]] = {
    "exact": Tolerance(why="words, counts and years: nothing is rounded on the way"),
    "computed": Tolerance(
        relative=1e-6,
        absolute=1e-8,
        why="maxima and sums of matrices: the last digits depend on the order of additions",
    ),
    "wild p": Tolerance(
        absolute=0.001, why="a share of 9,999 draws, of which ten may be decided by rounding"
    ),
    "Holm p": Tolerance(absolute=0.01, why="such a p times the number of tests, up to ten"),
    "permutation p": Tolerance(
        absolute=0.006,
        why="a share of 999 permutations; a few nearly separate the events, which rounding decides",
    ),
    "resampled p": Tolerance(absolute=0.003, why="a share of 2,000 resamples, six of them"),
    "wild end": Tolerance(
        relative=1e-6,
        errors=0.02,
        why="where the p-value crosses the level: it moves with the draws that decide there",
    ),
    "resampled": Tolerance(
        relative=0.005,
        absolute=0.002,
        why="quantiles of resamples, of which some can fail on one machine and not on another",
    ),
    "simulated": Tolerance(
        absolute=0.01, why="a share of 1,000 simulated outcomes, ten of them, or read off one"
    ),
}


def is_near(kept: Value, found: Value, tolerance: Tolerance, std_error: float = 0.0) -> bool:
    """Say whether a value is near enough: texts, empty cells and open ends must be the same."""
    if isinstance(kept, str) or isinstance(found, str) or kept is None or found is None:
        return kept == found
    if math.isinf(kept) or math.isinf(found):
        return kept == found
    return abs(found - kept) <= tolerance.allowed(kept, std_error)
