"""The balance expected in October, from made-up editions."""

import pytest
from underbalance.explain.expectations import expected_balance, expected_balance_next
from underbalance.explain.operations import recomputed

EDITIONS = [
    {"vintage": edition, "iso3": "JPN", "year": year, "series": "fiscal_balance", "value": value}
    for edition, year, value in (
        ("2023-04", 2023, -1.0),
        ("2023-10", 2022, -2.0),
        ("2023-10", 2023, -3.0),
        ("2023-10", 2024, -4.0),
    )
]
EDITIONS.append({**EDITIONS[2], "series": "debt", "value": 250.0})


@pytest.mark.parametrize(
    ("explainer", "expected"), [(expected_balance, -3.0), (expected_balance_next, -4.0)]
)
def test_october_edition_of_the_year_counts(made_up, explainer, expected):
    rows = [{"iso3": "JPN", "year": 2023, "expected_balance": -3.0, "expected_balance_next": -4.0}]
    facts = made_up(rows, {"economy_vintages": EDITIONS})
    assert recomputed(explainer(facts, "JPN", 2023)) == expected


def test_year_without_an_edition_says_so(made_up):
    rows = [{"iso3": "JPN", "year": 2000, "expected_balance": None}]
    node = expected_balance(made_up(rows, {"economy_vintages": EDITIONS}), "JPN", 2000)
    assert node.note == "economy_vintages has no edition 2000-10"
