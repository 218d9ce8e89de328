"""Random weights of clusters, the same for the same seed, specification and term."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import product

import numpy as np

from underbalance.models.model import Array

POINTS = {
    "Rademacher": (-1.0, 1.0),
    "Webb": (-(1.5**0.5), -1.0, -(0.5**0.5), 0.5**0.5, 1.0, 1.5**0.5),
}
FEWEST_FOR_RADEMACHER = 13


@dataclass(frozen=True, eq=False)
class Draws:
    """Weights of G clusters, shape (B, G), and whether they are all that there are."""

    weights: Array
    distribution: str
    every: bool

    @property
    def name(self) -> str:
        """The draws in words."""
        count = f"{len(self.weights):,}"
        return f"{self.distribution}, {f'all {count}' if self.every else count} draws"

    def p_value(self, extreme: int) -> float:
        """Return the p-value when ``extreme`` of the draws are as extreme as the sample.

        Among all draws the sample itself (every weight one) is one. Among random ones it is
        counted as one more, so that the test keeps its level and p is never zero (Davison and
        Hinkley 1997, 4.2; Phipson and Smyth 2010). MacKinnon and Webb (2018) leave it out:
        with 9,999 draws the decision at 5 % is the same.
        """
        count = len(self.weights)
        return extreme / count if self.every else (1 + extreme) / (1 + count)


def cluster_draws(
    n_clusters: int, draws: int, random: np.random.Generator, distribution: str | None = None
) -> Draws:
    """Return weights with mean 0 and variance 1: all there are, if not more than ``draws``.

    Rademacher's two points, or Webb's six under 13 clusters (Webb 2023: with two points there
    are too few different samples).
    """
    few = n_clusters < FEWEST_FOR_RADEMACHER
    distribution = distribution or ("Webb" if few else "Rademacher")
    points = np.array(POINTS[distribution])
    if len(points) ** n_clusters <= draws:
        every = np.array(list(product(points, repeat=n_clusters)))
        return Draws(every, distribution, every=True)
    chosen = random.integers(len(points), size=(draws, n_clusters))
    return Draws(points[chosen], distribution, every=False)


def generator(seed: int, *names: str) -> np.random.Generator:
    """Return a generator of its own for each seed and names, whatever else is drawn."""
    digest = sha256("\n".join(names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])
