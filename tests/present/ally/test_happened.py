"""Leaders, orders and events with their dates."""

import pytest
from underbalance.present.ally.happened import (
    Span,
    deals_of,
    decimal_year,
    events_of,
    leaders_of,
)

SPAN = Span(1990, 2000)
SPELL = {"iso3": "JPN", "interim": 0, "party": "", "covered_until": "1995-07-02"}
DEAL = {"iso3": "JPN", "designation": "X", "order_year_uncertain": 0, "last_delivery_year": None}


def spells(*days):
    return [
        SPELL | {"spell": n, "leader": f"L{n}", "start": start, "end": end}
        for n, (start, end) in enumerate(days, start=1)
    ]


def elections(*days, source="ppeg"):
    return [{"iso3": "JPN", "date": day, "source": source} for day in days]


@pytest.mark.parametrize(
    ("day", "year"),
    [("1990-01-01", 1990), ("1991-07", 1991 + 195 / 365), ("1992", 1992 + 182 / 366)],
)
def test_date_without_a_day_is_in_the_middle(day, year):
    assert decimal_year(day) == pytest.approx(year)


def test_leaders_are_cut_at_the_first_year_and_at_what_is_known(facts):
    rows = spells(("1985-01-01", "1992-01-01"), ("1992-01-01", ""))
    first, last = leaders_of(facts(leader_spells=rows), "JPN", SPAN)
    assert (first["from"], first["to"]) == (1990, 1992)
    assert last["to"] == decimal_year("1995-07-02")
    assert last["end"] == ""


def test_leaders_outside_of_the_years_are_left_out(facts):
    rows = spells(("1980-01-01", "1989-12-31"), ("2001-02-01", "2003-01-01"))
    assert leaders_of(facts(leader_spells=rows), "JPN", SPAN) == []


def test_order_without_a_delivery_is_open_until_the_register_ends(facts):
    rows = [
        DEAL | {"deal_id": 1, "order_year": 1995, "first_delivery_year": None},
        DEAL | {"deal_id": 2, "order_year": 1991, "first_delivery_year": 1993},
    ]
    made = facts(deals=rows)
    first, second = deals_of(made, "JPN")
    assert (first["deal_id"], first["open"], first["until"]) == (2, False, 1993)
    assert (second["open"], second["until"]) == (True, made.register.last_year("deals"))


def test_ally_without_orders_has_none(facts):
    assert deals_of(facts(), "ISL") == []


def test_events_are_sorted_by_kind_and_date(facts):
    made = facts(
        elections=elections("1993-07-18", "1990-02-18"),
        notifications=[{"iso3": "JPN", "date": "1999-01-02", "system": "SM-2"}],
        agreements=[
            {"iso3": "JPN", "with_usa": 1, "signed": "1996-04", "entered_into_force": ""}
            | {"category": "DCA"},
            {"iso3": "JPN", "with_usa": 0, "signed": "1996-05", "entered_into_force": ""}
            | {"category": "DCA"},
        ],
    )
    events = events_of(made, "JPN", SPAN)
    assert [(row["lane"], row["date"]) for row in events] == [
        ("Agreements", "1996-04"),
        ("US notices", "1999-01-02"),
        ("Elections", "1990-02-18"),
        ("Elections", "1993-07-18"),
    ]
    assert "entry into force not known" in events[0]["what"]


def test_elections_are_those_of_the_source_that_the_coding_uses(facts):
    both = elections("1992-03-25", source="democratic_electoral_systems") + elections("1992-03-24")
    events = events_of(facts(elections=both), "JPN", SPAN)
    assert [row["date"] for row in events] == ["1992-03-24"]


def test_missile_defence_events_say_the_direction(facts):
    event = {"iso3": "JPN", "date": "1998", "programme": "NTW", "stage": "study"}
    made = facts(missile_defence_events=[event | {"direction": -1, "summary": "Put off."}])
    (row,) = events_of(made, "JPN", SPAN)
    assert (row["direction"], row["what"]) == ("back", "NTW, study: Put off.")


def test_events_outside_of_the_years_are_left_out(facts):
    made = facts(elections=elections("2001-07-29"))
    assert events_of(made, "JPN", SPAN) == []
