"""Power by simulation on the rows, regressors and allies that there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.inference.draws import Draws, cluster_draws
from underbalance.models.inference.result import TIE
from underbalance.models.model import Array, Linearised
from underbalance.models.tidy import Fit

EFFECTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
SOUGHT = 0.8
LARGEST = 64.0  # effects above this are not looked for
CHUNK = 100  # simulations held in memory at once
COLUMNS = ["effect", "coefficient", "power", "detectable_effect", "simulations", "draws"]


@dataclass(frozen=True)
class Simulation:
    """How much is simulated.

    Parameters
    ----------
    simulations : outcomes drawn per effect.
    draws : of the wild cluster bootstrap, per simulated outcome.
    alpha : level of the test.
    """

    simulations: int = 1000
    draws: int = 399
    alpha: float = 0.05


def power(
    fit: Fit,
    term: str,
    unit: float,
    effects: Sequence[float] = EFFECTS,
    simulation: Simulation | None = None,
    random: np.random.Generator | None = None,
) -> pd.DataFrame:
    r"""Return how often the test of the primary inference rejects, at each true effect.

    The model is estimated without the term (coefficient 0) and linearised there: scores s_g
    and information A_g of each cluster. A simulated outcome with the true coefficient
    d = effect · unit has the cluster scores v_g s_g + d A_g e_j, with v_g drawn from the weights
    of the wild cluster bootstrap: clusters keep the disturbances they have, with their
    correlation over years and rows; only their joint sign (with Webb: and size) is drawn.
    The other terms are estimated again (restricted), and the restricted wild cluster bootstrap
    of :mod:`underbalance.models.inference` tests the term. All of it is linear in d, so that
    one set of draws serves all effects and the detectable effect.

    Ignored: the change of the information with the effect in models that are not linear (the
    power is local), the estimation of swept-out effects anew, and disturbances shared by
    allies. The size at effect 0 would be alpha but for the estimation of the other terms, as the
    draws are symmetric, which the test takes them to be: where it is higher, a few clusters
    carry the term. It is no proof that the test is right for other disturbances.

    Parameters
    ----------
    unit : coefficient of an effect of 1.
    random : generator of the draws; by default that of seed 0.

    Returns
    -------
    One row per effect with :data:`COLUMNS`; ``detectable_effect``, the same in all rows, is the
    effect found with a power of 80 %, nan above :data:`LARGEST`.

    Raises
    ------
    EstimationError : without a model, or with too few clusters for a test.
    """
    chosen = simulation or Simulation()
    if fit.model is None:
        raise EstimationError("this estimator cannot be simulated")
    if fit.withheld:
        raise EstimationError(fit.withheld)
    place = fit.model.terms.index(term)
    rng = random or np.random.default_rng(0)
    parts = _parts(fit.model.linearised({term: 0.0}), place, chosen, rng)
    rows = pd.DataFrame({"effect": [float(effect) for effect in effects]})
    rows["coefficient"] = rows["effect"] * unit
    rows["power"] = [parts.rejected(c, chosen.alpha) for c in rows["coefficient"]]
    rows["detectable_effect"] = _detectable(parts, unit, chosen.alpha)
    return rows.assign(simulations=chosen.simulations, draws=chosen.draws)[COLUMNS]


@dataclass(frozen=True)
class _Parts:
    """Statistics as functions of the coefficient d; the first column is the observed one.

    numerator = n0 + d n1, squared denominator = q0 + 2 d q1 + d² q2: shapes (S, 1 + B).
    """

    n0: Array
    n1: Array
    q0: Array
    q1: Array
    q2: Array
    draws: Draws

    def rejected(self, d: float, alpha: float) -> float:
        """Return the share of simulations with p < alpha."""
        square = (self.n0 + d * self.n1) ** 2
        square /= self.q0 + 2 * d * self.q1 + d**2 * self.q2
        extreme = (square[:, 1:] >= square[:, :1] * (1 - TIE)).sum(axis=1)
        p_values = np.array([self.draws.p_value(int(count)) for count in extreme])
        return float((p_values < alpha).mean())


def _parts(at: Linearised, place: int, simulation: Simulation, rng: np.random.Generator) -> _Parts:
    g = len(at.scores)
    signs = cluster_draws(g, simulation.simulations, rng).weights
    drawn = cluster_draws(g, simulation.draws, rng)
    weights = np.vstack([np.ones(g), drawn.weights]).T
    a, lean, restrict = _design(at, place)
    shift = restrict(at.information[:, :, place])
    n1, z1 = (shift @ a) @ weights, _spread(shift, a, lean) @ weights
    chunks = [
        _chunk(restrict(sign[:, :, None] * at.scores), a, lean, weights, z1)
        for sign in np.array_split(signs, -(-len(signs) // CHUNK))
    ]
    n0, q0, q1 = (np.concatenate(part) for part in zip(*chunks, strict=True))
    return _Parts(n0, n1[None, :], q0, q1, (z1**2).sum(axis=0)[None, :], drawn)


def _design(at: Linearised, place: int) -> tuple[Array, Array, Callable[[Array], Array]]:
    """Return row j of A⁻¹, its products with A_g A⁻¹, and what estimates the other terms anew."""
    total = at.information.sum(axis=0)
    inverse = np.linalg.inv(total)
    a = inverse[place]
    lean = (a @ at.information) @ inverse
    others = np.delete(np.arange(len(a)), place)
    solved = np.linalg.inv(total[np.ix_(others, others)])

    def restrict(scores: Array) -> Array:
        moved = scores.sum(axis=-2)[..., others] @ solved
        return np.asarray(
            scores - np.einsum("gkr,...r->...gk", at.information[:, :, others], moved)
        )

    return a, lean, restrict


def _spread(scores: Array, a: Array, lean: Array) -> Array:
    """Return Z with Z w the parts of clusters in the numerator of draw w: (…, G, G)."""
    own = scores @ a
    return np.asarray(
        own[..., :, None] * np.eye(own.shape[-1]) - lean @ np.swapaxes(scores, -1, -2)
    )


def _chunk(
    scores: Array, a: Array, lean: Array, weights: Array, z1: Array
) -> tuple[Array, Array, Array]:
    z0 = _spread(scores, a, lean) @ weights
    q0 = np.einsum("sgb,sgb->sb", z0, z0)
    return (scores @ a) @ weights, q0, np.einsum("sgb,gb->sb", z0, z1)


def _detectable(parts: _Parts, unit: float, alpha: float) -> float:
    high = 1.0
    while parts.rejected(high * unit, alpha) < SOUGHT:
        high *= 2
        if high > LARGEST:
            return float("nan")
    low = 0.0
    while high - low > 1e-3 * high:
        middle = (low + high) / 2
        if parts.rejected(middle * unit, alpha) < SOUGHT:
            low = middle
        else:
            high = middle
    return high
