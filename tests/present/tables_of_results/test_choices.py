"""Effects by choice: order, labels and numbers of the specification curve."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.present.table import Table
from underbalance.present.tables_of_results.choices import choice_label, choices_table

MISSING = "not estimated: 'economic_expected_lag1' is missing in all 388 rows"


@pytest.fixture
def curve() -> pd.DataFrame:
    rows = [
        ("delivery", "primary", "", 0.11, 0.0281, ""),
        ("delivery", "sample", "europe", 0.094, None, "too few clusters: 5 < 10"),
        ("delivery", "coding", "social_pca", 0.124, 0.0071, ""),
        ("delivery", "coding", "economic_expected", None, None, MISSING),
        ("delivery", "rivals", "without log_gdp", -0.004, 0.0004, ""),
        ("pledge", "primary", "", -0.21, 0.388, "descriptive: n events < 30"),
        ("pledge", "coding", "economic_expected", None, None, MISSING.replace("388", "9")),
    ]
    frame = pd.DataFrame(rows, columns=["spec_id", "kind", "choice", "effect", "p_value", "note"])
    return frame.assign(hypothesis="H3", term="social_lag1", estimate=frame["effect"])


@pytest.fixture
def table(specs, curve, codebook) -> Table:
    labels = {
        "social_pca": "Social, first component",
        "economic_expected": "Economic, expected",
        "europe": "European allies",
        "log_gdp": "Log GDP",
    }
    return choices_table("H3", specs, curve, labels, codebook)


def test_rows_stand_by_kind_under_their_labels(table):
    assert [row[0] for row in table.body] == [
        "As in the primary model",
        "Other codings of the obstacle",
        "Social, first component",
        "Economic, expected",
        "Other samples",
        "European allies",
        "Other rival explanations",
        "Without: log GDP",
    ]


def test_cells_are_effect_and_p_of_the_curve(table):
    rows = {row[0]: row[1:] for row in table.body if len(row) > 1}
    assert rows["As in the primary model"] == ("0.11 (0.028)", "−0.21† (0.388)")
    assert rows["Without: log GDP"] == ("0.00 (< 0.001)", "")
    assert rows["European allies"] == ("0.09 (–)", "")


def test_the_same_reason_is_told_once_for_all_columns(table):
    told = [note for note in table.notes if "not estimated" in note]
    assert told == [
        "(1), (2) not estimated (Economic, expected): “Economic, expected” is missing in all rows."
    ]
    assert "–: no p, as there are too few allies." in table.notes


def test_a_choice_without_a_label_keeps_its_name():
    assert choice_label("all components known", {}) == "All components known"
    assert choice_label("without threat", {"threat": "Threat"}) == "Without: threat"
