"""Contrasts of H2 and H3: whether an obstacle has more of an effect on one group of outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from underbalance.hypotheses.one_step import weighted_estimates
from underbalance.models.model import Array, Model
from underbalance.models.tidy import NOT_ESTIMATED

INCONSISTENCY: Final = "inconsistency"
SLOWNESS: Final = "slowness"
MEAN: Final = "mean"
NUMBERS: Final = ["std_error", "ci_low", "ci_high", "se_low", "se_high", "p_value"]
EFFECT_COLUMNS: Final = [
    "term", "group", "spec_id", "coefficient", "sd", "effect", *NUMBERS, "draws", "failed"
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Member:
    """A model of a contrast.

    Parameters
    ----------
    spec_id : its specification.
    group : ``inconsistency`` or ``slowness``.
    model : what estimates it again.
    factor : coefficient × factor = standardised effect (:func:`.effects.standardiser`).
    """

    spec_id: str
    group: str
    model: Model
    factor: float


@dataclass(frozen=True)
class Contrast:
    """A claim that an obstacle has a larger effect on one group of outcomes.

    Parameters
    ----------
    hypothesis : the hypothesis it belongs to.
    term : the obstacle.
    more, less : the group with the larger and the smaller effect by the hypothesis.
    """

    hypothesis: str
    term: str
    more: str
    less: str


@dataclass(frozen=True, eq=False)
class Resamples:
    """Standardised effects in the data and in resamples of allies.

    Parameters
    ----------
    members : m models.
    terms : t terms.
    estimates : shape (m, t); a coefficient in its own unit times the member's factor.
    draws : shape (r, m, t), the same in each resample; nan where a model could not be
        estimated.
    allies : number of allies drawn from.
    """

    members: tuple[Member, ...]
    terms: tuple[str, ...]
    estimates: Array
    draws: Array
    allies: int

    def of_group(self, group: str) -> Array:
        """Return which members belong to a group, shape (m,)."""
        return np.array([member.group == group for member in self.members], dtype=bool)


def resample(
    members: Sequence[Member], terms: Sequence[str], seed: Sequence[int], replications: int
) -> Resamples:
    """Estimate all models again in the same resamples of allies (pairs cluster bootstrap).

    Allies are drawn with replacement from those of any model; each model counts the rows of an
    ally as often as it was drawn. The estimates are one step from those of the data
    (:func:`.one_step.weighted_estimates`): the location–scale model has no maximum in most
    resamples, and one step takes no time. The factors stay those of the data: they are units.
    """
    allies = sorted({ally for member in members for ally in member.model.clusters})
    counts = _draws(len(allies), seed, replications)
    estimates = np.full((len(members), len(terms)), np.nan)
    draws = np.full((replications, len(members), len(terms)), np.nan)
    for m, member in enumerate(members):
        own = [allies.index(ally) for ally in member.model.clusters]
        places = [member.model.terms.index(term) for term in terms]
        at = member.model.linearised({})
        estimates[m] = member.factor * at.estimates[places]
        draws[:, m] = member.factor * weighted_estimates(at, places, counts[:, own])[0]
    return Resamples(tuple(members), tuple(terms), estimates, draws, len(allies))


def contrast_row(contrast: Contrast, resamples: Resamples, level: float) -> dict[str, Any]:
    """Return the row of a contrast: the mean effect on one group minus that on the other.

    Percentile interval, interval of the bootstrap standard error with t(G − 1), and the
    two-sided p-value of the percentiles, 2 · min(share at or below 0, share at or above 0) with one
    added to numerator and denominator. A resample in which one of the models fails is left
    out for all.
    """
    place = resamples.terms.index(contrast.term)
    inside = {g: resamples.of_group(g) for g in (contrast.more, contrast.less)}
    row: dict[str, Any] = {
        "hypothesis": contrast.hypothesis,
        "term": contrast.term,
        "more": contrast.more,
        "less": contrast.less,
        "models_more": int(inside[contrast.more].sum()),
        "models_less": int(inside[contrast.less].sum()),
        "allies": resamples.allies,
    }
    if not all(which.any() for which in inside.values()):
        empty = next(g for g, which in inside.items() if not which.any())
        return (
            row
            | _summary(np.nan, np.array([]), resamples.allies, level)
            | {"note": f"{NOT_ESTIMATED}no model of {empty} counts"}
        )
    difference = [
        values[..., inside[contrast.more]].mean(axis=-1)
        - values[..., inside[contrast.less]].mean(axis=-1)
        for values in (resamples.estimates[:, place], resamples.draws[:, :, place])
    ]
    row |= _summary(float(difference[0]), difference[1], resamples.allies, level)
    return row | {"note": _failures(resamples, place)}


def effect_rows(resamples: Resamples, level: float) -> pd.DataFrame:
    """Return the standardised effect of each term in each model and the mean of each group.

    A model's resamples are its own, a mean's those in which none of its models failed.
    """
    rows = []
    for t, term in enumerate(resamples.terms):
        for m, member in enumerate(resamples.members):
            own = {"term": term, "group": member.group, "spec_id": member.spec_id}
            allies = len(member.model.clusters)
            values = resamples.estimates[m, t], resamples.draws[:, m, t]
            rows.append(
                own
                | {"coefficient": values[0] / member.factor, "sd": 1 / abs(member.factor)}
                | _summary(*values, allies, level)
            )
        for group in (INCONSISTENCY, SLOWNESS):
            inside = resamples.of_group(group)
            if inside.any():
                means = (
                    resamples.estimates[inside, t].mean(),
                    resamples.draws[:, inside, t].mean(axis=1),
                )
                own = {"term": term, "group": group, "spec_id": MEAN}
                rows.append(own | _summary(*means, resamples.allies, level))
    return pd.DataFrame(rows, columns=EFFECT_COLUMNS)


def _draws(allies: int, seed: Sequence[int], replications: int) -> Array:
    """Return how often each ally is drawn, shape (r, allies)."""
    rng = np.random.default_rng(list(seed))
    if not allies:
        return np.zeros((replications, 0))
    return rng.multinomial(allies, np.full(allies, 1 / allies), size=replications).astype("float64")


def _summary(estimate: float, draws: Array, allies: int, level: float) -> dict[str, Any]:
    known = draws[np.isfinite(draws)]
    empty = dict.fromkeys(NUMBERS, float("nan"))
    found = {"effect": estimate, **empty, "draws": len(known), "failed": len(draws) - len(known)}
    if len(known) < 2:
        return found
    error = float(known.std(ddof=1))
    reach = float(stdtrit(allies - 1, 0.5 + level / 2)) * error
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    tail = min((known <= 0).sum(), (known >= 0).sum())
    return found | {
        "std_error": error,
        "ci_low": float(low),
        "ci_high": float(high),
        "se_low": estimate - reach,
        "se_high": estimate + reach,
        "p_value": min(1.0, 2 * (1 + float(tail)) / (1 + len(known))),
    }


def _failures(resamples: Resamples, place: int) -> str:
    failed = np.isnan(resamples.draws[:, :, place]).sum(axis=0)
    return "; ".join(
        f"{member.spec_id} failed in {count} resamples"
        for member, count in zip(resamples.members, failed, strict=True)
        if count
    )
