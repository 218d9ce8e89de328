"""Operations on what a node prints, with numbers worked out by hand."""

import math

import pytest
from underbalance.explain.operations import recomputed
from underbalance.explain.tree import Node, RawRow


def node(operation, *, parts=(), rows=(), **parameters):
    leaves = tuple(Node("part", "", value, "missing") for value in parts)
    raw = tuple(RawRow("table", {"year": 2000 + n}, cells, "") for n, cells in enumerate(rows))
    return Node("node", "", None, operation, parameters=parameters, parts=leaves, rows=raw)


def cells(*values):
    return [{"value": value} for value in values]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (node("first of the parts", parts=(3, 4)), 3),
        (node("first known of the parts", parts=(None, 4, 5)), 4),
        (node("largest of the parts", parts=(3, None, 5)), 5),
        (node("smallest of the parts", parts=(3, None, 5)), 3),
        (node("sum of all parts", parts=(0.5, 2)), 2.5),
        (node("sum of all parts"), 0),
        (node("sum of all parts", parts=(0.5, None)), None),
        (node("sum of the rows", rows=cells(1, None, 2)), 3),
        (node("sum of the rows", rows=cells(1, 2), rows_needed=3), None),
        (node("sum of the rows", rows=cells(0.1, 0.25), decimals=1), 0.3),
        (node("number of the rows", rows=cells(1, 1)), 2),
        (node("product of the parts", parts=(6, 0.5), factor=1000), 3000),
        (node("product of the parts", parts=(6, None)), None),
        (node("ratio of the parts", parts=(6, 4)), 1.5),
        (node("ratio of the parts", parts=(6, 4), factor=100, unit_below=1000), 0.15),
        (node("ratio of the parts", parts=(6, 0)), None),
        (node("ratio of the parts", parts=(None, 4)), None),
        (node("difference of the parts", parts=(1, 4)), -3),
        (node("difference of the parts", parts=(1, 4), at_least=0), 0),
        (node("difference of the parts", parts=(9, 2), at_most=5), 5),
        (node("absolute difference of the parts", parts=(1, 4)), 3),
        (node("absolute value of the part", parts=(-2,)), 2),
        (node("natural logarithm of the part", parts=(math.e,)), 1),
        (node("natural logarithm of the part", parts=(0,)), None),
        (node("natural logarithm of the ratio", parts=(math.e, 1), factor=100), 100),
        (node("natural logarithm of the ratio", parts=(2, 0)), None),
        (node("difference of ln(1 + part)", parts=(3, 1)), math.log(2)),
        (node("first part to the power of the second", parts=(0.25, 0.5)), 0.5),
        (node("1 if the part is below the cut", parts=(0.49,), cut=0.5), True),
        (node("1 if the part is below the cut", parts=(0.5,), cut=0.5), False),
        (node("1 if the part is below the cut", parts=(None,), cut=0.5), None),
        (
            node("1 if the first part is below a share of the second", parts=(97, 100), share=0.98),
            1,
        ),
        (
            node("1 if the first part is below a share of the second", parts=(98, 100), share=0.98),
            0,
        ),
        (node("1 if the first part is not after the second", parts=(None, 2000)), False),
        (node("1 if the first part is not after the second", parts=(2000, 2000)), True),
        (node("1 if the first part is not after the second", parts=(2001, 2000)), False),
        (node("1 if the signs of the parts differ", parts=(1, -1)), True),
        (node("1 if the signs of the parts differ", parts=(1, 1)), False),
        (node("1 if the signs of the parts differ", parts=(1, 0)), None),
        (node("changes between the rows", rows=cells("left", "right", "right", "left")), 2),
        (node("first year of the rows", rows=cells("1999-03-12", "2004-03-29")), 1999),
        (node("first year of the rows", rows=cells("1999-03-12"), at_least=2014), 2014),
        (node("last year of the rows", rows=cells("1986-09-01", ""), last_year=2025), 2025),
        (node("last year of the rows", rows=cells("1986-09-01"), last_year=2025), 1986),
    ],
)
def test_operation_gives(asked, expected):
    found = recomputed(asked)
    assert found is None if expected is None else found == pytest.approx(expected, abs=1e-15)


def test_five_hundred_miles_are_one_day_of_distance():
    km = 500 * 1.609344
    found = recomputed(
        node(
            "log10(miles / miles per day + 10 - e)",
            parts=(km,),
            km_per_mile=1.609344,
            miles_per_day=500,
        )
    )
    assert found == pytest.approx(math.log10(11 - math.e), abs=1e-15)


def test_class_of_contiguity_is_the_most_that_it_allows():
    operation = "kilometres of the class of contiguity"
    settings = {"miles_of_class_2": 12.0, "km_per_mile": 1.609344}
    assert recomputed(node(operation, rows=cells(2), **settings)) == pytest.approx(19.312128)
    assert recomputed(node(operation, rows=cells(0), **settings)) is None


def test_days_of_a_year_include_the_first_and_the_last():
    spells = [
        {"start": "1999-12-20", "end": "2000-01-10"},
        {"start": "2000-02-28", "end": "2000-03-01"},
        {"start": "2000-12-31", "end": ""},
    ]
    operation = "days of the year in the rows"
    # 2000 has a 29 February
    assert recomputed(node(operation, rows=spells, year=2000, last_year=2022)) == 10 + 3 + 1


@pytest.mark.parametrize(
    ("signed", "in_force", "months"),
    [
        ("1994-08-19", "1995-02-01", 6),
        ("1994-08-19", "1994-08-02", 0),
        ("1994-08", "1995-08", 12),
        ("1994-08-19", "1995", None),
        ("1994-08-19", "", None),
    ],
)
def test_months_between_dates_are_calendar_months(signed, in_force, months):
    row = {"signed": signed, "entered_into_force": in_force}
    assert recomputed(node("months between the dates of the row", rows=[row])) == months
