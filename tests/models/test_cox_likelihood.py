"""The partial likelihood of Cox models by its definition, and where rounding could spoil it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.models import cox
from underbalance.models.cox_likelihood import at, problem
from underbalance.models.cox_rows import Rows, checked_rows


def spells(n: int = 150, spread: float = 1.0) -> pd.DataFrame:
    """Spells with late entry and ties in two strata; ``spread`` is that of the risk scores."""
    random = np.random.default_rng(11)
    start = np.where(random.random(n) < 0.4, 0.0, random.integers(0, 9, n))
    return pd.DataFrame(
        {
            "start": start,
            "stop": start + random.integers(1, 9, n),
            "event": random.random(n) < 0.6,
            "x": spread * random.normal(size=n),
            "z": 1000 + random.normal(size=n),
            "region": random.integers(0, 2, n),
            "w": random.uniform(0.2, 2, n),
        }
    )


def rows_of(data: pd.DataFrame) -> Rows:
    choices: Any = {"strata": ["region"], "cluster": None, "weights": "w", "offset": None}
    return checked_rows(data, ["x", "z"], start="start", stop="stop", event="event", **choices)


def by_definition(rows: Rows, slopes: Any, ties: str) -> tuple[float, Any, Any]:
    """Log-likelihood, score and information term by term, in extended precision."""
    x = rows.x.astype("longdouble")
    x = x - x.mean(axis=0)
    risk = rows.weight * np.exp(x @ slopes)
    loglik, score, information = np.longdouble(0), np.zeros(2), np.zeros((2, 2))
    for stratum, time in sorted(
        {*zip(rows.stratum[rows.event], rows.stop[rows.event], strict=True)}
    ):
        here = rows.stratum == stratum
        at_risk = here & (rows.start < time) & (time <= rows.stop)
        happens = here & rows.event & (rows.stop == time)
        d = int(happens.sum())
        loglik += rows.weight[happens] @ (x[happens] @ slopes)
        score = score + rows.weight[happens] @ x[happens]
        for taken in range(d):
            counts = risk * at_risk - risk * happens * (taken / d if ties == "efron" else 0)
            mean = counts @ x / counts.sum()
            spread = (x.T * counts) @ x / counts.sum() - np.outer(mean, mean)
            weight = rows.weight[happens].sum() / d
            loglik -= weight * np.log(counts.sum())
            score = score - weight * mean
            information = information + weight * spread
    return float(loglik), score.astype(float), information.astype(float)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("spread", [1.0, 8.0])
def test_likelihood_score_and_information_are_those_of_the_definition(
    ties: str, spread: float
) -> None:
    # With spread 8 the risk scores differ by a factor of about 10**19.
    rows = rows_of(spells(spread=spread))
    point = at(problem(rows, ties), np.array([1.0, 0.3]) * problem(rows, ties).scale)
    scale = point.problem.scale
    loglik, score, information = by_definition(rows, point.estimates, ties)
    assert point.loglik == pytest.approx(loglik, rel=1e-10)
    np.testing.assert_allclose(point.score * scale, score, rtol=1e-8)
    np.testing.assert_allclose(
        point.information * np.outer(scale, scale), information, rtol=1e-8, atol=1e-9
    )


def test_information_is_minus_the_derivative_of_the_score() -> None:
    of = problem(rows_of(spells()), "efron")
    step, slopes = 1e-5, np.array([0.4, -0.2])
    numeric = [
        (at(of, slopes - change).score - at(of, slopes + change).score) / (2 * step)
        for change in np.eye(2) * step
    ]
    np.testing.assert_allclose(at(of, slopes).information, numeric, rtol=1e-8)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_score_residuals_sum_to_the_score_and_martingales_to_zero(ties: str) -> None:
    point = at(problem(rows_of(spells()), ties), np.array([0.4, -0.2]))
    weight, event = point.problem.rows.weight, point.problem.rows.event
    np.testing.assert_allclose(weight @ point.score_residuals(), point.score, atol=1e-10)
    assert weight @ (event - point.expected) == pytest.approx(0, abs=1e-10)


def test_units_and_origins_of_covariates_and_time_change_nothing_else() -> None:
    data = spells()
    other = data.assign(
        x=data["x"] * 1e6 + 1e9, start=data["start"] / 12 + 1985, stop=data["stop"] / 12 + 1985
    )
    here, there = (cox.fit(rows, "x + z", strata="region") for rows in (data, other))
    assert there.estimates["x"] * 1e6 == pytest.approx(here.estimates["x"], rel=1e-8)
    assert there.std_errors["x"] * 1e6 == pytest.approx(here.std_errors["x"], rel=1e-8)
    assert there.loglik == pytest.approx(here.loglik, rel=1e-10)


def test_rows_split_in_time_give_the_same_fit() -> None:
    data = spells()
    cut = (data["start"] + data["stop"]) / 2
    halves = [data.assign(stop=cut, event=False), data.assign(start=cut)]
    whole = cox.fit(data.assign(id=data.index), "x + z", cluster="id")
    split = cox.fit(pd.concat(halves).assign(id=lambda rows: rows.index), "x + z", cluster="id")
    np.testing.assert_allclose(split.estimates, whole.estimates, rtol=1e-10)
    np.testing.assert_allclose(split.cov, whole.cov, rtol=1e-9)


def test_stratum_that_is_a_large_set_of_its_own_leaves_the_other_its_digits() -> None:
    data = spells()
    heavy = data.assign(w=data["w"] * np.where(data["region"] == 1, 1e6, 1))
    alone = cox.fit(data[data["region"] == 0], "x + z", weights="w")
    both = at(problem(rows_of(heavy), "efron"), np.zeros(2))
    own = at(alone.point.problem, np.zeros(2))
    scores = both.score_residuals()[both.problem.rows.stratum == 0] * both.problem.scale
    np.testing.assert_allclose(
        np.sort(scores[:, 0]), np.sort((own.score_residuals() * own.problem.scale)[:, 0]), atol=1e-8
    )
