"""Rows of an ally in the models."""

import pandas as pd
from underbalance.explain.rows import Index
from underbalance.present.ally.in_models import HEAD, ModelTables, model_lines

COUNTS = pd.DataFrame(
    {
        "spec_id": ["effort", "delivery", "loss"],
        "iso3": ["JPN", "JPN", "KOR"],
        "used": [31, 1259, 4],
        "cases": [None, 69.0, 4.0],
        "events": [None, 60.0, 1.0],
    }
)
TEST = {"spec_id": "delivery", "iso3": "JPN", "hypothesis": "H3", "term": "social_lag1"}
TEST |= {"full_estimate": -0.14, "full_p_value": 0.028, "estimate": -0.1, "p_value": 0.0001}
TITLES = {"effort": "Growth", "delivery": "Years", "loss": "Lost"}


def tables(*tests):
    return ModelTables(Index(COUNTS), Index(pd.DataFrame(tests)), TITLES)


def test_model_has_the_estimate_with_the_ally_and_without():
    line = model_lines(tables(TEST), "JPN")[1]
    expected = ("Years", "1,259", "69", "60", "H3, social", "−0.140", "0.028", "−0.100", "< 0.001")
    assert line == expected
    assert len(HEAD) == len(line)


def test_second_test_of_a_model_does_not_say_its_name_again():
    lines = model_lines(tables(TEST, TEST | {"hypothesis": "H4"}), "JPN")
    assert [line[0] for line in lines] == ["Growth", "Years", ""]


def test_model_without_a_tried_test_has_its_counts_only():
    assert model_lines(tables(TEST), "JPN")[0] == ("Growth", "31", *[""] * 7)


def test_ally_in_no_model_has_no_line():
    assert model_lines(tables(TEST), "NZL") == []
