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


def test_late_entry_of_a_huge_risk_score_leaves_the_earlier_sums_their_digits() -> None:
    # The late row's risk score is 10**18 times that of the others: as a difference of two sums
    # over rows the sums before its entry would be nothing but rounding.
    data = spells().assign(region=0, w=1.0)
    late = data.head(1).assign(start=12.0, stop=20.0, event=False, x=41.5)
    rows = rows_of(pd.concat([data, late], ignore_index=True))
    point = at(problem(rows, "efron"), np.array([1.0, 0.3]) * problem(rows, "efron").scale)
    loglik, score, _ = by_definition(rows, point.estimates, "efron")
    assert point.loglik == pytest.approx(loglik, rel=1e-12)
    np.testing.assert_allclose(point.score * point.problem.scale, score, rtol=1e-9)


def test_hazard_after_that_of_a_nearly_empty_risk_set_keeps_its_digits() -> None:
    # Stratum 0 ends with risk sets of tiny scores, whose hazards are huge; those of stratum 1
    # come after them in the running sum.
    data = spells().assign(w=1.0)
    tiny = data.head(2).assign(start=30.0, stop=[40.0, 41.0], event=True, x=-40.0, region=0)
    rows = rows_of(pd.concat([data, tiny], ignore_index=True))
    slopes = np.array([1.0, 0.3]) * problem(rows, "efron").scale
    point = at(problem(rows, "efron"), slopes)
    martingale = rows.event - point.expected
    assert point.loglik == pytest.approx(by_definition(rows, [1.0, 0.3], "efron")[0], rel=1e-12)
    other = rows_of(data)
    slopes = np.array([1.0, 0.3]) * problem(other, "efron").scale
    expected = other.event - at(problem(other, "efron"), slopes).expected
    np.testing.assert_allclose(
        martingale[rows.stratum == 1], expected[other.stratum == 1], rtol=1e-9, atol=1e-11
    )
