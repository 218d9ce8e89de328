"""Rivals and their distances, from made-up rows."""

import math

import pytest
from underbalance.explain.operations import recomputed, that_do_not_add_up
from underbalance.explain.threat import (
    gpr,
    rival_capabilities,
    rivalries,
    us_rival_capabilities,
)

KM_OF_500_MILES = 500 * 1.609344
RIVALRIES = [
    {"iso3": "JPN", "rival": "CHN", "list": "tss", "start": 1996, "end": math.nan},
    {"iso3": "JPN", "rival": "RUS", "list": "tss", "start": 1950, "end": 1999},
    {"iso3": "JPN", "rival": "PRK", "list": "td", "start": 1950, "end": math.nan},
]


def year(number, **coded):
    return [{"iso3": "JPN", "year": number, **coded}]


def tables(distances):
    pair = {"iso3": "JPN", "rival": "CHN", "capital_km": 2000.0}
    return {
        "rivalries": RIVALRIES,
        "capabilities": [{"state": "CHN", "year": 2000, "cinc": 0.1}],
        "distances": [{**pair, **row} for row in distances],
    }


def test_only_rivalries_of_the_list_alive_in_the_year_count(made_up):
    facts = made_up(year(2000, rivalries=1), {"rivalries": RIVALRIES})
    node = rivalries(facts, "JPN", 2000)
    assert recomputed(node) == 1
    assert [row.key["rival"] for row in node.rows] == ["CHN"]


def test_rivalry_counts_in_its_last_year(made_up):
    facts = made_up(year(1999, rivalries=2), {"rivalries": RIVALRIES})
    assert recomputed(rivalries(facts, "JPN", 1999)) == 2


def test_after_the_list_ended_rivalries_are_not_known(made_up):
    node = rivalries(made_up(year(2022, rivalries=None), {"rivalries": RIVALRIES}), "JPN", 2022)
    assert node.operation == "missing"
    assert "outside coverage" in node.note


@pytest.mark.parametrize(
    ("row", "km"),
    [
        ({"year": 2000, "min_km": KM_OF_500_MILES, "contiguity": 5}, KM_OF_500_MILES),
        ({"year": 2000, "min_km": None, "contiguity": 5}, 400 * 1.609344),
        ({"year": 2000, "min_km": None, "contiguity": 0}, 2000.0),
    ],
)
def test_capabilities_are_discounted_by_the_best_known_distance(made_up, named, row, km):
    expected = 0.1 ** math.log10(km / 1.609344 / 500 + 10 - math.e)
    # another pair's row, so that the columns hold a value in the year
    filler = {"year": 2001, "min_km": 1.0, "contiguity": 1, "rival": "USA"}
    facts = made_up(year(2000, rival_capabilities=expected), tables([row, filler]))
    node = rival_capabilities(facts, "JPN", 2000)
    assert named(node, "distance").value == pytest.approx(km)
    assert recomputed(node) == pytest.approx(expected, abs=1e-15)
    assert that_do_not_add_up(node) == []


def test_distance_is_carried_forward_when_its_source_ended(made_up, named):
    rows = [
        {"year": 1999, "min_km": KM_OF_500_MILES, "contiguity": 0},
        {"year": 2000, "min_km": None, "contiguity": 0},
    ]
    facts = made_up(year(2000, rival_capabilities=None), tables(rows))
    least = named(rival_capabilities(facts, "JPN", 2000), "min_km")
    assert least.value == KM_OF_500_MILES
    assert least.note.startswith("of 1999")


def test_ally_without_a_rival_faces_none(made_up):
    facts = made_up([{"iso3": "PRT", "year": 2000, "rival_capabilities": 0.0}], tables([]))
    assert recomputed(rival_capabilities(facts, "PRT", 2000)) == 0


def test_year_without_all_months_has_no_risk(made_up):
    risk = [{"iso3": "JPN", "year": 2000, "gpr": 0.2, "months": 11}]
    node = gpr(made_up(year(2000, gpr=None), {"geopolitical_risk": risk}), "JPN", 2000)
    assert recomputed(node) is None


def test_rivals_of_the_usa_count_at_their_distance_to_the_ally(made_up):
    row = {"year": 2000, "min_km": KM_OF_500_MILES, "contiguity": 0}
    shared = [{"rival": "CHN", "list": "tss", "start": 1949, "end": math.nan}]
    facts = made_up(
        year(2000, us_rival_capabilities=0.1 ** math.log10(11 - math.e)),
        {**tables([row]), "us_rivalries": shared},
    )
    node = us_rival_capabilities(facts, "JPN", 2000)
    assert [part.name for part in node.parts] == ["discounted_CHN"]
    assert that_do_not_add_up(node) == []
