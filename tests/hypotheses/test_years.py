"""Mean durations with an obstacle higher: which models and terms, and a planted effect."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.hypotheses.years import COLUMNS, timed, years
from underbalance.models.estimate import Plan
from underbalance.schemas import hypotheses as schemas
from underbalance.specifications import Specification, read_models
from underbalance.tables import check_frame

ALLIES = [f"A{i:02d}" for i in range(16)]
PLAN = Plan(
    "core",
    Group.model_validate({"label": "all", "members": ALLIES, "years": "all"}),
    frozenset(ALLIES),
    10,
    0.95,
)


def specification(**changes: Any) -> Specification:
    given = {
        "title": "title", "role": "primary", "outcome": "delivery", "estimator": "grouped",
        "years": [2001, 2013], "obstacles": ["political", "social"],
        "tests": [{"hypothesis": "H3", "term": "social", "sign": "-"}],
    }  # fmt: skip
    return Specification.model_validate(given | changes)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Deals whose log hazard falls by .8 per unit of the social obstacle."""
    rng = np.random.default_rng(3)
    keys = pd.MultiIndex.from_product([ALLIES, range(2000, 2014)], names=["iso3", "year"])
    ally_year = keys.to_frame(index=False).assign(is_ally=True, in_reference=True)
    for name in ("political", "social"):
        ally_year[name] = rng.normal(size=len(ally_year))
    obstacle = ally_year.set_index(["iso3", "year"])["social"]
    rows = []
    for deal in range(400):
        iso3, start = ALLIES[rng.integers(16)], int(rng.integers(2001, 2009))
        for clock in range(5):
            hazard = 0.3 * np.exp(-0.8 * obstacle[(iso3, start + clock - 1)])
            delivered = rng.random() < -np.expm1(-hazard)
            rows.append((iso3, start + clock, True, deal, clock, delivered))
            if delivered:
                break
    names = ["iso3", "year", "is_ally", "deal_id", "years_since_order", "delivered"]
    deals = pd.DataFrame(rows, columns=names).assign(log_deal_size=1.0)
    return {"ally_year": ally_year, "deal_spells": deals}


def test_models_with_a_clock_that_test_obstacles_are_timed() -> None:
    expected = ["commitment", "delivery", "adoption", "agreement", "pledge", "delivery_product"]
    assert list(timed(read_models())) == expected


def test_a_higher_obstacle_that_lowers_the_hazard_lengthens_the_wait(
    tables: dict[str, pd.DataFrame],
) -> None:
    found = years({"model": specification()}, tables, PLAN, seed=1, replications=40)
    assert list(found.columns) == COLUMNS
    (row,) = found.to_dict("records")
    assert (row["term"], row["unit"], row["draws"]) == ("social_lag1", "years", 40)
    assert row["ci_low"] > 0
    assert row["mean"] < row["mean_higher"] < row["horizon"]
    assert row["difference"] == pytest.approx(row["mean_higher"] - row["mean"])
    assert row["n_spells"] == 400
    check_frame(found, schemas.years(), "years")


def test_a_product_moves_with_each_of_its_obstacles(tables: dict[str, pd.DataFrame]) -> None:
    product = specification(
        products=[["political", "social"]],
        tests=[{"hypothesis": "H4", "term": "political_x_social", "sign": "-"}],
    )
    found = years({"model": product}, tables, PLAN, seed=1, replications=20).set_index("term")
    assert list(found.index) == ["political_lag1", "social_lag1"]
    assert found.loc["social_lag1", "difference"] > abs(found.loc["political_lag1", "difference"])


def test_the_same_seed_gives_the_same_interval_whatever_else_is_timed(
    tables: dict[str, pd.DataFrame],
) -> None:
    alone = years({"b": specification()}, tables, PLAN, seed=1, replications=20)
    both = {"a": specification(), "b": specification()}
    found = years(both, tables, PLAN, seed=1, replications=20)
    assert list(found[found["spec_id"] == "b"]["ci_low"]) == list(alone["ci_low"])
    assert found["ci_low"].nunique() == 2


def test_a_model_that_cannot_be_estimated_is_a_row_with_the_reason(
    tables: dict[str, pd.DataFrame],
) -> None:
    constant = {**tables, "ally_year": tables["ally_year"].assign(social=1.0)}
    found = years({"model": specification()}, constant, PLAN, seed=1, replications=20)
    assert found["note"].str.startswith("not estimated").all()
    check_frame(found, schemas.years(), "years")
