"""The tables beside the charts say the same."""

from underbalance.present.ally.by_year import Series
from underbalance.present.ally.tables import (
    deal_table,
    event_table,
    leader_table,
    obstacle_table,
    outcome_table,
)

DEAL = {"designation": "SM-3", "description": "missile", "number_ordered": 1200}
DEAL |= {"number_delivered": None}


def series(values, reference=(), source=""):
    rows = [{"year": y, "value": v, "committed": True, "source": source} for y, v in values]
    return Series("x", "Obstacle", "z", tuple(rows), reference)


def test_obstacles_end_with_the_reference_median():
    types = [{"year": 1990, "type": "slow", "committed": True}]
    table = obstacle_table([series([(1990, -0.5), (1991, None)], (0.0, 0.25, 0.5))], types)
    assert table.lines == [
        ("1990", "−0.50", "slow", "yes"),
        ("1991", "", "", "no"),
        ("Reference median", "0.25", "", ""),
    ]


def test_outcomes_have_a_column_for_each_source():
    rows = series([(2015, 0.1)], source="nato").rows + series([(2016, 0.2)], source="sipri").rows
    table = outcome_table([Series("execution", "Plan", "", rows)])
    assert table.head == ("Year", "Plan (nato)", "Plan (sipri)")
    assert table.lines == [("2015", "0.10", ""), ("2016", "", "0.20")]


def test_deals_mark_uncertain_years_and_those_not_delivered():
    row = {"order_year": 2020, "order_year_uncertain": 1, "first_delivery_year": None}
    open_deal = DEAL | row | {"open": True, "last_delivery_year": None}
    (line,) = deal_table([open_deal]).lines
    assert line == ("2020?", "not yet", "", "1,200", "", "SM-3", "missile")


def test_delivered_deal_has_its_years():
    row = {"order_year": 2001, "order_year_uncertain": 0, "first_delivery_year": 2003.0}
    (line,) = deal_table([DEAL | row | {"open": False, "last_delivery_year": 2005.0}]).lines
    assert line[:3] == ("2001", "2003", "2005")


def test_leader_in_office_has_no_end():
    row = {"leader": "A", "start": "1990-01-01", "end": "", "interim": True}
    (line,) = leader_table([row]).lines
    assert line == ("A", "1990-01-01", "in office at the end of the sources", "acting")


def test_events_are_listed_by_date_whatever_their_kind():
    rows = [
        {"lane": lane, "date": day, "what": "w", "direction": ""}
        for lane, day in [("Cabinets", "1999-01-01"), ("Elections", "1990-02-02")]
    ]
    assert [line[0] for line in event_table(rows).lines] == ["1990-02-02", "1999-01-01"]


def test_ally_without_outcomes_has_an_empty_table():
    assert outcome_table([]).lines == []
