"""Leave-one-out against estimates made anew by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from underbalance.models.tidy import Fit
from underbalance.sensitivity.leave_one_out import leave_one_out

Make = Callable[..., Fit]
Allies = Callable[..., pd.DataFrame]


def test_estimates_and_errors_equal_those_of_the_data_without_the_ally(
    ols: Make, allies: Allies
) -> None:
    rows = allies(effect=0.3)
    fit = ols(rows, ["x", "z"])
    found = leave_one_out(fit, ["x", "z"]).set_index(["term", "left_out"])
    for ally in ("A00", "A13"):
        by_hand = ols(rows[rows["iso3"] != ally], ["x", "z"])
        # the same small-sample factor but for (n−1)/(n−k), which is kept from the full sample
        n, m = len(rows), len(rows) - 12
        factor = np.sqrt((n - 1) / (n - 3) / ((m - 1) / (m - 3)))
        for term in ("x", "z"):
            row = found.loc[(term, ally)]
            assert row["estimate"] == pytest.approx(by_hand.estimates[term], rel=1e-9)
            expected = by_hand.std_errors[term] * factor
            assert row["std_error"] == pytest.approx(expected, rel=1e-9)


def test_influence_is_the_change_in_standard_errors_of_the_full_sample(
    ols: Make, allies: Allies
) -> None:
    fit = ols(allies(), ["x"])
    found = leave_one_out(fit, ["x"])
    change = (found["estimate"] - fit.estimates["x"]) / fit.std_errors["x"]
    np.testing.assert_allclose(found["influence"], change)
    assert list(found["left_out"]) == fit.model.clusters  # type: ignore[union-attr]


def test_the_ally_that_makes_the_result_is_the_most_influential(ols: Make, allies: Allies) -> None:
    rows = allies(effect=0.0)
    rows.loc[rows["iso3"] == "A07", "y"] += 3 * rows["x"]
    found = leave_one_out(ols(rows, ["x"]), ["x"])
    assert found.loc[found["influence"].abs().idxmax(), "left_out"] == "A07"


def test_a_term_that_only_one_ally_has_is_said_to_be_unidentified_without_it(
    allies: Allies,
) -> None:
    from underbalance.models import panel

    rows = allies()
    rows["x"] = rows["x"].where(rows["iso3"] == "A03", 0.0)
    fit = panel.fit(rows, "y", ["x", "z"])
    found = leave_one_out(fit, ["x"]).set_index("left_out")
    assert "not estimated" in found.loc["A03", "note"]
    assert np.isnan(found.loc["A03", "estimate"])
    assert found.drop("A03")["estimate"].notna().all()


def test_withheld_p_values_stay_withheld(ols: Make, allies: Allies) -> None:
    fit = ols(allies(), ["x"], withheld="too few clusters: 20 < 30")
    found = leave_one_out(fit, ["x"])
    assert found[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert (found["note"] == "too few clusters: 20 < 30").all()
