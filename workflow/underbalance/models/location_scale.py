"""A regression whose disturbance has a log-linear variance, as inference asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.errors import EstimationError
from underbalance.models.inference.one_step import influence, inverse_information, observed
from underbalance.models.linear import independent, less_means
from underbalance.models.location_scale_likelihood import Data, Null, Point, maximise, one_step
from underbalance.models.model import Array, Linearised
from underbalance.models.rows import count_clusters

ON_MEAN = "mean["
NEAR = 4.0  # standard errors from the estimate within which a search may begin elsewhere
ONE_OF_MANY = 1e-6  # tolerance of a statistic that is only compared with another


@dataclass(frozen=True, eq=False)
class Part:
    """One of the two linear predictors.

    Parameters
    ----------
    design : columns of numbers, shape (n, k), without those swept out.
    effects : names of nuisance columns, of which those that depend on others are left out.
    swept : whether the effects of the groups of rows are swept out.
    """

    design: pd.DataFrame
    effects: Sequence[str]
    swept: bool


class LocationScaleModel:
    r"""y = group + x'b + e, log Var(e) = group + z'c, by clusters (a :class:`Model`).

    With s = 1/σ² the mean is weighted least squares; the score of c is ½ Σ z (e²s − 1 + h),
    with h = 0 for maximum likelihood and the leverages of the weighted regression for
    restricted maximum likelihood. The expected information is X'SX for b, ½ Z'(1 − h)Z for c
    and zero between them. Effects of groups that are nested in clusters are swept out of the
    mean by means weighted with s and out of the scale by means weighted with 1 − h: to first
    order that is the regression with their dummies, and a cluster counted twice is a new group.

    Terms are those of the scale under the names of their columns, then those of the mean as
    ``mean[<column>]``.

    Parameters
    ----------
    rows : the data that are used, with what ``make`` needs.
    make : makes the model of other rows, for :meth:`replaced`.
    outcome, clusters, groups : shape (n,); groups are nested in clusters.
    mean, scale : the two parts.
    restricted : whether the leverages enter.

    Raises
    ------
    EstimationError
        If a column that is not an effect is constant or collinear, or there is but one cluster.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        make: Callable[[pd.DataFrame], LocationScaleModel],
        *,
        outcome: pd.Series[float],
        mean: Part,
        scale: Part,
        clusters: pd.Series[str],
        groups: pd.Series[str],
        restricted: bool,
    ) -> None:
        self._rows, self._make = rows, make
        self.index = rows.index
        count_clusters(clusters)
        codes, labels = pd.factorize(clusters, sort=True)
        self.clusters = [str(label) for label in labels]
        own = pd.factorize(groups, sort=True)[0]
        self._order = order = np.lexsort([own, codes])
        self._codes = codes[order]
        x, mean_terms = _identified(mean, own, order)
        z, scale_terms = _identified(scale, own, order)
        self.terms = [*scale_terms, *(f"{ON_MEAN}{term}]" for term in mean_terms)]
        self._n_scale = len(scale_terms)
        self._data = Data(
            y=np.asarray(outcome, dtype="float64")[order],
            x=x,
            z=z,
            counts=np.ones(len(rows)),
            groups=groups.to_numpy(dtype=object)[order],
            starts=_starts(own[order]),
            sweep_mean=mean.swept,
            sweep_scale=scale.swept,
            restricted=restricted,
        )
        n_swept = len(self._data.starts) * (mean.swept + scale.swept)
        self.n_parameters = len(self.terms) + n_swept

    @cached_property
    def _best(self) -> Point:
        return maximise(self._data, self._null({}))

    @cached_property
    def estimates(self) -> Array:
        """The coefficients at the maximum, shape (k,).

        Raises
        ------
        EstimationError : when no maximum is found.
        """
        return _coefficients(self._best)

    @property
    def loglik(self) -> float:
        """Normal log-likelihood at the estimates, restricted ones or not."""
        at = self._best
        squares = at.residual**2 * np.exp(-at.log_variance)
        return float(-0.5 * (np.log(2 * np.pi) + at.log_variance + squares).sum())

    @property
    def restricted_loglik(self) -> float:
        """The objective of restricted maximum likelihood at the estimates, with its constant."""
        n_mean = self._data.x.shape[1] + len(self._data.starts) * self._data.sweep_mean
        n = len(self._data.y) - n_mean * self._data.restricted
        return float(self._best.objective - n / 2 * np.log(2 * np.pi))

    def refit(self, weights: Array) -> Array:
        """See :meth:`Model.refit`; with a weight above one, by one scoring step.

        A cluster counted several times could be fitted exactly by the effects of periods at the
        cost of one, so that most bootstrap samples have no maximum. One step from the estimates
        of the whole sample always exists and is as good to first order.
        """
        counts = np.asarray(weights, dtype="float64")[self._codes]
        used = counts > 0
        if not used.any():
            raise EstimationError("no cluster has a weight above zero")
        data = self._data.of_rows(used, counts)
        start = (self._best.gamma, self._best.log_variance[used])
        if counts.max() > 1:
            return _coefficients(one_step(data, self._null({}), *start))
        return _coefficients(maximise(data, self._null({}), start))

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        """See :meth:`Model.linearised`; the information is the expected one."""
        return self._linearised(self._at_null(null))

    def _linearised(self, at: Point) -> Linearised:
        precision = np.exp(-at.log_variance)
        parts = [at.z * (at.excess / 2)[:, None], at.x * (precision * at.residual)[:, None]]
        starts = _starts(self._codes)
        scores = np.add.reduceat(np.hstack(parts), starts)
        q, k = self._n_scale, len(self.terms)
        information = np.zeros((len(starts), k, k))
        for g, (first, last) in enumerate(
            zip(starts, [*starts[1:], len(self._codes)], strict=True)
        ):
            z, x = at.z[first:last], at.x[first:last]
            information[g, :q, :q] = z.T @ (z * at.share[first:last, None]) / 2
            information[g, q:, q:] = x.T @ (x * precision[first:last, None])
        return Linearised(_coefficients(at), scores, information)

    def replaced(self, term: str, values: pd.Series[float]) -> LocationScaleModel:
        """See :meth:`Model.replaced`; the regressor is replaced in both parts."""
        made = self._with(term, np.asarray(values.reindex(self.index), dtype="float64"))
        made.estimates  # noqa: B018 - found now, so that a model without a maximum is no model
        return made

    def statistics_at_zero(self, term: str, columns: Array) -> Array:
        """See :class:`underbalance.models.model.Permutable`.

        The restricted estimates are enough; they are looked for from those of the model.
        """
        if f"{ON_MEAN}{term}]" not in self.terms or term not in self.terms:
            return np.full(columns.shape[1], np.nan)
        start = self._at_null({term: 0.0})
        return np.array([self._statistic_with(term, column, start) for column in columns.T])

    def _statistic_with(self, term: str, values: Array, start: Point) -> float:
        try:
            made, log_variance = self._in_rows(term, values[self._order], start)
            null = made._null({term: 0.0})
            gamma = np.zeros(made._n_scale)  # only its part in the term matters, which is zero
            at = maximise(made._data, null, (gamma, log_variance), ONE_OF_MANY)
            return observed(influence(made._linearised(at), made.terms.index(term)))
        except EstimationError:
            return np.nan

    def _in_rows(self, term: str, new: Array, start: Point) -> tuple[LocationScaleModel, Array]:
        """Return the model with other values, in the order of its data, and where to begin.

        Dummies of periods without rows are left out; a model that is not identified then is
        found out when it is estimated.
        """
        known, data = np.isfinite(new), self._data
        x, z = data.x.copy(), data.z.copy()
        z[:, self.terms.index(term)] = new
        x[:, self.terms.index(f"{ON_MEAN}{term}]") - self._n_scale] = new
        in_mean, in_scale = ((part[known] != 0).any(axis=0) for part in (x, z))
        made = copy(self)
        for cached in ("_best", "estimates", "_solved", "_spreads"):
            made.__dict__.pop(cached, None)
        made.terms = [
            name for name, kept in zip(self.terms, [*in_scale, *in_mean], strict=True) if kept
        ]
        made._n_scale = int(in_scale.sum())
        made._codes = self._codes[known]
        made._data = replace(
            data,
            y=data.y[known],
            x=x[np.ix_(known, in_mean)],
            z=z[np.ix_(known, in_scale)],
            counts=data.counts[known],
            groups=data.groups[known],
            starts=_starts(data.group[known]),
        )
        return made, start.log_variance[known]

    def _with(self, term: str, new: Array) -> LocationScaleModel:
        """Return the model with other values, shape (n,), before it is estimated."""
        name = term[len(ON_MEAN) : -1] if term.startswith(ON_MEAN) else term
        if name not in self._rows:
            raise EstimationError(f"no regressor '{name}' in the model")
        known = ~np.isnan(new)
        if not np.isfinite(new[known]).all() or not known.any():
            raise EstimationError(
                f"'{name}' is missing in all {len(new)} rows, or infinite in some"
            )
        return self._make(self._rows.assign(**{name: new})[known])

    def _at_null(self, null: Mapping[str, float]) -> Point:
        held = self._null(null)
        if not null:
            return self._best
        if len(null) > 1:
            return maximise(self._data, held, (self._best.gamma, self._best.log_variance))
        ((term, value),) = null.items()
        found = maximise(self._data, held, self._between(term, value))
        self._solved.setdefault(term, {})[value] = found
        return found

    @cached_property
    def _solved(self) -> dict[str, dict[float, Point]]:
        """The points found under nulls of one term, where the search of the next begins."""
        return {}

    def _between(self, term: str, value: float) -> tuple[Array, Array]:
        """Return gamma and log variance on the line between the nearest points known.

        An interval is a search among null values: most of them lie close to others. Far from
        the estimate there can be several maxima, and the search begins at the estimate.
        """
        place = self.terms.index(term)
        estimate = float(self.estimates[place])
        points = {estimate: self._best} | self._solved.get(term, {})
        low = max((known for known in points if known <= value), default=estimate)
        high = min((known for known in points if known >= value), default=estimate)
        reach = NEAR * float(self._spreads[place])
        if not low < high or max(estimate - low, high - estimate) > reach:
            return self._best.gamma, self._best.log_variance
        share, one, other = (value - low) / (high - low), points[low], points[high]
        return (
            one.gamma + share * (other.gamma - one.gamma),
            one.log_variance + share * (other.log_variance - one.log_variance),
        )

    @cached_property
    def _spreads(self) -> Array:
        """Standard errors without clusters, shape (k,)."""
        return np.asarray(np.sqrt(np.diag(inverse_information(self._linearised(self._best)))))

    def _null(self, null: Mapping[str, float]) -> Null:
        unknown = sorted(set(null) - set(self.terms))
        if unknown:
            raise EstimationError(f"no term '{unknown[0]}' in the model")
        held = np.array([term in null for term in self.terms])
        values = np.array([null.get(term, 0.0) for term in self.terms])
        q = self._n_scale
        return Null(held[q:], held[:q], values[q:], values[:q])


def _starts(sorted_codes: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.flatnonzero(np.diff(sorted_codes, prepend=-1))


def _coefficients(at: Point) -> Array:
    return np.concatenate([at.gamma, at.beta])


def _identified(
    part: Part, groups: NDArray[np.intp], order: NDArray[np.intp]
) -> tuple[Array, list[str]]:
    """Return the columns that the rows can tell apart, sorted, and their names."""
    names = [str(name) for name in part.design.columns]
    values: Array = np.asarray(part.design, dtype="float64")
    left = less_means(values, groups) if part.swept else values
    kept = independent(left, np.linalg.norm(values, axis=0), names, set(part.effects))
    return values[order][:, kept], [names[column] for column in kept]
