"""A generalised linear model that can be estimated again with its clusters weighted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.columns import Combined, Dense, Mixed, columns_of
from underbalance.models.dummies import (
    CONSTANT,
    Baseline,
    Codes,
    varying_groups,
    within_varying_levels,
)
from underbalance.models.model import Linearised
from underbalance.models.rows import check_clustered
from underbalance.models.scoring import Array, Family, NoMaximumError, Rows, identified, maximise
from underbalance.models.separation import separated
from underbalance.models.tidy import Fit

LOST_DIGITS = 1e-3  # share of a sum of squares left by its mean, below which rounding may count


@dataclass(frozen=True, eq=False)
class Glm:
    """A model of the protocol ``underbalance.models.model.Model``; rows in order of clusters.

    What has no finite maximum under some weights is treated as it is in the fit: periods in
    which the outcome does not leave its edge share the coefficient of their neighbour, rows
    of such levels of a factor are left out, and so are rows that any other direction predicts
    perfectly. Terms that the remaining rows do not identify are nan.

    Parameters
    ----------
    design : shape (n, k), of full rank, columns named by ``terms``.
    baseline : of the first columns.
    factors : level of each row by factor, each of shape (n,).
    n_nuisance : number of columns of baseline and factors, before those of the regressors.
    estimates : shape (k,), the maximum.
    cluster_codes : shape (n,), ascending positions in ``clusters``.
    """

    family: Family
    design: Array
    terms: list[str]
    outcome: Array
    offset: Array
    baseline: Baseline
    factors: tuple[Codes, ...]
    n_nuisance: int
    estimates: Array
    cluster_codes: Codes
    clusters: list[str]
    index: pd.Index = field(repr=False)

    @cached_property
    def columns(self) -> Dense | Mixed:
        """The design, so that its products cost little."""
        return columns_of(self.design)

    def refit(self, weights: Array) -> Array:
        """Return the estimates, shape (k,), with every row of cluster g counted weights[g] times.

        Raises
        ------
        EstimationError : when the weighted rows cannot carry the model.
        """
        weights = np.asarray(weights, dtype="float64")
        if weights.shape != (len(self.clusters),) or not (weights >= 0).all():
            raise EstimationError(f"weights must be {len(self.clusters)} numbers, 0 or more")
        part, kept = self._solved(weights[self.cluster_codes])
        values = np.full(len(part.identified), np.nan)
        values[part.kept] = kept
        values[~part.identified] = np.nan
        return values[part.column_of]

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        """Return scores and expected information by cluster at the estimates under the null."""
        estimates = self._restricted(null)
        parts = self.family.parts(self.outcome, self.offset + self.columns.predictor(estimates))
        bounds = np.flatnonzero(np.diff(self.cluster_codes, prepend=-1))
        runs = [slice(a, b) for a, b in zip(bounds, [*bounds[1:], len(self.design)], strict=True)]
        return Linearised(
            estimates=estimates,
            scores=np.stack([self.design[run].T @ parts.slope[run] for run in runs]),
            information=self.columns.grams(parts.expected, bounds),
        )

    def replaced(self, term: str, values: pd.Series[float]) -> Glm:
        """Return the model with another regressor; rows for which it is missing are left out.

        Raises
        ------
        EstimationError : when there is no such term, or the rows cannot carry it.
        """
        position = self._position(term)
        if position < self.n_nuisance:
            raise EstimationError(f"'{term}' is not a regressor")
        same = values.index.equals(self.index)
        new = (values if same else values.reindex(self.index)).to_numpy(dtype="float64")
        if np.isinf(new).any():
            raise EstimationError(f"'{term}' is infinite in some rows")
        known = ~np.isnan(new)
        design = self.design.copy()
        design[known, position] = new[known]
        changed = replace(self, design=design)
        part, estimates = changed._solved(known.astype("float64"))
        if not part.identified[part.column_of[position]]:
            raise EstimationError(f"'{term}' is constant, collinear or predicts perfectly")
        return changed._reduced(part, estimates)

    def statistics_at_zero(self, term: str, columns: Array) -> Array:
        """See :class:`underbalance.models.model.Permutable`."""
        from underbalance.models.glm_permuted import statistics_at_zero

        return statistics_at_zero(self, self._position(term), columns)

    def at_zero(self, position: int) -> Array:
        """Return the estimates with one coefficient held at zero, shape (k,)."""
        if position not in self._zeros:
            self._zeros[position] = self._restricted({self.terms[position]: 0.0})
        return self._zeros[position]

    @cached_property
    def _zeros(self) -> dict[int, Array]:
        return {}

    def _position(self, term: str) -> int:
        if term not in self.terms:
            raise EstimationError(f"no term '{term}' in the model: {', '.join(self.terms)}")
        return self.terms.index(term)

    def _restricted(self, null: Mapping[str, float]) -> Array:
        if not null:
            return self.estimates
        held = [self._position(term) for term in null]
        free = np.setdiff1d(np.arange(len(self.terms)), held)
        estimates = self.estimates.copy()
        estimates[held] = list(null.values())
        if not len(free):
            return estimates
        ones = np.ones(len(self.outcome))
        estimates[free] = maximise(
            self.family,
            Combined(self.columns, np.eye(len(self.terms))[:, free], ones),
            self.outcome,
            ones,
            self.offset + self.design[:, held] @ estimates[held],
            start=self._between(held, estimates)[free],
        )
        if len(held) == 1:
            self._known.setdefault(held[0], {})[float(estimates[held[0]])] = estimates
        return estimates

    @cached_property
    def _known(self) -> dict[int, dict[float, Array]]:
        """Estimates under nulls of one term, between which the search of the next begins."""
        return {}

    def _between(self, held: list[int], estimates: Array) -> Array:
        """Return coefficients on the line between the nearest null values known, else the best.

        An interval is a search among null values: most of them lie close to others.
        """
        if len(held) != 1:
            return self.estimates
        place, value = held[0], float(estimates[held[0]])
        known = {float(self.estimates[place]): self.estimates} | self._known.get(place, {})
        low = max((null for null in known if null <= value), default=None)
        high = min((null for null in known if null >= value), default=None)
        if low is None or high is None:
            return self.estimates
        share = (value - low) / (high - low) if high > low else 0.0
        return known[low] + share * (known[high] - known[low])

    def _solved(self, weights: Array) -> tuple[_Part, Array]:
        """Return what of the model the weighted rows carry, and its estimates."""
        while True:
            part = self._part(weights)
            counted = (part.weights > 0).astype("float64")
            design = Combined(self.columns, part.turn, counted)
            start = self.estimates[part.source[part.kept]]
            try:
                return part, maximise(
                    self.family, design, self.outcome, part.weights, self.offset, start
                )
            except NoMaximumError:
                used = np.flatnonzero(part.weights)
                kept = self._design_of(part)
                gone = separated(self.family, kept, self.outcome[used])
                if not gone.any():
                    raise
                weights = part.weights.copy()
                weights[used[gone]] = 0

    def _part(self, weights: Array) -> _Part:
        weights = within_varying_levels(self.family, self.outcome, self.factors, weights)
        if not weights.any():
            raise EstimationError("the outcome does not vary in the rows with weight")
        n_groups = len(self.baseline.firsts)
        firsts = self.groups(weights)
        group_of = np.searchsorted(firsts, self.baseline.firsts, side="right") - 1
        rest = np.arange(n_groups, len(self.terms))
        shift = n_groups - len(firsts)
        column_of = np.concatenate([group_of, rest - shift])
        kept, known = self._identified(weights > 0, _sums(column_of))
        return _Part(
            weights=weights,
            kept=kept,
            identified=known,
            firsts=firsts,
            shift=shift,
            column_of=column_of,
            source=np.concatenate([np.searchsorted(group_of, np.arange(len(firsts))), rest]),
        )

    def _identified(self, used: Rows, turn: Array) -> tuple[Codes, Rows]:
        if self._is_of_full_rank(used.astype("float64"), turn):
            columns = np.arange(turn.shape[1])
            return columns, np.ones(len(columns), dtype=bool)
        # Regressors far from zero look collinear with the baseline, unless they are centred.
        design = self.design[used] @ turn
        regressors = turn[self.n_nuisance :].any(axis=0)
        centred = design - np.where(regressors, design.mean(axis=0), 0.0)
        kept, known = identified(centred.T @ centred)
        return (kept, known) if known.all() else identified(design.T @ design)

    def _is_of_full_rank(self, counted: Array, turn: Array) -> bool:
        """Say whether the columns surely are, with little work and no answer in doubt."""
        regressors = turn[self.n_nuisance :].any(axis=0)
        sums = turn.T @ self._centred.cross(counted)
        moved = np.outer(sums, sums) / counted.sum()
        moved[np.ix_(~regressors, ~regressors)] = 0.0
        gram = turn.T @ self._centred.gram(counted) @ turn
        left = gram - moved
        if not (np.diag(left) > LOST_DIGITS * np.diag(gram)).all():
            return False
        return bool(identified(left)[1].all())

    @cached_property
    def _centred(self) -> Dense | Mixed:
        """The design with the regressors less their means over all rows."""
        design = self.design.copy()
        design[:, self.n_nuisance :] -= design[:, self.n_nuisance :].mean(axis=0)
        return columns_of(design)

    def _design_of(self, part: _Part) -> Array:
        """Return the columns that a part keeps, in the rows with weight."""
        return np.asarray(self.design[part.weights > 0] @ part.turn)

    def groups(self, weights: Array) -> Codes:
        """Return the first period of each group in which the weighted outcome varies."""
        if len(self.baseline.firsts) == 1:
            return self.baseline.firsts
        return varying_groups(
            self.family, self.outcome, self.baseline.periods, len(self.baseline.labels), weights
        )

    def _reduced(self, part: _Part, estimates: Array) -> Glm:
        """Return the model of the rows and columns that a part keeps."""
        used = part.weights > 0
        codes, clusters = pd.factorize(self.cluster_codes[used])
        if len(clusters) < 2:
            raise EstimationError(f"one cluster only ({self.clusters[clusters[0]]})")
        baseline = self.baseline.of_rows(used, part.firsts)
        first_terms = baseline.terms
        rest = part.kept[part.kept >= len(first_terms)]
        return replace(
            self,
            design=self._design_of(part),
            terms=[*first_terms, *(self.terms[part.source[column]] for column in rest)],
            outcome=self.outcome[used],
            offset=self.offset[used],
            baseline=baseline,
            factors=tuple(levels[used] for levels in self.factors),
            n_nuisance=int((part.kept < self.n_nuisance - part.shift).sum()),
            estimates=estimates,
            cluster_codes=codes,
            clusters=[self.clusters[position] for position in clusters],
            index=self.index[used],
        )


class _Part(NamedTuple):
    """The columns that weighted rows can carry.

    ``column_of`` is the column of each term of the model, one for several periods that are
    merged; ``source`` is a term for each column, at whose estimate the search begins.
    """

    weights: Array
    kept: Codes
    identified: Rows
    firsts: Codes
    shift: int
    column_of: Codes
    source: Codes

    @property
    def turn(self) -> Array:
        """The kept columns as sums of the model's own, shape (k, number kept)."""
        return _sums(self.column_of)[:, self.kept]


def _sums(column_of: Codes) -> Array:
    """Return the matrix that adds up the columns with the same number, shape (k, number)."""
    return np.equal.outer(column_of, np.arange(column_of.max() + 1)).astype("float64")


def clustered_covariance(model: Glm) -> pd.DataFrame:
    """Return the cluster sandwich with the expected information as bread, times G/(G−1).

    statsmodels' own has the observed information as bread and counts (n−1)/(n−k).
    """
    at = model.linearised({})
    bread = np.linalg.inv(at.information.sum(axis=0))
    half = at.scores @ bread
    g, terms = len(half), model.terms
    covariance = pd.DataFrame(g / (g - 1) * half.T @ half, index=terms, columns=terms)
    check_clustered(covariance, pd.DataFrame(bread, index=terms, columns=terms), g)
    return covariance


def durations_of(fit: Fit) -> tuple[Glm, Array]:
    """Return the model of a fit with durations, and the values of its periods.

    Raises
    ------
    EstimationError : when the fit is of another kind.
    """
    model = fit.model
    if not isinstance(model, Glm) or model.baseline.labels == CONSTANT:
        raise EstimationError("the fit has no durations")
    return model, np.array([float(label) for label in model.baseline.labels])
