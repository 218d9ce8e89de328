"""The table of robustness has the numbers of the tidy results, and says why some are missing."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.present.table import Table
from underbalance.present.tables_of_results.robustness import robustness_table
from underbalance.present.tables_of_results.tried import tried_tests


@pytest.fixture
def table(specs, estimates, sensitivity, codebook) -> Table:
    return robustness_table("H3", specs, estimates, sensitivity, codebook, "All allies")


def cells(table: Table, label: str) -> tuple[str, ...]:
    return next(row[1:] for row in table.body if row[0] == label and len(row) > 1)


def below(table: Table, label: str, lines: int = 1) -> tuple[str, ...]:
    place = next(k for k, row in enumerate(table.body) if row[0] == label and len(row) > 1)
    assert table.body[place + lines][0] == ""
    return table.body[place + lines][1:]


def test_columns_are_the_primary_tests_of_the_hypothesis(table, specs):
    assert table.header == ("", "(1) Delivery", "(2) Pledge")
    assert [test.spec_id for test in tried_tests("H3", specs)] == ["delivery", "pledge"]
    assert all(len(row) in (1, 3) for row in table.body)


def test_estimates_and_p_are_those_of_the_tidy_result(table):
    assert cells(table, "Primary") == ("−0.141", "0.274†")
    assert below(table, "Primary") == ("(0.050)", "(0.050)")
    assert below(table, "Primary", 2) == ("p = 0.028", "p = 0.020")
    assert cells(table, "Without threat") == ("−0.134", "")


def test_parts_of_an_obstacle_are_named(table):
    label = "Economy and law apart: legal obstacle"
    assert cells(table, label)[0] == "−0.231"
    assert below(table, label, 2)[0] == "p withheld"


def test_what_was_not_estimated_says_why(table):
    assert cells(table, "Deals of unknown size included") == ("not estimated", "")
    (why,) = [note for note in table.notes if "not estimated" in note]
    assert why == (
        "(1) not estimated (Deals of unknown size included): “First delivery in the year” is "
        "predicted perfectly by regressors."
    )


def test_extremes_name_the_ally_left_out(table):
    assert cells(table, "Lowest estimate") == ("−0.191", "not estimated")
    assert below(table, "Lowest estimate") == ("(THA)", "")
    assert cells(table, "Highest estimate")[0] == "−0.118"
    assert below(table, "Highest estimate")[0] == "(GBR)"
    assert cells(table, "Largest p (of t)")[0] == "0.300"
    assert below(table, "Largest p (of t)")[0] == "(KOR)"


def test_shares_of_the_curve_are_rounded_to_per_cent(table):
    assert cells(table, "Specifications that count") == ("21 of 23", "")
    assert cells(table, "Predicted sign")[0] == "95 %"
    assert cells(table, "… and p < 0.05")[0] == "52 %"
    assert cells(table, "Either, p < 0.05")[0] == "57 %"
    assert cells(table, "Median effect")[0] == "0.109"


def test_placebo_is_the_lead_alone(table):
    assert cells(table, "Year after instead")[0] == "−0.107"
    assert below(table, "Year after instead")[0] == "(0.049)"
    assert below(table, "Year after instead", 2)[0] == "p = 0.109"


def test_measures_that_no_model_has_are_left_out(table):
    labels = [row[0] for row in table.body]
    assert "Robustness value" not in labels
    assert cells(table, "E-value") == ("1.44", "")
    assert cells(table, "Smallest effect found") == ("0.15", "")


def test_dagger_is_explained_only_where_there_is_one(
    table, specs, estimates, sensitivity, codebook
):
    assert any(note.startswith("†") for note in table.notes)
    plain = robustness_table(
        "H3", specs, estimates.assign(note=""), sensitivity, codebook, "All allies"
    )
    assert not any(note.startswith("†") for note in plain.notes)


def test_units_of_the_columns_are_in_the_notes(table):
    assert table.notes[0] == (
        "(1) Years to delivery: Social obstacle (t\u00a0−\u00a01), in log hazard ratio per "
        "standard deviation."
    )


def test_the_method_of_the_p_values_is_that_of_the_tidy_result(table):
    assert "p-values of the estimates: t(33)." in table.notes


def test_a_hypothesis_without_sensitivity_still_has_its_estimates(specs, estimates, codebook):
    empty = {
        name: pd.DataFrame(columns=["spec_id", "hypothesis", "term", *columns])
        for name, columns in {
            "leave_one_out": ["left_out", "estimate", "p_value"],
            "specification_curve_summary": [],
            "placebo": ["model"],
            "robustness_value": [],
            "power": [],
        }.items()
    }
    table = robustness_table("H2", specs, estimates, empty, codebook, "All allies")
    assert cells(table, "Primary") == ("0.184",)
    assert cells(table, "Lowest estimate") == ("not estimated",)


def test_p_that_is_withheld_without_any_ally_is_said(specs, estimates, sensitivity, codebook):
    silent = sensitivity["leave_one_out"].assign(p_value=None)
    tables = sensitivity | {"leave_one_out": silent}
    table = robustness_table("H3", specs, estimates, tables, codebook, "All allies")
    assert cells(table, "Largest p (of t)") == ("withheld", "not estimated")
