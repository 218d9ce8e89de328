"""PPML on simulated amounts: planted effects, and what ignoring clusters does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit
from underbalance.models import counts
from underbalance.models.glm import Glm

pytestmark = pytest.mark.simulation

PLANTED = pd.Series({"social": -0.4, "threat": 0.25})
TERMS = list(PLANTED.index)
YEARS = np.rint(np.geomspace(4, 30, 39)).astype(int)  # years of 39 unequal allies
T_38 = float(stdtrit(38, 0.975))


def panel(draw: np.random.Generator) -> pd.DataFrame:
    """Amounts of 39 allies: gamma with many zeros, so that only their mean is exponential."""
    iso3, year = np.repeat(np.arange(39), YEARS), np.concatenate([np.arange(n) for n in YEARS])
    ally = draw.normal(scale=0.7, size=39)[iso3]
    x = pd.DataFrame(draw.normal(size=(len(iso3), 2)), columns=TERMS)
    x["social"] += ally  # an omitted ally effect would bias it
    mean = np.exp(0.2 + x @ PLANTED + ally + 0.3 * np.sin(year))
    positive = draw.random(len(iso3)) < 0.6
    return x.assign(
        iso3=iso3,
        year=year,
        amount=np.where(positive, mean / 0.6 * draw.gamma(2, 0.5, size=len(iso3)), 0),
        constant_of_ally=draw.normal(size=39)[iso3],
    )


def test_effects_on_the_mean_are_recovered_whatever_the_distribution() -> None:
    draw = np.random.default_rng(20261126)
    fits = [counts.fit(panel(draw), "amount", TERMS, effects=["iso3", "year"]) for _ in range(100)]
    estimates = pd.DataFrame([fit.estimates for fit in fits])
    error = estimates.std() / np.sqrt(len(fits))
    assert (error < 0.015).all()
    assert ((estimates.mean() - PLANTED).abs() < 3 * error).all()
    errors = pd.DataFrame([fit.std_errors for fit in fits])
    assert (errors.mean() / estimates.std()).between(0.8, 1.15).all()


def test_errors_that_ignore_clusters_cover_too_rarely() -> None:
    draw = np.random.default_rng(20261127)
    rows = []
    for _ in range(200):
        fit = counts.fit(panel(draw), "amount", ["constant_of_ally", *TERMS])
        assert isinstance(fit.model, Glm)
        information = fit.model.linearised({}).information.sum(axis=0)
        naive = np.sqrt(np.diag(np.linalg.inv(information)))
        estimate = abs(fit.estimates["constant_of_ally"])
        position = fit.model.terms.index("constant_of_ally")
        rows.append(
            (
                estimate < 1.96 * naive[position],
                estimate < T_38 * fit.std_errors["constant_of_ally"],
            )
        )
    without, sandwich = np.mean(rows, axis=0)
    assert without < 0.7
    assert sandwich > 0.8
