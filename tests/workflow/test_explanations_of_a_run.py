"""Explanations add up to the coded values of a finished run."""

import random
from collections import Counter

import pytest
from underbalance.config import read_config
from underbalance.explain.building import coded_value
from underbalance.explain.facts import Facts
from underbalance.explain.operations import that_do_not_add_up
from underbalance.explain.outcomes import CASES, outcome_nodes
from underbalance.explain.variables import EXPLAINERS

ALLY_YEARS = 200
CASES_OF_EACH = 15


@pytest.fixture(scope="module")
def facts(finished):
    return Facts(finished)


@pytest.fixture
def draw(project):
    """Draw the same sample in every run."""
    return random.Random(read_config().seed)


def walked(node):
    yield node
    for part in node.parts:
        yield from walked(part)


def test_variables_of_a_sample_of_ally_years_add_up(facts, draw):
    keys = facts.ally_year[["iso3", "year"]].values.tolist()
    for iso3, year in draw.sample(keys, ALLY_YEARS):
        for name, explainer in EXPLAINERS.items():
            node = explainer(facts, iso3, year)
            assert node.value == coded_value(facts, name, iso3, year), (iso3, year, name)
            assert that_do_not_add_up(node) == [], (iso3, year, name)


def test_whatever_is_missing_says_why(facts, draw):
    keys = facts.ally_year[["iso3", "year"]].values.tolist()
    for iso3, year in draw.sample(keys, ALLY_YEARS // 4):
        trees = [explainer(facts, iso3, year) for explainer in EXPLAINERS.values()]
        trees += outcome_nodes(facts, iso3, year)
        silent = [
            n.name for t in trees for n in walked(t) if n.operation == "missing" and not n.note
        ]
        assert silent == [], (iso3, year)


@pytest.mark.parametrize("outcome", sorted(CASES))
def test_sampled_cases_of_an_outcome_add_up(facts, draw, outcome):
    table = facts.processed(f"outcomes/{outcome}")
    per_year = Counter(zip(table["iso3"], table["year"], strict=True))
    for iso3, year in draw.sample(sorted(per_year), CASES_OF_EACH):
        nodes = [n for n in outcome_nodes(facts, iso3, year) if n.name.split()[0] == outcome]
        assert len(nodes) == per_year[iso3, year]
        assert [wrong for node in nodes for wrong in that_do_not_add_up(node)] == []
