"""A least-squares model by hand, so that these tests rest on no estimator of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.models.estimate import Plan
from underbalance.models.model import Array, Linearised
from underbalance.models.tidy import Fit
from underbalance.specifications import Specification

Make = Callable[..., Fit]


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """y on x by least squares; information is X'X/s²."""

    rows: pd.DataFrame
    terms: list[str]

    @property
    def clusters(self) -> list[str]:
        return sorted(self.rows["iso3"].unique())

    @property
    def index(self) -> pd.Index:
        return self.rows.index

    @property
    def dof(self) -> int:
        return len(self.rows) - len(self.terms)

    def refit(self, weights: Array) -> Array:
        w = self.rows["iso3"].map(dict(zip(self.clusters, weights, strict=True))).to_numpy()
        x, y = self._x(), self.rows["y"].to_numpy()
        return np.asarray(np.linalg.lstsq(x.T @ (w[:, None] * x), x.T @ (w * y))[0])

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        x, y = self._x(), self.rows["y"].to_numpy()
        full = np.linalg.lstsq(x, y)[0]
        variance = float(((y - x @ full) ** 2).sum() / self.dof)
        held = np.array([term in null for term in self.terms])
        b = np.array([null.get(term, 0.0) for term in self.terms])
        b[~held] = np.linalg.lstsq(x[:, ~held], y - x[:, held] @ b[held])[0]
        of = [(self.rows["iso3"] == name).to_numpy() for name in self.clusters]
        scores = np.array([x[m].T @ (y[m] - x[m] @ b) for m in of])
        return Linearised(b, scores / variance, np.array([x[m].T @ x[m] for m in of]) / variance)

    def replaced(self, term: str, values: pd.Series[float]) -> LeastSquares:
        rows = self.rows.assign(**{term: values}).dropna(subset=[term])
        return replace(self, rows=rows)

    def _x(self) -> Array:
        return np.asarray(self.rows.assign(constant=1.0)[self.terms], dtype="float64")


def least_squares(rows: pd.DataFrame, regressors: list[str], **changes: Any) -> Fit:
    """Return a fit with CRV1."""
    model = LeastSquares(rows, ["constant", *regressors])
    full = model.linearised({})
    g, n, k = len(model.clusters), len(rows), len(model.terms)
    half = full.scores @ np.linalg.inv(full.information.sum(axis=0))
    covariance = g / (g - 1) * (n - 1) / (n - k) * half.T @ half
    given: dict[str, Any] = {
        "se_type": "clustered by iso3 (CRV1)", "df": g - 1, "p_method": f"t({g - 1})",
        "n": n, "n_clusters": g, "extra": {"n_parameters": k}, "model": model,
    }  # fmt: skip
    return Fit(
        estimates=pd.Series(full.estimates, index=model.terms),
        covariance=pd.DataFrame(covariance, index=model.terms, columns=model.terms),
        **given | changes,
    )


@pytest.fixture
def ols() -> Make:
    return least_squares


@pytest.fixture
def allies() -> Callable[..., pd.DataFrame]:
    return made_allies


def made_allies(
    n_allies: int = 20, years: int = 12, effect: float = 0.0, seed: int = 1
) -> pd.DataFrame:
    """Return a panel with regressors x and z, and disturbances alike within an ally."""
    rng = np.random.default_rng(seed)
    keys = pd.MultiIndex.from_product(
        [[f"A{i:02d}" for i in range(n_allies)], range(2000, 2000 + years)], names=["iso3", "year"]
    )
    rows = pd.DataFrame(index=keys).reset_index()
    ally = np.repeat(np.arange(n_allies), years)
    rows["x"] = 0.7 * rng.normal(size=n_allies)[ally] + rng.normal(size=len(rows))
    rows["z"] = 0.5 * rows["x"] + rng.normal(size=len(rows))
    shared = 0.8 * rng.normal(size=n_allies)[ally]
    rows["y"] = effect * rows["x"] + 0.4 * rows["z"] + shared + rng.normal(size=len(rows))
    return rows


@pytest.fixture
def spec() -> Callable[..., Specification]:
    return specification


def specification(**changes: Any) -> Specification:
    """Return a panel model of effort on the political obstacle."""
    given = {
        "title": "title", "role": "primary", "outcome": "effort", "estimator": "panel",
        "years": [2001, 2012], "obstacles": ["political"],
        "tests": [{"hypothesis": "H2", "term": "political", "sign": "+"}],
    }  # fmt: skip
    return Specification.model_validate(given | changes)


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return made_tables()


def made_tables(
    lag: float = 0.0, lead: float = 0.0, persistence: float = 0.0
) -> dict[str, pd.DataFrame]:
    """Return ally_year and effort, whose growth has ``lag`` of last year's obstacle."""
    rng = np.random.default_rng(7)
    years = np.arange(2000, 2014)
    political = rng.normal(size=(16, len(years)))
    for t in range(1, len(years)):
        fresh = np.sqrt(1 - persistence**2) * political[:, t]
        political[:, t] = persistence * political[:, t - 1] + fresh
    growth = rng.normal(size=political.shape)
    growth[:, 1:] += lag * political[:, :-1]
    growth[:, :-1] += lead * political[:, 1:]
    keys = pd.MultiIndex.from_product([[f"A{i:02d}" for i in range(16)], years])
    rows = pd.DataFrame({"iso3": keys.get_level_values(0), "year": keys.get_level_values(1)})
    shared = {"is_ally": True, "in_reference": True}
    extra = {name: rng.normal(size=len(rows)) for name in ("social", "threat", "political_pca")}
    codes = {"political": political.ravel(), **extra}
    known = {"political_components": 4, "economic_components": 4}
    return {
        "ally_year": rows.assign(**shared, **codes, **known),
        "effort": rows.assign(is_ally=True, effort_growth=growth.ravel()),
    }


@pytest.fixture
def made() -> Callable[..., dict[str, pd.DataFrame]]:
    return made_tables


@pytest.fixture
def plan() -> Plan:
    allies = [f"A{i:02d}" for i in range(16)]
    group = Group.model_validate({"label": "all", "members": allies, "years": "all"})
    return Plan("core", group, frozenset(allies), 10, 0.95)
