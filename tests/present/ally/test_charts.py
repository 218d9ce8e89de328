"""The charts of an ally hold the rows they are given."""

import pytest
from underbalance.present.ally.by_year import Series
from underbalance.present.ally.charts import (
    LANE_HEIGHT,
    LONG,
    deal_chart,
    event_chart,
    leader_chart,
    line_chart,
)
from underbalance.present.ally.happened import Span

SPAN = Span(1990, 2000)
VALUES = [(1990, 1.5, True), (1991, None, True), (1992, -0.5, False)]
DEAL = {"designation": "SM-3", "description": "", "number_ordered": 8, "number_delivered": 0}
DEAL |= {"exclusion": None, "last_delivery_year": None}


@pytest.fixture
def series():
    rows = tuple({"year": y, "value": v, "committed": c} for y, v, c in VALUES)
    return Series("political", "Political obstacle", "z", rows, (-0.5, 0.0, 0.5))


def test_line_has_every_year_and_gaps_where_values_are_missing(series):
    rows = line_chart(series, SPAN)["datasets"]["rows"]
    assert [(row["year"], row["value"]) for row in rows] == [(y, v) for y, v, _ in VALUES]
    assert [row["committed"] for row in rows] == ["yes", "yes", "no"]


def test_reference_is_drawn_from_end_to_end(series):
    bounds = line_chart(series, SPAN)["datasets"]["bounds"]
    assert [(b["year"], b["low"], b["median"], b["high"]) for b in bounds] == [
        (1990, -0.5, 0.0, 0.5),
        (2001, -0.5, 0.0, 0.5),
    ]


def test_outcome_has_a_line_at_zero_and_no_band(series):
    plain = Series("effort", "Growth", "%", series.rows)
    bounds = line_chart(plain, SPAN)["datasets"]["bounds"]
    assert bounds == [{"median": 0, "year": 1990}, {"median": 0, "year": 2001}]


def test_chart_of_one_ally_leaves_that_of_another_as_it_was(series):
    first = line_chart(series, SPAN)
    line_chart(Series("x", "X", "", ()), SPAN)
    assert len(first["datasets"]["rows"]) == 3


def deal(order, first, last, *, uncertain=0):
    row = {"order_year": order, "first_delivery_year": first, "last_delivery_year": last}
    until = {"until": first or 2000, "open": first is None}
    return DEAL | row | until | {"order_year_uncertain": uncertain}


def test_deals_are_bars_to_the_first_delivery_and_lines_to_the_last():
    rows = deal_chart([deal(1991, 1994, 1996)], SPAN)["datasets"]["rows"]
    assert [(row["order_year"], row["until"], row["last"]) for row in rows] == [(1991, 1994, 1996)]
    assert rows[0]["state"] == "delivered"


def test_open_deal_lasts_to_the_end_and_is_marked():
    (row,) = deal_chart([deal(1997, None, None)], SPAN)["datasets"]["rows"]
    assert (row["until"], row["last"], row["state"]) == (2000, 2000, "not delivered yet")
    assert row["first_delivery_year"] == "–"


@pytest.mark.parametrize(("count", "ends"), [(LONG, ["top", "bottom"]), (LONG - 1, ["bottom"])])
def test_long_chart_of_deals_has_its_years_at_both_ends(count, ends):
    layers = deal_chart([deal(1991, 1994, 1996)] * count, SPAN)["layer"]
    axes = [layer["encoding"]["x"]["axis"] for layer in layers]
    assert list(dict.fromkeys(axis.get("orient", "bottom") for axis in axes if axis)) == ends


def test_uncertain_year_of_an_order_is_marked():
    (row,) = deal_chart([deal(1997, 1998, 1998, uncertain=1)], SPAN)["datasets"]["rows"]
    assert row["order"] == "1997 (uncertain)"


@pytest.mark.parametrize(("order", "last", "side"), [(1990, 1992, "right"), (1997, 1999, "left")])
def test_name_stands_on_the_side_with_more_room(order, last, side):
    (row,) = deal_chart([deal(order, last, last)], SPAN)["datasets"]["rows"]
    assert row["side"] == side


def test_leaders_stand_one_below_the_other():
    leaders = [
        {"leader": name, "start": "1990-01-01", "end": "", "party": "", "interim": interim}
        | {"from": 1990.0, "to": 1991.0}
        for name, interim in [("A", False), ("B", True)]
    ]
    rows = leader_chart(leaders, SPAN)["datasets"]["rows"]
    assert [(row["row"], row["leader"], row["kind"]) for row in rows] == [
        (0, "A", "leader"),
        (1, "B", "acting"),
    ]
    assert rows[0]["end"] == "in office"


def test_events_have_a_lane_for_each_kind_that_there_is():
    event = {"date": "1990", "what": "", "direction": "", "at": 1990.5}
    events = [event | {"lane": lane} for lane in ("Elections", "Elections", "Cabinets")]
    assert event_chart(events, SPAN)["height"] == 2 * LANE_HEIGHT
