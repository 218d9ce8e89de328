"""The short way to permuted tests against models estimated again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import counts, grouped
from underbalance.models.glm import Glm
from underbalance.models.inference.one_step import influence, observed

REFERENCE = Path(__file__).parents[1] / "reference"
DEALS = pd.read_csv(REFERENCE / "grouped_simulated.csv")


def model_of(data: pd.DataFrame, kind: str) -> Glm:
    regressors = ["social", "threat"]
    if kind == "grouped":
        fit = grouped.fit(data, "event", regressors, categories=["category"], cluster="ally")
    else:
        amounts = data.assign(amount=data["event"] * (1 + data["threat"] ** 2))
        fit = counts.fit(amounts, "amount", regressors, categories=["category"], cluster="ally")
    assert isinstance(fit.model, Glm)
    return fit.model


def anew(model: Glm, values: np.ndarray) -> float:
    """The statistic of the model estimated again, nan if it cannot be."""
    try:
        other = model.replaced("social", pd.Series(values, index=model.index))
        at = other.linearised({"social": 0.0})
        return observed(influence(at, other.terms.index("social")))
    except EstimationError:
        return np.nan


@pytest.mark.parametrize("kind", ["grouped", "counts"])
def test_statistics_are_those_of_models_estimated_again(kind):
    model = model_of(DEALS, kind)
    columns = np.random.default_rng(2).normal(size=(len(model.index), 6))
    columns[np.random.default_rng(3).random(columns.shape) < 0.1] = np.nan
    columns[:, :2] = np.nan_to_num(columns[:, :2])
    found = model.statistics_at_zero("social", columns)
    np.testing.assert_allclose(found, [anew(model, column) for column in columns.T], rtol=1e-8)


def test_rows_left_out_may_empty_a_level_and_a_duration():
    model = model_of(DEALS, "grouped")
    rows = DEALS.loc[model.index]
    columns = np.random.default_rng(4).normal(size=(len(rows), 3))
    columns[(rows["category"] == rows["category"].iloc[0]).to_numpy(), 0] = np.nan
    columns[(rows["years_since_order"] == 4).to_numpy() & (rows["event"] == 1).to_numpy(), 1] = (
        np.nan
    )
    columns[(rows["years_since_order"] == 1).to_numpy(), 2] = np.nan
    found = model.statistics_at_zero("social", columns)
    known = np.isfinite(found)
    assert known[1:].all()
    expected = np.array([anew(model, column) for column in columns.T])
    np.testing.assert_allclose(found[known], expected[known], rtol=1e-8)


def test_what_cannot_be_estimated_or_is_in_doubt_has_no_number():
    model = model_of(DEALS, "grouped")
    rows = DEALS.loc[model.index]
    constant, collinear = np.ones(len(rows)), rows["threat"].to_numpy() * 2 + 1
    separating = np.where(rows["event"] == 1, 1.0, 0.0)
    columns = np.column_stack([constant, collinear, separating, np.full(len(rows), np.nan)])
    assert np.isnan(model.statistics_at_zero("social", columns)).all()
    assert np.isnan([anew(model, column) for column in columns.T]).all()
