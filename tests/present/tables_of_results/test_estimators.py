"""Estimates by other estimators stand under their model, with scale and direction."""

from __future__ import annotations

import pandas as pd
from underbalance.present.tables_of_results.estimators import estimators_table


def rows() -> pd.DataFrame:
    known = {
        "spec_id": "delivery", "hypothesis": "H3", "term": "social_lag1", "std_error": 0.0477,
        "n": 2364, "n_events": 711, "n_clusters": 33, "note": "",
    }  # fmt: skip
    return pd.DataFrame(
        [
            known | {"estimator": "grouped cloglog", "scale": "log hazard ratio",
                     "estimate": -0.1408, "p_value": 0.0281, "comparable": -0.1408,
                     "direction": "slower"},
            known | {"estimator": "AFT log-logistic", "scale": "log time ratio",
                     "estimate": 0.061, "p_value": None, "comparable": None,
                     "direction": "slower", "note": "too few clusters: 5 < 10"},
            known | {"estimator": "Cox, Efron", "scale": "log hazard ratio", "estimate": None,
                     "std_error": None, "note": "not estimated: no rows in the data"},
        ]
    )  # fmt: skip


def test_a_row_for_each_estimator_under_the_title_of_the_model(specs, codebook):
    table = estimators_table("H3", specs, rows(), codebook, "All allies")
    assert table.body[:4] == (
        ("Years to delivery",),
        (
            "Grouped cloglog", "−0.141", "0.048", "0.028", "hazard", "−0.141", "slower",
            "2,364", "33",
        ),
        (
            "AFT log-logistic", "0.061", "0.048", "withheld", "time", "–", "slower", "2,364",
            "33",
        ),
        ("Cox, Efron", "not estimated", "", "", "hazard", "", "", "", ""),
    )  # fmt: skip
    assert table.body[4:] == (("Years to the pledge",),)


def test_missing_numbers_are_explained(specs, codebook):
    notes = estimators_table("H3", specs, rows(), codebook, "All allies").notes
    assert "Delivery, Cox, Efron: not estimated: no rows in the data." in notes
    assert "Withheld: no p, too few clusters: 5 < 10." in notes


def test_a_model_of_few_events_has_a_dagger_that_is_explained(specs, codebook):
    few = rows().assign(n_events=[22, 22, None])
    table = estimators_table("H3", specs, few, codebook, "All allies")
    assert table.body[0] == ("Years to delivery†",)
    assert any(note.startswith("† Fewer than") for note in table.notes)
