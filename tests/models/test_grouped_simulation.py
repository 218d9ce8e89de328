"""Grouped durations on simulated spells: planted effects, and what ignoring clusters does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit
from underbalance.models import grouped
from underbalance.models.glm import Glm
from underbalance.models.grouped_years import expected_duration
from underbalance.models.tidy import Fit

pytestmark = pytest.mark.simulation

PLANTED = pd.Series({"social": -0.5, "threat": 0.3})
TERMS = list(PLANTED.index)
SHAPE = 1.5
FOLLOWED = 6
SIZES = np.rint(np.geomspace(3, 60, 39)).astype(int)  # spells of 39 unequal clusters
T_38 = float(stdtrit(38, 0.975))


def spells(draw: np.random.Generator, x: pd.DataFrame, frailty: np.ndarray) -> pd.DataFrame:
    """Weibull times seen by year, followed for six years; x has iso3 and the regressors."""
    rate = np.exp(-2.5 + x[TERMS] @ PLANTED + frailty)
    time = (draw.exponential(size=len(x)) / rate) ** (1 / SHAPE)
    seen = x.assign(spell=x.index, time=time, last=np.minimum(time // 1, FOLLOWED - 1))
    rows = seen.loc[seen.index.repeat(seen["last"] + 1)].reset_index(drop=True)
    years = rows.groupby("spell").cumcount()
    happened = (years == rows["last"]) & (rows["time"] < FOLLOWED)
    return rows.assign(years_since_order=years, event=happened)


def independent(draw: np.random.Generator) -> pd.DataFrame:
    x = pd.DataFrame(draw.normal(size=(450, 2)), columns=TERMS)
    return spells(draw, x.assign(iso3=draw.integers(0, 30, size=450)), np.zeros(450))


def clustered(draw: np.random.Generator) -> pd.DataFrame:
    """39 unequal allies with frailties; ``constant`` is one number per ally and does nothing."""
    iso3 = np.repeat(np.arange(39), SIZES)
    x = pd.DataFrame(draw.normal(size=(len(iso3), 2)), columns=TERMS)
    x = x.assign(iso3=iso3, constant=draw.normal(size=39)[iso3])
    return spells(draw, x, draw.normal(scale=0.6, size=39)[iso3])


def naive_errors(fit: Fit) -> pd.Series[float]:
    assert isinstance(fit.model, Glm)
    information = fit.model.linearised({}).information.sum(axis=0)
    return pd.Series(np.sqrt(np.diag(np.linalg.inv(information))), index=fit.terms)


def test_log_hazard_ratios_of_continuous_time_are_recovered() -> None:
    draw = np.random.default_rng(20261123)
    fits = [grouped.fit(independent(draw), "event", TERMS) for _ in range(100)]
    estimates = pd.DataFrame([fit.estimates[TERMS] for fit in fits])
    error = estimates.std() / np.sqrt(len(fits))
    assert (error < 0.01).all()
    assert ((estimates.mean() - PLANTED).abs() < 3 * error).all()
    errors = pd.DataFrame([fit.std_errors[TERMS] for fit in fits])
    assert (errors.mean() / estimates.std()).between(0.85, 1.15).all()


def test_difference_in_years_is_that_of_the_planted_distribution() -> None:
    draw = np.random.default_rng(20261124)
    found = []
    for _ in range(40):
        data = independent(draw)
        fit = grouped.fit(data, "event", TERMS, min_clusters=31)
        years = expected_duration(fit, data, "social", spell=["spell"], seed=1, horizon=FOLLOWED)
        found.append(years.difference)
    # The mean number of whole years survived, averaged over a standard normal predictor.
    predictor = draw.normal(scale=np.sqrt((PLANTED**2).sum()), size=200_000) - 2.5
    passed = (np.arange(FOLLOWED) + 1) ** SHAPE
    as_is, raised = (
        np.exp(-np.outer(np.exp(predictor + shift), passed)).sum(axis=1).mean()
        for shift in (0, PLANTED["social"])
    )
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert error < 0.05 * (raised - as_is)
    assert abs(np.mean(found) - (raised - as_is)) < 3 * error


def test_errors_that_ignore_clusters_cover_too_rarely() -> None:
    draw = np.random.default_rng(20261125)
    rows = []
    for _ in range(250):
        fit = grouped.fit(clustered(draw), "event", ["constant", *TERMS])
        estimate = abs(fit.estimates["constant"])
        rows.append(
            (
                estimate < 1.96 * naive_errors(fit)["constant"],
                estimate < T_38 * fit.std_errors["constant"],
            )
        )
    naive, sandwich = np.mean(rows, axis=0)
    assert naive < 0.7
    assert sandwich > 0.85
