"""Obstacles, types and outcomes by year."""

import pytest
from underbalance.present.ally.by_year import obstacles_of, outcomes_of, types_of

YEARS = [
    {"iso3": "JPN", "year": year, "is_ally": ally, "in_reference": ref, "political": value}
    | {"economic": value, "legal": None, "social": value}
    for year, ally, ref, value in [(1990, 0, 1, 1.0), (1991, 1, 1, None), (1992, 1, 1, 3.0)]
]


def test_obstacles_are_those_of_the_table_and_missing_ones_stay_missing(facts):
    political, *_ = obstacles_of(facts(YEARS), "JPN")
    assert [(row["year"], row["value"]) for row in political.rows] == [
        (1990, 1.0),
        (1991, None),
        (1992, 3.0),
    ]
    assert [row["committed"] for row in political.rows] == [False, True, True]


def test_reference_is_quartiles_and_median_of_the_reference_years(facts):
    political, *_ = obstacles_of(facts(YEARS), "JPN")
    assert political.reference == (1.5, 2.0, 2.5)


def test_obstacle_that_is_never_known_has_no_known_rows(facts):
    legal = next(one for one in obstacles_of(facts(YEARS), "JPN") if one.name == "legal")
    assert legal.known == []


def test_types_are_of_the_primary_quantile_by_year(facts):
    rows = [
        {"iso3": "JPN", "year": year, "quantile": quantile, "type": kind, "is_ally": 1}
        for year, quantile, kind in [(1991, 0.5, "slow"), (1990, 0.5, ""), (1990, 0.75, "failing")]
    ]
    found = types_of(facts(typology=rows), "JPN")
    assert [(row["year"], row["type"]) for row in found] == [(1990, ""), (1991, "slow")]


def effort(*years):
    rows = [{"iso3": "JPN", "year": year, "is_ally": 1} for year in years]
    return [row | {"effort_growth": float(row["year"] - 1990), "reversal": 0} for row in rows]


def test_year_without_a_row_breaks_the_line(facts):
    (series,) = outcomes_of(facts(effort=effort(1990, 1992)), "JPN")
    assert [(row["year"], row["value"]) for row in series.rows] == [
        (1990, 0.0),
        (1991, None),
        (1992, 2.0),
    ]


def test_outcome_without_a_case_is_left_out(facts):
    assert outcomes_of(facts(effort=effort(1990)), "KOR") == []


def test_execution_keeps_the_sources_apart(facts):
    rows = [
        {"iso3": "JPN", "year": year, "is_ally": 1, "source": source, "execution": 0.1}
        for year, source in [(2019, "sipri"), (2015, "sipri"), (2015, "nato")]
    ]
    (series,) = outcomes_of(facts(execution=rows), "JPN")
    assert [(row["year"], row["source"]) for row in series.rows] == [
        (2015, "nato"),
        (2015, "sipri"),
        (2019, "sipri"),
    ]


@pytest.mark.parametrize("name", ["political", "economic", "legal", "social"])
def test_every_obstacle_has_label_and_unit(facts, name):
    series = next(one for one in obstacles_of(facts(), "JPN") if one.name == name)
    assert series.label.endswith("obstacle")
    assert series.unit
