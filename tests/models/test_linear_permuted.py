"""The short way to permuted tests of linear models against models estimated again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import first_difference, panel
from underbalance.models.inference.one_step import influence, observed
from underbalance.models.linear import LinearModel


@pytest.fixture
def data() -> pd.DataFrame:
    """An unbalanced panel."""
    rng = np.random.default_rng(6)
    keys = pd.MultiIndex.from_product([list("ABCDEFGH"), range(2000, 2010)])
    rows = keys.to_frame(index=False, name=["iso3", "year"])
    rows["x"], rows["z"], rows["y"] = rng.normal(size=(3, len(rows)))
    return rows[rng.random(len(rows)) < 0.9]


def model(data: pd.DataFrame) -> LinearModel:
    found = panel.fit(data, "y", ["x", "z"]).model
    assert isinstance(found, LinearModel)
    return found


def anew(whole: LinearModel, values: np.ndarray) -> float:
    """The statistic of the model estimated again, nan if it cannot be."""
    try:
        other = whole.replaced("x", pd.Series(values, index=whole.index))
        at = other.linearised({"x": 0.0})
        return observed(influence(at, other.terms.index("x")))
    except EstimationError:
        return np.nan


def test_statistics_are_those_of_models_estimated_again(data):
    whole = model(data)
    rows = data.loc[whole.index]
    columns = np.random.default_rng(7).normal(size=(len(rows), 5))
    columns[::7, 1] = np.nan
    columns[(rows["iso3"] == "C").to_numpy(), 2] = np.nan
    columns[(rows["year"] == 2004).to_numpy(), 3] = np.nan
    expected = [anew(whole, column) for column in columns.T]
    assert np.isfinite(expected).all()
    found = whole.statistics_at_zero("x", columns)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_what_cannot_be_estimated_has_no_number(data):
    whole = model(data)
    rows = data.loc[whole.index]
    year, z = rows["year"].to_numpy(dtype="float64"), rows["z"].to_numpy()
    few = np.where(np.arange(len(rows)) < 12, z + year % 3, np.nan)
    columns = np.column_stack([year, 3 * z + 1, few, np.full(len(rows), np.nan)])
    assert np.isnan(whole.statistics_at_zero("x", columns)).all()


def test_a_model_whose_columns_are_made_of_the_regressor_has_no_short_way(data):
    found = first_difference.fit(data, "y", ["x", "z"]).model
    assert isinstance(found, LinearModel)
    values = np.random.default_rng(8).normal(size=(len(found.index), 2))
    assert np.isnan(found.statistics_at_zero("x", values)).all()
