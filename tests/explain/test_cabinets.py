"""Changes of cabinet, caretakers and seats, from a made-up line of cabinets."""

import math

import pytest
from underbalance.explain.cabinets import (
    cabinet_turnover_3y,
    caretaker_days,
    government_seat_share,
    left_right_shift,
    minority_government,
)
from underbalance.explain.operations import recomputed, that_do_not_add_up


def cabinet(name, start, end="", *, leader=None, caretaker=0, seats=60, left_right=5.0):
    return {
        "iso3": "ITA",
        "cabinet": name,
        "start": start,
        "end": end,
        "prime_minister": leader or name,
        "caretaker": caretaker,
        "parties": 2 if seats else 0,
        "seats_government": seats,
        "seats_parties": 100,
        "seats_total": 100,
        "seats_doubtful": 0,
        "seat_share": seats / 100 if seats else math.nan,
        "left_right": left_right if seats else math.nan,
    }


LINE = [
    cabinet("Old", "1990-01-01", "1998-06-30", left_right=4.0),
    cabinet("New", "1998-07-01", "2000-02-29", left_right=6.5),
    cabinet("New II", "2000-03-01", "2000-03-10", leader="New", caretaker=1, left_right=6.5),
    cabinet("Expert", "2000-03-11", "2000-12-01", caretaker=1, seats=0),
    cabinet("Last", "2000-12-02", seats=45, left_right=3.0),
]


def facts_of(made_up, year=2000, **coded):
    return made_up([{"iso3": "ITA", "year": year, **coded}], {"cabinets": LINE})


def test_caretaker_under_the_same_leader_is_no_change_another_one_is(made_up):
    node = cabinet_turnover_3y(facts_of(made_up, cabinet_turnover_3y=3), "ITA", 2000)
    assert recomputed(node) == 3
    assert [row.key["cabinet"] for row in node.rows] == ["New", "Expert", "Last"]
    assert node.note.endswith("not a change: New II")


def test_turnover_needs_the_whole_window(made_up):
    node = cabinet_turnover_3y(facts_of(made_up, 1991, cabinet_turnover_3y=None), "ITA", 1991)
    assert node.operation == "missing"
    assert "not known from 1989-01-01 on" in node.note


def test_days_of_every_caretaker_in_the_year_count(made_up):
    node = caretaker_days(facts_of(made_up, caretaker_days=276), "ITA", 2000)
    # 1 to 10 March, and 11 March to 1 December of a leap year
    assert recomputed(node) == 10 + 266


@pytest.mark.parametrize(("year", "share", "minority"), [(1999, 0.6, False), (2000, 0.45, True)])
def test_government_of_31_december_has_the_seats(made_up, year, share, minority):
    facts = facts_of(made_up, year, government_seat_share=share, minority_government=minority)
    node = minority_government(facts, "ITA", year)
    assert recomputed(node) is minority
    assert that_do_not_add_up(node) == []


def test_shift_is_from_the_cabinet_of_a_year_before(made_up):
    node = left_right_shift(facts_of(made_up, left_right_shift=3.5), "ITA", 2000)
    assert recomputed(node) == abs(3.0 - 6.5)


def test_share_without_a_governing_party_is_missing_and_says_why(made_up):
    technical = [cabinet("Expert", "1990-01-01", caretaker=1, seats=0)]
    rows = [{"iso3": "ITA", "year": 2000, "government_seat_share": None}]
    node = government_seat_share(made_up(rows, {"cabinets": technical}), "ITA", 2000)
    assert recomputed(node) is None
    assert node.note.startswith("no party governs")
