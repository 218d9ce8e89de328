"""What inference asks of an estimated model, whatever its estimator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Linearised:
    r"""A model to first order at one value of its k coefficients, by its G clusters.

    Near ``estimates`` the score of cluster g at b is about
    ``scores[g] - information[g] @ (b - estimates)``; in a linear model exactly.

    Parameters
    ----------
    estimates : shape (k,), the coefficients at which the model is taken.
    scores : shape (G, k), the sum of the scores over the rows of each cluster.
    information : shape (G, k, k), each cluster's share of the (expected) information; the sum
        over clusters is the inverse of the covariance that a model without clusters has.
    """

    estimates: Array
    scores: Array
    information: Array


class Model(Protocol):
    """An estimated model that can be estimated again.

    Terms are all k coefficients, dummies of durations, categories and effects included
    unless they were swept out. Clusters are the G names in the order of ``Linearised``.
    """

    @property
    def terms(self) -> list[str]:
        """Names of the k coefficients, in model order."""

    @property
    def clusters(self) -> list[str]:
        """Names of the G clusters, sorted."""

    @property
    def index(self) -> pd.Index:
        """Labels of the rows used, as in the data that were given."""

    def refit(self, weights: Array) -> Array:
        """Return the estimates, shape (k,), with every row of cluster g counted weights[g] times.

        Weights of zero leave a cluster out (jackknife), counts repeat it (bootstrap). A term
        that the weights leave unidentified is nan.

        Raises
        ------
        EstimationError : when the weighted rows cannot carry the model.
        """

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        """Return the model at the estimates under the null (terms and their values).

        Terms in ``null`` are held at their value, the others are estimated; with an empty null
        all are, and the scores sum to zero.
        """

    def replaced(self, term: str, values: pd.Series[float]) -> Model:
        """Return the model with another regressor in the place of ``term``.

        Parameters
        ----------
        values : by the labels of ``index``; rows for which it is missing are left out.
        """


@runtime_checkable
class Permutable(Protocol):
    """A model with a short way to the tests of many regressors in the place of one."""

    def statistics_at_zero(self, term: str, columns: Array) -> Array:
        """Return the one-step t of zero with each column in the place of ``term``.

        It is what ``replaced`` and ``linearised`` at a coefficient of zero lead to.

        Parameters
        ----------
        columns : shape (n, B) in the order of ``index``; rows with nan are left out.

        Returns
        -------
        Shape (B,); nan where ``replaced`` has to find out whether there is a model at all.
        """
