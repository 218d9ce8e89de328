"""Numbers and formulas in words."""

import pytest
from underbalance.explain.tree import Node
from underbalance.explain.wording import PAGE, formula, listed, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.415006443371, "0.415"),
        (79.2513368984, "79.3"),
        (-0.00001234567, "-0.0000123"),
        (999.7, "1000"),
        (1998.0, "1998"),
        (12345.678, "12346"),
        (-0.0, "0"),
        (0.5, "0.5"),
        (1259, "1259"),
        (True, "yes"),
        (None, "missing"),
    ],
)
def test_cell_has_three_digits_or_all_before_the_point(value, text):
    assert shown(value, PAGE) == text


def test_parts_that_must_be_known_are_said_of_how_many():
    part = Node("a", "First", 1.0, "missing")
    node = Node("x", "Index", 1.0, "mean of the parts", "", {"min_components": 3}, (part,) * 4)
    assert formula(node) == "mean of the parts; at least 3 of 4 parts"


def test_yes_and_no_stand_after_a_colon():
    assert listed({"high": True, "years": 3, "none": None}, PAGE) == "high: yes, years 3"
