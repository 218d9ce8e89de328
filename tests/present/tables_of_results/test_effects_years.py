"""Ratios, per cent and years are those of the tidy results."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from underbalance.present.table import Table
from underbalance.present.tables_of_results.effects_years import effects_table, ratio_cells


@pytest.fixture
def scorecard() -> pd.DataFrame:
    card = {
        "kind": "model",
        "hypothesis": "H3",
        "term": "social_lag1",
        "role": "counts",
        "n_events": 711,
    }
    return pd.DataFrame(
        [
            card | {"spec_id": "delivery", "estimate": math.log(0.87), "ci_low": math.log(0.77),
                    "ci_high": math.inf, "p_value": 0.0281, "p_method": "t(33)"},
            card | {"spec_id": "pledge", "estimate": None, "ci_low": None, "ci_high": None,
                    "p_value": None, "role": "not estimated: no rows in the data"},
            card | {"hypothesis": "H2", "term": "political_lag1", "spec_id": "effort",
                    "estimate": math.log(1.2), "ci_low": 0.0, "ci_high": 0.5, "p_value": 0.067,
                    "p_method": "t(33)"},
        ]
    )  # fmt: skip


@pytest.fixture
def years() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"hypothesis": "H3", "spec_id": "delivery", "term": "social_lag1", "unit": "years",
             "mean": 2.347, "mean_higher": 2.562, "difference": 0.215, "ci_low": 0.026,
             "ci_high": 0.441, "note": ""},
        ]
    )  # fmt: skip


@pytest.fixture
def table(specs, codebook, scorecard, years) -> Table:
    return effects_table(specs, scorecard, years, codebook, 0.95, "All allies")


def test_hazards_and_years_stand_in_one_row(table):
    row = next(row for row in table.body if row[0] == "Delivery (hazard, years)")
    assert row[1:] == (
        "0.87 [0.77, ∞)", "−13 %", "0.028", "2.35", "2.56", "0.21 [0.03, 0.44]",
    )  # fmt: skip


def test_an_effect_of_few_events_has_a_dagger_that_is_explained(specs, codebook, scorecard, years):
    few = scorecard.assign(n_events=22)
    table = effects_table(specs, few, years, codebook, 0.95, "All allies")
    assert any(row[0] == "Delivery† (hazard, years)" for row in table.body)
    assert any(note.startswith("† Fewer than") for note in table.notes)


def test_variances_are_ratios_without_years(table):
    row = next(row for row in table.body if row[0].startswith("Effort"))
    assert row == ("Effort (variance)", "1.20 [1.00, 1.65]", "+20 %", "0.067", "–", "–", "–")


def test_what_was_not_estimated_says_why(table):
    row = next(row for row in table.body if row[0].startswith("Pledge"))
    assert row[1] == "not estimated"
    assert "Pledge not estimated: no rows in the data." in table.notes


@pytest.mark.parametrize(("ratio", "words"), [(1.001, "0 %"), (1.31, "+31 %"), (0.74, "−26 %")])
def test_change_is_signed_and_rounded(ratio, words):
    row = {"estimate": math.log(ratio), "ci_low": None, "ci_high": None}
    assert ratio_cells(row) == (f"{ratio:.2f}", words)


def test_the_method_of_the_p_values_is_that_of_the_tidy_result(table):
    assert "Intervals and p-values: t(33)." in table.notes
