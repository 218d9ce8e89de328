"""The wild bootstrap of scores in models that are not linear."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from underbalance.models import cox, grouped
from underbalance.models.inference import wild_bootstrap, wild_p_value
from underbalance.models.inference.draws import cluster_draws
from underbalance.models.inference.one_step import influence, statistics
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"


def deals() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "grouped_simulated.csv")


def cloglog() -> Fit:
    return grouped.fit(deals(), "event", ["social", "threat"], cluster="ally")


def bladder() -> Fit:
    data = pd.read_csv(REFERENCE / "cox_bladder2.csv")
    return cox.fit(
        data, "rx + size + number", start="start", stop="stop", event="event", cluster="id"
    )


def by_hand(null: float, draws: np.ndarray) -> list[float]:
    """t of ``social`` by the formula, cluster by cluster, at statsmodels' restricted estimate."""
    data = deals()
    duration = data["years_since_order"].clip(upper=6)  # no event later
    rest = pd.get_dummies(duration, dtype=float).assign(threat=data["threat"]).to_numpy()
    family = sm.families.Binomial(link=sm.families.links.CLogLog())
    offset = null * data["social"].to_numpy()
    restricted = sm.GLM(data["event"], rest, family=family, offset=offset).fit(tol=1e-13)
    hazard = np.exp(rest @ restricted.params.to_numpy() + offset)
    probability = 1 - np.exp(-hazard)
    design = np.column_stack([data["social"], rest])
    scores = design * ((data["event"] - probability) * hazard / probability).to_numpy()[:, None]
    weight = hazard**2 * np.exp(-hazard) / probability
    found = []
    allies = sorted(set(data["ally"]))
    inverse = np.linalg.inv(design.T @ (design * weight[:, None]))
    for draw in draws:
        v = data["ally"].map(dict(zip(allies, draw, strict=True))).to_numpy()
        step = inverse @ (scores * v[:, None]).sum(axis=0)
        variance = 0.0
        for ally in allies:
            own = (data["ally"] == ally).to_numpy()
            drop = design[own].T @ (weight[own] * (design[own] @ step))
            left = (scores * v[:, None])[own].sum(axis=0) - drop
            variance += (inverse @ left)[0] ** 2
        found.append(step[0] / variance**0.5)
    return found


@pytest.mark.parametrize("null", [0.0, -0.3])
def test_statistics_are_the_one_step_score_statistics_written_out(null):
    model = cloglog().model
    draws = cluster_draws(40, 5, np.random.default_rng(1)).weights
    draws = np.vstack([np.ones(40), draws])
    at = influence(model.linearised({"social": null}), model.terms.index("social"))
    np.testing.assert_allclose(statistics(at, draws), by_hand(null, draws), rtol=1e-6)


@pytest.mark.parametrize(("fitted", "term"), [(cloglog, "social"), (bladder, "number")])
def test_ends_of_the_interval_are_where_the_score_test_begins_to_reject(fitted, term):
    fit = fitted()

    def p_value(null):
        return wild_p_value(fit, term, null, random=np.random.default_rng(1), draws=499)

    result = wild_bootstrap(fit, term, random=np.random.default_rng(1), draws=499)
    step = 2e-4 * float(fit.std_errors[term])
    assert result.p_value == p_value(0.0) < 0.05
    assert result.ci_low * result.ci_high > 0
    assert result.ci_low < fit.estimates[term] < result.ci_high
    for end, outwards in ((result.ci_low, -step), (result.ci_high, step)):
        assert p_value(end) >= 0.05
        assert p_value(end + outwards) < 0.05


@pytest.mark.parametrize(("fitted", "term"), [(cloglog, "social"), (bladder, "number")])
def test_estimate_itself_is_never_rejected(fitted, term):
    fit = fitted()
    null = float(fit.estimates[term])
    assert wild_p_value(fit, term, null, random=np.random.default_rng(1), draws=99) == 1
